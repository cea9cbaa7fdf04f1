import ora, { type Ora } from "ora";
import type { Show } from "./toolchain/progress.ts";

type Terminal = NodeJS.WriteStream;

/** Tells whether a line can move where messages go: CI systems keep every state of it, and at a width of 0 ora would never end. */
export function canMove(
  { columns, isTTY }: Pick<Terminal, "columns" | "isTTY">,
  env: NodeJS.ProcessEnv,
): boolean {
  return isTTY === true && columns > 0 && env["TERM"] !== "dumb" && (env["CI"] ?? "") === "";
}

/** Columns that the sign before the text takes, and one that is left free. */
const BESIDE_TEXT = 3;

/** Cuts a text so that it stays on one line. */
export const fitted = (text: string, columns: number): string =>
  text.length + BESIDE_TEXT <= columns
    ? text
    : `${text.slice(0, Math.max(0, columns - BESIDE_TEXT - 1))}…`;

/**
 * A line at the end of the terminal that moves while something goes on. What is printed meanwhile comes above it and stays.
 *
 * @returns nothing where no line can move
 */
export function movingLine(
  stream: Terminal = process.stderr,
  env: NodeJS.ProcessEnv = process.env,
): Show | undefined {
  if (!canMove(stream, env)) return;
  const parts = new Map<string, string>();
  let line: Ora | undefined;
  return (part, text) => {
    if (text === undefined) parts.delete(part);
    else parts.set(part, text);
    if (parts.size === 0) {
      line?.stop();
      line = undefined;
      return;
    }
    line ??= open(stream);
    line.text = fitted([...parts.values()].join(" · "), stream.columns);
    line.start();
  };
}

/** Without colours, whatever NO_COLOR says. Cursor and keyboard stay as they are: what ora does to them would end this process at Ctrl-C, before it has ended its children. */
function open(stream: Terminal): Ora {
  return ora({ stream, color: false, isEnabled: true, hideCursor: false, discardStdin: false });
}
