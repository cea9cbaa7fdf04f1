/** A misspelt name begins or ends like the right one: as many characters are the same. */
const SAME_FIRST = 4;
const SAME_LAST = 12;
/** Names shorter than this may differ by one edit, longer ones by two. */
const LONG_NAME = 5;

/** The names that a misspelt one may stand for: those that begin or end alike, and those that differ by one or two edits. */
export function nearest(given: string, names: readonly string[]): readonly string[] {
  const wanted = given.toLowerCase();
  const allowed = wanted.length < LONG_NAME ? 1 : 2;
  return names.filter((name) => {
    const known = name.toLowerCase();
    const beginsAlike = known.slice(0, SAME_FIRST) === wanted.slice(0, SAME_FIRST);
    const endsAlike = known.slice(-SAME_LAST) === wanted.slice(-SAME_LAST);
    return beginsAlike || endsAlike || edits(wanted, known) <= allowed;
  });
}

/** How many characters must be added, removed or replaced to turn one string into another. */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
