import { join } from "node:path";
import { execa } from "execa";
import { checkout } from "../local/paths.ts";

/** Builds the package's commands from the sources as they are, which npm ci may have built from others. */
export async function buildPackage(): Promise<void> {
  await execa("node", [join(checkout, "local/package/build.ts")], { cwd: checkout });
}
