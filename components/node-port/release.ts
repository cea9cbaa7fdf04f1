import { setTimeout as pause } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { engineRunsHooks, hookName } from "../cluster/engine-hooks.ts";
import type { WantedNodePort } from "../service/node-port-registry.ts";

/** What the API server says of a port that another Service has, or had a moment ago. */
const TAKEN = "provided port is already allocated";
const TRIES = 10;
const PAUSE_MILLISECONDS = 200;

/**
 * Options of a Service with node ports by number: the API server says that the Service which is replaced is gone, and
 * releases its ports only then. A port that is another Service's is still so after the last try.
 */
export function untilNodePortsReleased(
  name: string,
  wanted: readonly WantedNodePort[],
): pulumi.CustomResourceOptions {
  if (!engineRunsHooks() || wanted.every(({ port }) => port === undefined)) {
    return {};
  }
  const hook = new pulumi.ErrorHook(
    hookName(`${name}-node-ports`),
    async ({ errors, failedOperation }) => {
      const again = isReleasedSoon(failedOperation, errors);
      if (again) {
        await pause(PAUSE_MILLISECONDS);
      }
      return again;
    },
  );
  return { hooks: { onError: [hook] } };
}

/** Whether it is worth another try; the newest error is the first. */
export function isReleasedSoon(failedOperation: string, errors: readonly string[]): boolean {
  return (
    failedOperation === "create" && errors.length < TRIES && (errors[0]?.includes(TAKEN) ?? false)
  );
}
