import type { core } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import { type Checks, isRecord } from "../validation/checks.ts";
import { int32, integer } from "../validation/rules.ts";
import type { ProbeArgs } from "./probe-args.ts";
import { type ProbedPorts, readHandler } from "./probe-handlers.ts";

const TIMINGS = {
  initialDelaySeconds: int32(0),
  periodSeconds: int32(1),
  timeoutSeconds: int32(1),
  failureThreshold: int32(1),
  successThreshold: int32(1),
} as const;

const HANDLERS = ["httpGet", "tcpSocket", "grpc", "exec"] as const;

/** The role of a probe; the roles differ in one rule. */
export const ProbeRole = {
  Readiness: "readinessProbe",
  Liveness: "livenessProbe",
  Startup: "startupProbe",
} as const;
/** The role of a probe. */
export type ProbeRole = (typeof ProbeRole)[keyof typeof ProbeRole];

/** Reads a probe. Its port must be the name of a port of the Pod. */
export function readProbe(
  checks: Checks,
  role: ProbeRole,
  given: ProbeArgs,
  ports: ProbedPorts,
  at = "args",
): core.v1.Probe {
  const path = `${at}.${role}`;
  const probe = checks.object(path, given);
  const stated = HANDLERS.filter((handler) => probe[handler] !== undefined);
  // A value that is not an object has already been reported, and has no fields to check.
  if (isRecord(given) && stated.length !== 1) {
    const must = `must have exactly one of ${HANDLERS.join(", ")}`;
    checks.report(path, stated.length === 0 ? given : stated.join(" and "), must);
  }
  return {
    ...readHandler(checks, at, path, probe, ports),
    ...readTimings(checks, path, role, probe),
  };
}

function readTimings(
  checks: Checks,
  path: string,
  role: ProbeRole,
  probe: ProbeArgs,
): core.v1.Probe {
  const timings: Record<string, pulumi.Input<number>> = {};
  for (const [name, rule] of Object.entries(TIMINGS)) {
    const value = probe[name as keyof typeof TIMINGS];
    if (value !== undefined) {
      const once = role !== ProbeRole.Readiness && name === "successThreshold";
      timings[name] = checks.input(`${path}.${name}`, value, once ? integer(1, 1) : rule);
    }
  }
  return timings;
}
