import fc from "fast-check";

/** The highest number of Kubernetes' 32 bit fields. */
export const INT32_MAX = 2 ** 31 - 1;

/** Whole numbers of a range, its ends and what is next to them more often than by chance. */
export function whole(first: number, last: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: first, max: last }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(first, last, Math.min(first + 1, last), Math.max(last - 1, first)),
    },
  );
}

/** Numbers of ports. */
export const portNumber = fc.oneof(
  { weight: 3, arbitrary: whole(1, 65535) },
  fc.constantFrom(80, 443, 8080),
);

/** Seconds and counts of 32 bit fields, mostly of a size that is in use. */
export function count(first: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 3, arbitrary: whole(first, 600) },
    { weight: 1, arbitrary: whole(first, INT32_MAX) },
  );
}
