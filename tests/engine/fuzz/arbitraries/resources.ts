import fc from "fast-check";
import type { ResourcesArgs } from "../../../../components/index.ts";

/** A quantity and what it comes to, in thousandths. */
interface Quantity {
  readonly text: string;
  readonly thousandths: number;
}

/** What a container asks for and may not exceed of one resource; one of them or both. */
interface Amounts {
  readonly request?: string;
  readonly limit?: string;
}

/** A way to write quantities: a count, what stands after it, and what one of the count comes to in thousandths. */
type Writing = readonly [suffix: string, unit: number, more?: number];

const KI = 1024;
/** Thousandths and parts of them, as CPUs are counted. */
const FRACTIONS: readonly Writing[] = [
  ["m", 1],
  ["e-3", 1],
  ["000u", 1],
  ["000000n", 1],
  ["", 1000],
  [".5", 1000, 500],
];
/** Whole bytes. */
const BYTES: readonly Writing[] = [
  ["", 1000],
  [".", 1000],
  [".0", 1000],
  ["000m", 1000],
  ["k", 1000 ** 2],
  ["e3", 1000 ** 2],
  ["E+2", 100 * 1000],
  ["Ki", 1000 * KI],
  [".5Ki", 1000 * KI, 500 * KI],
  ["M", 1000 ** 3],
  ["Mi", 1000 * KI ** 2],
  ["Gi", 1000 * KI ** 3],
];

const quantity = (writings: readonly Writing[], most: number): fc.Arbitrary<Quantity> =>
  fc
    .tuple(fc.nat({ max: most }), fc.constantFrom(...writings))
    .map(([count, [suffix, unit, more = 0]]) => ({
      text: `${count}${suffix}`,
      thousandths: count * unit + more,
    }));

/** Two quantities, the smaller one as the request, or one of them alone. */
function amounts(writings: readonly Writing[], most: number): fc.Arbitrary<Amounts> {
  return fc
    .tuple(
      quantity(writings, most),
      quantity(writings, most),
      fc.constantFrom("request", "limit", "both", "both"),
    )
    .map(([one, other, stated]) => {
      const [least, greatest] = one.thousandths <= other.thousandths ? [one, other] : [other, one];
      return {
        ...(stated === "limit" ? {} : { request: least.text }),
        ...(stated === "request" ? {} : { limit: greatest.text }),
      };
    });
}

/** What cannot be shared: a limit, and a request only of the same amount, however it is written. */
const undivided: fc.Arbitrary<Amounts> = fc
  .tuple(fc.nat({ max: 8 }), fc.boolean())
  .map(([count, asked]) => ({
    limit: String(count),
    ...(asked ? { request: `${count}000m` } : {}),
  }));

const named = (name: string, of: fc.Arbitrary<Amounts>) =>
  of.map((stated) => [name, stated] as const);

const resource = fc.oneof(
  { weight: 3, arbitrary: named("cpu", amounts(FRACTIONS, 64_000)) },
  { weight: 3, arbitrary: named("memory", amounts(BYTES, 4096)) },
  { weight: 2, arbitrary: named("ephemeral-storage", amounts(BYTES, 4096)) },
  named("example.com/gpu", undivided),
  named(`${"d".repeat(63)}.example/gpu`, undivided),
);

/** What a container asks for and may not exceed. */
export const resources: fc.Arbitrary<ResourcesArgs> = fc
  .tuple(
    fc.uniqueArray(resource, { maxLength: 4, selector: ([name]) => name }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([stated, emptyRequests, emptyLimits]) => {
    const of = (side: keyof Amounts) =>
      Object.fromEntries(
        stated.flatMap(([name, { [side]: amount }]) =>
          amount === undefined ? [] : [[name, amount] as const],
        ),
      );
    const [requests, limits] = [of("request"), of("limit")];
    const shown = (amount: object, empty: boolean) => empty || Object.keys(amount).length > 0;
    return {
      ...(shown(requests, emptyRequests) ? { requests } : {}),
      ...(shown(limits, emptyLimits) ? { limits } : {}),
    };
  });
