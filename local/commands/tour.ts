import { UserError } from "../errors.ts";
import { localPaths } from "../paths.ts";
import { interruptSignal, report } from "../terminal.ts";
import { devExample } from "../tour/example.ts";
import { requireExample, requireRealNodes } from "../tour/preconditions.ts";
import { heading, outcome, summary } from "../tour/print.ts";
import { type Step, type StepResult, walk } from "../tour/step.ts";
import { steps } from "../tour/steps.ts";
import { openWorld } from "../tour/world.ts";
import { withLock } from "./lock.ts";

/** Options of `npm run tour`. */
export interface TourOptions {
  readonly step?: string;
  readonly json?: true;
}

/** `npm run tour`: shows on the running cluster what Services promise, one truth after another. */
export async function tour({ json, step }: TourOptions): Promise<void> {
  const wanted = choose(step);
  const paths = localPaths();
  await requireRealNodes(paths);
  const signal = interruptSignal();
  const print = (text: string) => json || process.stdout.write(text);
  await withLock(paths, signal, async () => {
    const tell = (line: string) => report(`    … ${line}`);
    const world = await openWorld(paths, { example: devExample, tell, signal });
    await requireExample(world);
    const results: StepResult[] = [];
    for (const one of wanted) {
      print(heading(one));
      const result = await walk(one, world);
      print(outcome(result));
      results.push(result);
    }
    print(summary(results));
    if (json) process.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
    if (results.some(({ holds }) => !holds)) process.exitCode = 1;
  });
}

function choose(number: string | undefined): readonly Step[] {
  if (number === undefined) return steps;
  const chosen = steps.filter((step) => step.number === number.toUpperCase());
  if (chosen.length > 0) return chosen;
  const numbers = steps.map((step) => step.number).join(", ");
  throw new UserError(`Cannot walk step "${number}": must be one of ${numbers}`);
}
