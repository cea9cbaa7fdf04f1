import { amount } from "../../shared/soak.ts";

/** What every component is rendered in. */
export const PROGRAM = { project: "shop-project", stack: "dev" } as const;

/** Which run this is of several, as `--repeat` makes them. */
const time = Number(process.env["FUZZ_TIME"] ?? 1);

/** What is drawn: always the same in the first run, unless FUZZ_SEED says otherwise, and something else in every other one. */
export const seed = Number(process.env["FUZZ_SEED"] ?? 20_260) + time - 1;

/** How many times as much is drawn as usual. FUZZ_RUNS=10 takes ten times as long. */
const times = Number(process.env["FUZZ_RUNS"] ?? amount(1, 5));

/** The parameters of a property that is checked so often. What fails is made smaller for a while, and then told. */
export const often = (runs: number) => ({
  seed,
  numRuns: Math.ceil(runs * times),
  interruptAfterTimeLimit: timeoutFor(runs) / 2,
  markInterruptAsFailure: true,
});

/** How many milliseconds a test with so many runs may take, on a machine that is busy with others. */
export function timeoutFor(runs: number): number {
  return Math.max(600_000, runs * times * 5000);
}
