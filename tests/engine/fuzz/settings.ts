/** What every component is rendered in. */
export const PROGRAM = { project: "shop-project", stack: "dev" } as const;

/** What is drawn: always the same, unless FUZZ_SEED says otherwise. */
export const seed = Number(process.env["FUZZ_SEED"] ?? 20_260);

/** How many times as much is drawn as usual. FUZZ_RUNS=10 takes ten times as long. */
const times = Number(process.env["FUZZ_RUNS"] ?? 1);

/** The parameters of a property that is checked so often. What fails is made smaller for a while, and then told. */
export const often = (runs: number) => ({
  seed,
  numRuns: Math.ceil(runs * times),
  interruptAfterTimeLimit: timeoutFor(runs) / 2,
  markInterruptAsFailure: true,
});

/** How many milliseconds a test with so many runs may take, on a machine that is busy with others. */
export function timeoutFor(runs: number): number {
  return Math.max(120_000, runs * times * 1000);
}
