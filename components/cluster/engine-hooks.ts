import * as pulumi from "@pulumi/pulumi";
import { checkVersions } from "./engine-features.ts";

/** How often each hook name was requested, by run of a program. The connection to the engine identifies the run. */
const runs = new WeakMap<object, Map<string, number>>();

/**
 * Whether resource hooks run. They do not run under Pulumi's mocks, which unit tests and manifest rendering use.
 *
 * @throws pulumi.RunError if Pulumi is too old
 */
export function engineRunsHooks(): boolean {
  const monitor = pulumi.runtime.getMonitor();
  if (monitor === undefined || !("registerResourceHook" in monitor)) return false;
  checkVersions();
  return true;
}

/**
 * A hook name that is unique in the run. The engine rejects a second hook of the same name, while two components may
 * have children of the same name.
 */
export function hookName(wanted: string): string {
  const run = pulumi.runtime.getMonitor() ?? runs;
  const names = runs.get(run) ?? new Map<string, number>();
  runs.set(run, names);
  const count = (names.get(wanted) ?? 0) + 1;
  names.set(wanted, count);
  return count === 1 ? wanted : `${wanted}-${count}`;
}
