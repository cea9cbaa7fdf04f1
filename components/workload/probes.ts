import type { core } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import { Protocol, type TargetPort } from "../service/target.ts";
import { type Checks, isRecord, type Rule } from "../validation/checks.ts";
import { anyString, httpPath, int32, integer, nonEmptyString, oneOf } from "../validation/rules.ts";
import { type GrpcProbeArgs, type ProbeArgs, ProbeScheme } from "./probe-args.ts";

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

type ProbedPort = Pick<TargetPort, "name" | "containerPort" | "protocol">;

/** The ports that a container's probes may name. */
export interface ProbedPorts {
  /** Those of the container itself. */
  readonly own: readonly ProbedPort[];
  /** Those of all containers of the Pod, which have one network. */
  readonly all: readonly ProbedPort[];
}

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
  // Ports that could not be read have been reported, and there is nothing to compare with.
  const named = checks.isUnreadable(`${at}.ports`) ? () => undefined : declared(ports.all);
  return {
    ...readHandler(checks, path, probe, ports, named),
    ...readTimings(checks, path, role, probe),
  };
}

function readHandler(
  checks: Checks,
  path: string,
  { httpGet, tcpSocket, grpc, exec }: ProbeArgs,
  ports: ProbedPorts,
  named: Rule,
): core.v1.Probe {
  const port = (handler: string, name: string) => {
    checks.plain(`${path}.${handler}.port`, name, named);
    // The kubelet knows a name only if it is of the same container.
    const isOwn = ports.own.some((it) => it.name === name);
    return isOwn ? name : (ports.all.find((it) => it.name === name)?.containerPort ?? name);
  };
  if (httpGet !== undefined) {
    const http = checks.object(`${path}.httpGet`, httpGet);
    const { scheme } = http;
    return {
      httpGet: {
        path: checks.input(`${path}.httpGet.path`, http.path, httpPath),
        port: port("httpGet", http.port),
        ...(scheme === undefined
          ? {}
          : { scheme: checks.plain(`${path}.httpGet.scheme`, scheme, oneOf(ProbeScheme)) }),
      },
    };
  }
  if (tcpSocket !== undefined) {
    const tcp = checks.object(`${path}.tcpSocket`, tcpSocket);
    return { tcpSocket: { port: port("tcpSocket", tcp.port) } };
  }
  if (grpc !== undefined) {
    return { grpc: readGrpc(checks, `${path}.grpc`, grpc, ports, named) };
  }
  return exec === undefined ? {} : { exec: readCommand(checks, `${path}.exec`, exec) };
}

/** A gRPC probe is the only one whose port Kubernetes wants as a number. */
function readGrpc(
  checks: Checks,
  path: string,
  given: GrpcProbeArgs,
  ports: ProbedPorts,
  named: Rule,
): core.v1.GRPCAction {
  const { port, service } = checks.object(path, given);
  checks.plain(`${path}.port`, port, named);
  return {
    port: ports.all.find(({ name }) => name === port)?.containerPort ?? 0,
    ...(service === undefined
      ? {}
      : { service: checks.input(`${path}.service`, service, anyString) }),
  };
}

function readCommand(
  checks: Checks,
  path: string,
  exec: NonNullable<ProbeArgs["exec"]>,
): core.v1.ExecAction {
  const { command } = checks.object(path, exec);
  const words = checks.list(`${path}.command`, command, 1, "word");
  return {
    command: words.map((word, index) =>
      checks.input(`${path}.command[${index}]`, word, nonEmptyString),
    ),
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

function declared(ports: readonly ProbedPort[]): Rule {
  if (ports.length === 0) {
    return () => "must name a declared port, and there is none; declare it in ports, or use exec";
  }
  const named = ports.filter(({ name }) => typeof name === "string");
  const probed = named.filter(({ protocol }) => protocol !== Protocol.UDP).map(({ name }) => name);
  const must = `must be the name of a declared port: ${probed.join(", ")}`;
  const notUdp = `must be the name of a TCP port${probed.length === 0 ? ", and no port is; use exec" : `: ${probed.join(", ")}`}; kubelets do not probe UDP`;
  return (value) => {
    // A port without a name has been reported.
    if (named.length === 0 || probed.some((name) => name === value)) return undefined;
    return named.some(({ name }) => name === value) ? notUdp : must;
  };
}
