import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { styleText } from "node:util";
import { UserError } from "../errors.ts";
import { writeAtomically } from "../files/atomic-file.ts";
import { checkout } from "../paths.ts";
import { type ImageChange, promoteImages, type StackFile } from "../promote/promotion.ts";
import { report } from "../terminal.ts";

/** Options of `npm run promote`. */
interface PromoteOptions {
  readonly from: string;
  readonly to: string;
  readonly dryRun?: boolean;
}

const MODE_BITS = 0o777;

/**
 * `npm run promote`: copies the images of one stack's configuration into another's, and shows what changes on stdout.
 *
 * @throws UserError if that cannot be done; nothing is written then
 */
export function promote({ dryRun = false, from, to }: PromoteOptions, folder = checkout): void {
  if (from === to) {
    throw new UserError(`Cannot promote: --from and --to are both "${from}"; name two stacks`);
  }
  const [source, target] = [readStack(folder, from), readStack(folder, to)];
  const { changes, text } = promoteImages(source, target);
  if (changes.length === 0) {
    report(`Stack "${to}" has the images of stack "${from}" already`);
    return;
  }
  process.stdout.write(shown(to, changes));
  if (dryRun) {
    report("Nothing was written, because of --dry-run");
    return;
  }
  const path = realpathSync(join(folder, fileOf(to)));
  writeAtomically(path, text, { mode: statSync(path).mode & MODE_BITS });
  report(`Wrote ${fileOf(to)}; commit it, and look at npm run preview -- --stack ${to}`);
}

function readStack(folder: string, stack: string): StackFile {
  // https://www.pulumi.com/docs/iac/concepts/stacks/#create-stack
  if (!/^[\w.-]{1,100}$/.test(stack)) {
    throw new UserError(
      `Cannot promote: the stack "${stack}" must have 1 to 100 letters, digits, "-", "_" and "."`,
    );
  }
  const path = join(folder, fileOf(stack));
  if (!existsSync(path)) {
    throw new UserError(
      `Cannot promote: there is no ${fileOf(stack)}; make the stack with pulumi stack init ${stack}, and set its configuration`,
    );
  }
  return { stack, text: readFileSync(path, "utf8") };
}

const fileOf = (stack: string): string => `Pulumi.${stack}.yaml`;

/** The change of a file, as `diff` shows it. */
function shown(stack: string, changes: readonly ImageChange[]): string {
  const lines = changes.flatMap(({ after, before, key }) => [
    ...(before === undefined ? [] : [styleText("red", `- ${key}: ${before}`)]),
    styleText("green", `+ ${key}: ${after}`),
  ]);
  return `${[fileOf(stack), ...lines].join("\n")}\n`;
}
