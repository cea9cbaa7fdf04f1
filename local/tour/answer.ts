/** What came of one request: the Pod that answered, or why nobody did. */
export type Answer = { readonly pod: string } | { readonly failure: string };

/** The Pods that answered, each once, sorted. */
export function podsOf(answers: readonly Answer[]): string[] {
  return [...new Set(answers.flatMap((answer) => ("pod" in answer ? [answer.pod] : [])))].sort();
}

/** Why nobody answered, each reason once. */
export function failuresOf(answers: readonly Answer[]): string[] {
  return [
    ...new Set(answers.flatMap((answer) => ("failure" in answer ? [answer.failure] : []))),
  ].sort();
}

/** How many of the requests failed. */
export const countFailed = (answers: readonly Answer[]): number =>
  answers.filter((answer) => "failure" in answer).length;

/** One answer in a few words. */
export const inWords = (answer: Answer): string =>
  "pod" in answer ? `answered by ${answer.pod}` : `no Pod answered (${answer.failure})`;
