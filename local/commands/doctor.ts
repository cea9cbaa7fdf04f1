import { runDoctor } from "../../doctor/command-line.ts";
import { orDevStack, useDevEngine } from "../engine/dev-engine.ts";
import { checkout } from "../paths.ts";

/** `npm run doctor`: finds what is wrong with a stack of this checkout. The exit code is the doctor's. */
export async function doctor(args: readonly string[]): Promise<void> {
  const all = orDevStack(args);
  await useDevEngine(all);
  process.exitCode = await runDoctor(["--cwd", checkout, ...all]);
}
