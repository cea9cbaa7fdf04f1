import { join } from "node:path";
import { runCommandLine } from "../../preview/commands/command-line.ts";
import { useDevEngine } from "../engine/dev-engine.ts";
import { PROJECT } from "../engine/stack.ts";
import { checkout } from "../paths.ts";
import { versions } from "../toolchain/versions.ts";

/** The policy pack of this checkout's program, which must run on every object. */
const POLICIES = ["--policy-pack", join(checkout, "policies"), "--require-policy", PROJECT];

/** `npm run preview`: previews stacks of this checkout and judges them. The exit code is the gate's. */
export const preview = (args: readonly string[]): Promise<void> => gate("check", args);

/** `npm run up`: updates a stack of this checkout as it was approved. The exit code is the gate's. */
export const up = (args: readonly string[]): Promise<void> => gate("up", args);

async function gate(command: "check" | "up", args: readonly string[]): Promise<void> {
  // npm's launcher "pulumi" starts this version, the tested one, and downloads it where it is missing.
  process.env["PULUMI_VERSION"] ??= versions.pulumi;
  await useDevEngine(args);
  process.exitCode = await runCommandLine([command, "--cwd", checkout, ...POLICIES, ...args]);
}
