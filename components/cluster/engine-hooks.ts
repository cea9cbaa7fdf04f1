import * as pulumi from "@pulumi/pulumi";
import { checkVersions } from "./engine-features.ts";

/** Names of hooks by run of a program, which is told by its connection to the engine, with how often each was asked for. */
const runs = new WeakMap<object, Map<string, number>>();

/**
 * Whether resource hooks run: Pulumi's mocks, under which manifests are rendered and unit tests run, have none.
 *
 * @throws pulumi.RunError where Pulumi is older than what is used of it
 */
export function engineRunsHooks(): boolean {
  const monitor = pulumi.runtime.getMonitor();
  if (monitor === undefined || !("registerResourceHook" in monitor)) return false;
  checkVersions();
  return true;
}

/**
 * A name for a hook that no other one of the run has: the engine refuses a second hook of a name, while resources of one
 * name may well be there twice, below different components.
 */
export function hookName(wanted: string): string {
  const run = pulumi.runtime.getMonitor() ?? runs;
  const names = runs.get(run) ?? new Map<string, number>();
  runs.set(run, names);
  const count = (names.get(wanted) ?? 0) + 1;
  names.set(wanted, count);
  return count === 1 ? wanted : `${wanted}-${count}`;
}
