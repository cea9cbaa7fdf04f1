/** A quantity as a whole number of powers of ten, so that two of them are compared exactly. */
export interface Quantity {
  readonly count: bigint;
  /** The power of ten that the count multiplies. */
  readonly exponent: number;
}

const PARTS = /^(\d*)(?:\.(\d*))?([a-zA-Z]*)([+-]?\d+)?$/;

/** Powers of ten by suffix. */
const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  "": 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

const BINARY = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/** The value of a valid quantity. */
export function parseQuantity(text: string): Quantity {
  const [, whole = "", fraction = "", suffix = "", power] = PARTS.exec(text) ?? [];
  const digits = BigInt(`0${whole}${fraction}`);
  const factor = 1024n ** BigInt(BINARY.indexOf(suffix) + 1);
  const exponent = power === undefined ? (DECIMAL[suffix] ?? 0) : Number(power);
  return { count: digits * factor, exponent: exponent - fraction.length };
}

/** Compares two quantities: more than 0 if the first one is greater. */
export function compareQuantities(one: Quantity, other: Quantity): number {
  const exponent = Math.min(one.exponent, other.exponent);
  const [first, second] = [one, other].map(
    (it) => it.count * 10n ** BigInt(it.exponent - exponent),
  ) as [bigint, bigint];
  return first === second ? 0 : first > second ? 1 : -1;
}

/** Whether a quantity has no fraction. */
export function isWhole({ count, exponent }: Quantity): boolean {
  return exponent >= 0 || count % 10n ** BigInt(-exponent) === 0n;
}

/** The sum of quantities. */
export function sumOf(quantities: readonly Quantity[]): Quantity {
  const exponent = Math.min(0, ...quantities.map((it) => it.exponent));
  const counts = quantities.map((it) => it.count * 10n ** BigInt(it.exponent - exponent));
  return { count: counts.reduce((sum, count) => sum + count, 0n), exponent };
}

const MEBIBYTE = 1024n ** 2n;

/** An amount of bytes as a quantity, in `Mi` where that is exact; fractions are rounded up. */
export function bytesText({ count, exponent }: Quantity): string {
  const factor = 10n ** BigInt(Math.abs(exponent));
  const bytes = exponent < 0 ? (count + factor - 1n) / factor : count * factor;
  return bytes % MEBIBYTE === 0n ? `${bytes / MEBIBYTE}Mi` : String(bytes);
}
