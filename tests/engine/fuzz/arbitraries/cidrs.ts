import fc from "fast-check";

/** An IPv4 range without bits behind its prefix. */
const range = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }))
  .map(([address, prefix]) => {
    const size = 2 ** (32 - prefix);
    const first = Math.floor(address / size) * size;
    const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
    return `${octets.join(".")}/${prefix}`;
  });

/** Ranges that may connect. */
export const ranges = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: range },
    fc.constantFrom("0.0.0.0/0", "10.0.0.0/8", "255.255.255.255/32", "128.0.0.0/1"),
  ),
  { minLength: 1, maxLength: 5 },
);
