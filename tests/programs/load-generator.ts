import { once } from "node:events";
import { execa } from "execa";
import { inject } from "vitest";
import type { LoadReport } from "../shared/load-report.ts";

const start = (args: readonly string[]) => execa(inject("loadGenerator"), args, { reject: false });

/** Runs the generator of load and tells how it ended. */
export async function runLoad(...args: string[]) {
  const { exitCode, stdout, stderr } = await start(args);
  return { exitCode, stdout, stderr };
}

/** Runs the generator of load to its end and reads its report. */
export async function load(...args: string[]): Promise<LoadReport> {
  const { stdout, stderr } = await start(args);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Starts the generator of load and returns after its first second. */
export async function loadUnderWay(...args: string[]) {
  const child = start([...args, "--progress"]);
  await once(child.stderr, "data");
  return {
    stop: () => child.kill("SIGTERM"),
    report: async (): Promise<LoadReport> => JSON.parse((await child).stdout),
  };
}

/** The classes that have any request, with how many. */
export function counted({ classes }: LoadReport): Record<string, number> {
  return Object.fromEntries(Object.entries(classes).filter(([, count]) => count > 0));
}
