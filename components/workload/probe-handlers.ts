import type { core } from "@pulumi/kubernetes/types/input.js";
import { Protocol, type TargetPort } from "../service/target.ts";
import type { Checks, Rule } from "../validation/checks.ts";
import { anyString, httpPath, nonEmptyString, oneOf } from "../validation/rules.ts";
import { readStringMap } from "../validation/string-map.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import {
  type GrpcProbeArgs,
  type HttpGetProbeArgs,
  type ProbeArgs,
  ProbeScheme,
} from "./probe-args.ts";

type ProbedPort = Pick<TargetPort, "name" | "containerPort" | "protocol">;

/** The ports that a container's probes may name. */
export interface ProbedPorts {
  /** Those of the container itself. */
  readonly own: readonly ProbedPort[];
  /** Those of all containers of the Pod, which have one network. */
  readonly all: readonly ProbedPort[];
}

/**
 * Reads what a probe or a hook of a container asks.
 *
 * @param at - the path of the container's arguments
 */
export function readHandler(
  checks: Checks,
  at: string,
  path: string,
  { httpGet, tcpSocket, grpc, exec }: ProbeArgs,
  ports: ProbedPorts,
): core.v1.Probe {
  // Ports that could not be read have been reported, and there is nothing to compare with.
  const named = checks.isUnreadable(`${at}.ports`) ? () => undefined : declared(ports.all);
  const port = (handler: string, name: string) => {
    checks.plain(`${path}.${handler}.port`, name, named);
    // The kubelet knows a name only if it is of the same container.
    const isOwn = ports.own.some((it) => it.name === name);
    return isOwn ? name : (ports.all.find((it) => it.name === name)?.containerPort ?? name);
  };
  if (httpGet !== undefined) {
    return {
      httpGet: readHttpGet(checks, `${path}.httpGet`, httpGet, (it) => port("httpGet", it)),
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

function readHttpGet(
  checks: Checks,
  path: string,
  given: HttpGetProbeArgs,
  portOf: (name: string) => string | number,
): core.v1.HTTPGetAction {
  const { httpHeaders, path: asked, port, scheme } = checks.object(path, given);
  return {
    path: checks.input(`${path}.path`, asked, httpPath),
    port: portOf(port),
    ...(scheme === undefined
      ? {}
      : { scheme: checks.plain(`${path}.scheme`, scheme, oneOf(ProbeScheme)) }),
    ...readHeaders(checks, `${path}.httpHeaders`, httpHeaders),
  };
}

const headerName: Rule = (name) =>
  typeof name === "string" && /^[-A-Za-z0-9]+$/.test(name)
    ? undefined
    : 'must be letters, digits and "-", such as X-Probe';

function readHeaders(checks: Checks, path: string, given: HttpGetProbeArgs["httpHeaders"]) {
  const headers = readStringMap(checks, path, given, headerName, anyString);
  return withoutEmpty({
    httpHeaders: Object.entries(headers).map(([name, value]) => ({ name, value })),
  });
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

/** The protocols that no probe uses. One that is misspelt is reported by itself. */
const NOT_PROBED: ReadonlySet<unknown> = new Set([Protocol.UDP, Protocol.SCTP]);

function declared(ports: readonly ProbedPort[]): Rule {
  if (ports.length === 0) {
    return () => "must name a declared port, and there is none; declare it in ports, or use exec";
  }
  const named = ports.filter(({ name }) => typeof name === "string");
  const probed = named.filter(({ protocol }) => !NOT_PROBED.has(protocol)).map(({ name }) => name);
  const must = `must be the name of a declared port: ${probed.join(", ")}`;
  const notTcp = `must be the name of a TCP port${probed.length === 0 ? ", and no port is; use exec" : `: ${probed.join(", ")}`}; kubelets probe TCP only`;
  return (value) => {
    // A port without a name has been reported.
    if (named.length === 0 || probed.some((name) => name === value)) return undefined;
    return named.some(({ name }) => name === value) ? notTcp : must;
  };
}
