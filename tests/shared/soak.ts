/** Whether this run makes the long proofs, as `npm run soak` does, and not only what shows a broken behaviour. */
export const isSoak = process.env["SOAK"] === "true";

const MILLISECONDS_A_DAY = 24 * 3_600_000;

/** How much of something a test does: in every run, or in the long proofs. */
export const amount = (always: number, inSoak: number): number => (isSoak ? inSoak : always);

/** Why a test is skipped that measures how fast something is. */
export const ONLY_IN_SOAK = "a measurement, which npm run soak makes";

/**
 * What is drawn of a list in every run: each n-th, beginning with another one each day, so that all are drawn in n days. The long proofs
 * draw all.
 */
export function drawn<T>(
  all: readonly T[],
  everyNth: number,
  now: Date = new Date(),
): readonly T[] {
  if (isSoak) return all;
  const day = Math.floor(now.getTime() / MILLISECONDS_A_DAY);
  return all.filter((_, index) => (index + day) % everyNth === 0);
}
