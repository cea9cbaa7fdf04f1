import { setTimeout as pause } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { engineRunsHooks, hookName } from "../cluster/engine-hooks.ts";
import type { NodePortClaim } from "../service/node-port-registry.ts";

/** The API server's message about a port that another Service has, or had a moment ago. */
const TAKEN = "provided port is already allocated";
const TRIES = 10;
const PAUSE_MILLISECONDS = 200;

/**
 * Options of a Service with fixed node ports: the API server reports a replaced Service as deleted before it releases
 * its node ports, so the creation is retried. A port of another Service is still taken after the last retry.
 */
export function untilNodePortsReleased(
  name: string,
  wanted: readonly NodePortClaim[],
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

/** Whether to retry; the newest error comes first. */
export function isReleasedSoon(failedOperation: string, errors: readonly string[]): boolean {
  return (
    failedOperation === "create" && errors.length < TRIES && (errors[0]?.includes(TAKEN) ?? false)
  );
}
