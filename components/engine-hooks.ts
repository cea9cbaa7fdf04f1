import * as pulumi from "@pulumi/pulumi";

/** Whether resource hooks run: Pulumi's mocks, under which manifests are rendered and unit tests run, have none. */
export function engineRunsHooks(): boolean {
  const monitor = pulumi.runtime.getMonitor();
  return monitor !== undefined && "registerResourceHook" in monitor;
}
