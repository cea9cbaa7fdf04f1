import type { core } from "@pulumi/kubernetes/types/input.js";
import * as pulumi from "@pulumi/pulumi";
import { urlOf } from "../service/address.ts";
import type { ServicePort } from "../service/ports.ts";
import {
  isIssued,
  networkPolicyOf,
  Protocol,
  readSelector,
  readTargetFields,
  type ServiceTargetArgs,
  type TargetPortArgs,
  targetPortFindings,
} from "../service/target.ts";
import {
  type Checks,
  type Finding,
  isDeferred,
  isRecord,
  type Rule,
} from "../validation/checks.ts";
import { namespaceName, portName, serviceName } from "../validation/rules.ts";
import type { ConnectionArgs, ConnectionsArgs } from "./connections-args.ts";
import type { EnvironmentArgs, SecretEnvironmentArgs } from "./environment-args.ts";

/** A workload to which a Backend's Pods connect. */
export interface Connection {
  /** The prefix of the environment variables. */
  readonly key: string;
  readonly namespace: pulumi.Input<string>;
  readonly selector: pulumi.Input<Record<string, string>>;
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<Omit<ServicePort, "targetPort">>;
  /** Whether there is a variable for the URL: false only if the port is known not to be HTTP. */
  readonly hasUrl: boolean;
  /** The callee's NetworkPolicy, if it is a Backend of this program and has one. */
  readonly networkPolicy: pulumi.Resource | undefined;
}

type AllArgs = ConnectionsArgs & EnvironmentArgs & SecretEnvironmentArgs;

/** The arguments that state the container's other variables by name. */
const STATED = [
  "env",
  "secretEnv",
  "envFromSecretKeys",
  "envFromConfigMapKeys",
  "envFromFields",
  "envFromResourceFields",
] as const;

/** The longest key, so that the NetworkPolicy's name is not longer than the API server allows. */
const KEY_CHARACTERS = 63;

/** The prefix of variables. */
export const connectionKey: Rule = (key) =>
  typeof key === "string" &&
  key.length <= KEY_CHARACTERS &&
  /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(key)
    ? undefined
    : 'must be at most 63 upper case letters, digits and single "_", starting with a letter and ending with a letter or digit, such as MY_BACKEND';

const calledService: Rule = (name) =>
  name === undefined
    ? "must be the name of the target's own Service, which is what Pods connect to"
    : serviceName(name);

/** Reads the workloads to which a Backend's Pods connect. */
export function readConnections(checks: Checks, args: AllArgs): readonly Connection[] {
  const path = "args.connectsTo";
  const given = args.connectsTo === undefined ? {} : checks.object(path, args.connectsTo);
  return Object.entries(given).map(([key, connection]) => {
    checks.plain(`${path} key`, key, connectionKey);
    const read = readConnection(checks, key, checks.object(`${path}.${key}`, connection));
    reportStated(
      checks,
      path,
      read,
      args,
      "state an appProtocol that is not HTTP for the target's port",
    );
    return read;
  });
}

/** The environment variables with the addresses of the connections. */
export function connectionVariables(connections: readonly Connection[]): core.v1.EnvVar[] {
  return connections.flatMap(({ hasUrl, host, key, port }) => {
    const url = pulumi.all([host, port]).apply(([to, called]) => urlOf(to, called) ?? "");
    return [
      { name: `${key}_HOST`, value: host },
      { name: `${key}_PORT`, value: port.apply((called) => String(called.port)) },
      ...(hasUrl ? [{ name: `${key}_URL`, value: url }] : []),
    ];
  });
}

function readConnection(
  checks: Checks,
  key: string,
  { port: name, target }: ConnectionArgs,
): Connection {
  const path = `args.connectsTo.${key}`;
  checks.plain(`${path}.port`, name, portName);
  const given = readTargetFields(checks, `${path}.target`, target);
  const at = (field: keyof ServiceTargetArgs) => `${path}.target.${field}`;
  const ports = checks.gate(given.ports, (known) => portFindings(path, name, known));
  const namespace = checks.input(at("namespace"), given.namespace, namespaceName);
  // A Backend without a Service has no port with a `port`, which has already been reported.
  const service =
    isIssued(target) && given.serviceName === undefined
      ? ""
      : checks.input(at("serviceName"), given.serviceName, calledService);
  return {
    key,
    namespace,
    selector: readSelector(checks, at("selector"), given.selector),
    host: pulumi.interpolate`${service}.${namespace}.svc`,
    port: pulumi
      .output(ports)
      .apply((known) => calledPort(name, known) as Omit<ServicePort, "targetPort">),
    hasUrl: isDeferred(ports) || speaksHttp(calledPort(name, ports)),
    networkPolicy: networkPolicyOf(target),
  };
}

/** The target's port of this name, if it is in a Service. */
function calledPort(name: string, ports: unknown): Omit<ServicePort, "targetPort"> | undefined {
  const all: readonly TargetPortArgs[] = Array.isArray(ports) ? ports : [];
  const found = all.find((port) => isRecord(port) && port.name === name);
  return found?.port === undefined
    ? undefined
    : { ...found, port: found.port, protocol: found.protocol ?? Protocol.TCP };
}

function speaksHttp(port: ReturnType<typeof calledPort>): boolean {
  return port !== undefined && urlOf("host", port) !== undefined;
}

function portFindings(path: string, name: string, ports: unknown): readonly Finding[] {
  const shape = targetPortFindings(`${path}.target.ports`, ports);
  // An invalid name is reported separately.
  if (shape.length > 0 || portName(name) !== undefined) {
    return shape;
  }
  const declared = ports as readonly TargetPortArgs[];
  const names = declared.map((port) => port.name).join(", ");
  const must = declared.some((port) => port.name === name)
    ? "must be a port of the target's own Service; give the target's port a port"
    : `must be a port that the target declares: ${names}`;
  return calledPort(name, declared) === undefined
    ? [{ path: `${path}.port`, value: name, must }]
    : [];
}

/** The name of what stands for a connection: its policy, its Service. */
export function connectionName(caller: string, { key }: Pick<Connection, "key">): string {
  return `${caller}-to-${key.toLowerCase().replaceAll("_", "-")}`;
}

/**
 * Reports variables that another argument states, too.
 *
 * @param withoutUrl - what to do so that there is no variable with a URL
 */
export function reportStated(
  checks: Checks,
  path: string,
  { hasUrl, key }: Pick<Connection, "hasUrl" | "key">,
  args: EnvironmentArgs & SecretEnvironmentArgs,
  withoutUrl: string,
): void {
  for (const variable of [`${key}_HOST`, `${key}_PORT`, ...(hasUrl ? [`${key}_URL`] : [])]) {
    for (const field of STATED) {
      const stated: unknown = args[field];
      if (isRecord(stated) && Object.hasOwn(stated, variable)) {
        const or = variable.endsWith("_URL")
          ? `; or ${withoutUrl}, and there is no such variable`
          : "";
        const must = `must be another key, or args.${field} must not have ${variable}, which the connection sets${or}`;
        checks.report(`${path} key`, key, must);
      }
    }
  }
}
