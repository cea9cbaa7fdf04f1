/** The same in another order: each round begins with another one. */
export function rotated<T>(all: readonly T[], round: number): readonly T[] {
  const start = round % all.length;
  return [...all.slice(start), ...all.slice(0, start)];
}

/** The middle of some numbers; of two middle ones the mean; NaN of none. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const half = (sorted.length - 1) / 2;
  const [low = Number.NaN, high = Number.NaN] = [Math.floor(half), Math.ceil(half)].map(
    (place) => sorted[place],
  );
  return (low + high) / 2;
}
