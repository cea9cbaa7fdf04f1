/** Whether this run makes the long proofs, as `npm run soak` does, and not only what shows a broken behaviour. */
export const isSoak = process.env["SOAK"] === "true";

/** How much of something a test does: in every run, or in the long proofs. */
export const amount = (always: number, inSoak: number): number => (isSoak ? inSoak : always);

/** Why a test is skipped that measures how fast something is. */
export const ONLY_IN_SOAK = "a measurement, which npm run soak makes";

/** What is drawn of a list: each n-th, the same in every run. The long proofs draw all. */
export const drawn = <T>(all: readonly T[], everyNth: number): readonly T[] =>
  all.filter((_, index) => isSoak || (index + 1) % everyNth === 0);
