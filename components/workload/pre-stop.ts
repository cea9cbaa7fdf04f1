import type { core } from "@pulumi/kubernetes/types/input.js";
import { type Checks, isRecord } from "../validation/checks.ts";
import type { ExecProbeArgs, HttpGetProbeArgs } from "./probe-args.ts";
import { type ProbedPorts, readHandler } from "./probe-handlers.ts";

/** What happens in a container before it is told to stop: exactly one of its fields. */
export interface PreStopHandlerArgs {
  /**
   * Runs a command in the container.
   *
   * @default - httpGet is used
   */
  readonly exec?: ExecProbeArgs;
  /**
   * Makes an HTTP request to the container.
   *
   * @default - exec is used
   */
  readonly httpGet?: HttpGetProbeArgs;
}

/** What happens in the Backend's own container before it is told to stop. */
export interface PreStopArgs {
  /**
   * What happens before the container is told to stop, in place of waiting for `drainSeconds`. It has to last that long
   * itself, because connections still arrive meanwhile: a command such as `["/bin/sh", "-c", "nginx -s quit; sleep 10"]`.
   *
   * @default - the container waits for drainSeconds
   * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
   */
  readonly preStop?: PreStopHandlerArgs;
}

const HANDLERS = ["exec", "httpGet"] as const;

/** Reads what happens before the container is told to stop. */
export function readPreStop(
  checks: Checks,
  { preStop }: PreStopArgs,
  ports: ProbedPorts,
): { readonly preStop?: core.v1.LifecycleHandler } {
  if (preStop === undefined) return {};
  const path = "args.preStop";
  const { exec, httpGet } = checks.object(path, preStop);
  const stated = HANDLERS.filter((handler) => Object(preStop)[handler] !== undefined);
  if (isRecord(preStop) && stated.length !== 1) {
    const value = stated.length === 0 ? preStop : stated.join(" and ");
    checks.report(path, value, `must have exactly one of ${HANDLERS.join(", ")}`);
  }
  const given = exec === undefined ? { httpGet } : { exec };
  return { preStop: readHandler(checks, "args", path, given as PreStopHandlerArgs, ports) };
}
