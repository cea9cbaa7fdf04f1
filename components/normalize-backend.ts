import type { core } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import { type BackendArgs, type BackendPortArgs, ImagePullPolicy } from "./backend-args.ts";
import * as rules from "./rules.ts";
import { reportRepeatedNames } from "./service/ports.ts";
import { Protocol, type TargetPort } from "./service/target.ts";
import type { Checks, Rule } from "./validation.ts";
import { type Drain, drainFor, Entrance } from "./workload/drain.ts";
import { ProbeRole, readProbe } from "./workload/probes.ts";
import { type Resources, readResources } from "./workload/resources.ts";

type Texts = Record<string, pulumi.Input<string>>;

/** A port of a Backend with its defaults; `port` stays absent where the Service has none. */
export interface BackendPort extends TargetPort {
  readonly port?: number;
}

/** A Backend's arguments, judged and with every default filled in. */
export interface BackendSpec {
  readonly name: string;
  readonly namespace: string;
  readonly app: string;
  readonly serviceName: string;
  readonly image: pulumi.Input<string>;
  readonly imagePullPolicy?: ImagePullPolicy;
  readonly ports: readonly BackendPort[];
  readonly readinessProbe: core.v1.Probe;
  readonly livenessProbe?: core.v1.Probe;
  readonly replicas: number;
  readonly env: Texts;
  readonly resources: Resources;
  readonly drain: Drain;
  readonly runAsUser: pulumi.Input<number>;
  readonly runAsGroup: pulumi.Input<number>;
  readonly labels: Texts;
  readonly annotations: Texts;
}

/** High enough that no account of a node has it (kube-score and others ask for 10000 and up). */
const UID = 10001;
const LONGEST_REQUEST_SECONDS = 30;
const notRoot: Rule = rules.integer(1, 2 ** 31 - 1, "0 is root");
const noSelectorKey: Rule = (key) =>
  key === "app"
    ? "must be left out, Services select on it; set args.app instead"
    : rules.qualifiedName(key);

/** Reads the arguments of a Backend; what is wrong with them is in `checks`. */
export function normalizeBackend(checks: Checks, name: string, given: BackendArgs): BackendSpec {
  const args = checks.object("args", given);
  checks.plain("name", name, rules.serviceName);
  const { app = name, serviceName = name, imagePullPolicy, livenessProbe } = args;
  const ports = readBackendPorts(checks, args.ports);
  const portNames = ports.map((port) => port.name);
  return {
    name,
    namespace: checks.plain("args.namespace", args.namespace, rules.namespaceName),
    app: app === name ? app : checks.plain("args.app", app, rules.selectorValue),
    serviceName:
      serviceName === name
        ? serviceName
        : checks.plain("args.serviceName", serviceName, rules.serviceName),
    image: checks.input("args.image", args.image, rules.imageReference),
    ...(imagePullPolicy === undefined
      ? {}
      : {
          imagePullPolicy: checks.plain(
            "args.imagePullPolicy",
            imagePullPolicy,
            rules.oneOf(ImagePullPolicy),
          ),
        }),
    ports,
    readinessProbe: readProbe(checks, ProbeRole.Readiness, args.readinessProbe, portNames),
    ...(livenessProbe === undefined
      ? {}
      : { livenessProbe: readProbe(checks, ProbeRole.Liveness, livenessProbe, portNames) }),
    replicas: checks.plain("args.replicas", args.replicas ?? 2, rules.integer(0)),
    env: readEnvironment(checks, args.env),
    resources: readResources(checks, args.resources),
    drain: readDrain(checks, args),
    runAsUser: checks.input("args.runAsUser", args.runAsUser ?? UID, notRoot),
    runAsGroup: checks.input("args.runAsGroup", args.runAsGroup ?? UID, notRoot),
    labels: readTexts(checks, "args.labels", args.labels, noSelectorKey, rules.labelValue),
    annotations: readTexts(
      checks,
      "args.annotations",
      args.annotations,
      rules.annotationKey,
      rules.anyText,
    ),
  };
}

function readBackendPorts(checks: Checks, given: readonly BackendPortArgs[]): BackendPort[] {
  const ports = checks.list("args.ports", given, 1, "port").map((item, index) => {
    const path = `args.ports[${index}]`;
    const { name, containerPort, port, appProtocol, protocol } = checks.object(path, item);
    return {
      name: checks.plain(`${path}.name`, name, rules.portName),
      containerPort: checks.plain(`${path}.containerPort`, containerPort, rules.portNumber),
      protocol: checks.plain(`${path}.protocol`, protocol ?? Protocol.TCP, rules.oneOf(Protocol)),
      ...(port === undefined ? {} : { port: checks.plain(`${path}.port`, port, rules.portNumber) }),
      ...(appProtocol === undefined
        ? {}
        : { appProtocol: checks.plain(`${path}.appProtocol`, appProtocol, rules.qualifiedName) }),
    };
  });
  reportRepeatedNames(checks, ports);
  reportRepeatedNumbers(checks, ports, "port");
  reportRepeatedNumbers(checks, ports, "containerPort");
  return ports;
}

function reportRepeatedNumbers(
  checks: Checks,
  ports: readonly BackendPort[],
  key: "port" | "containerPort",
): void {
  ports.forEach((port, index) => {
    const first = ports.findIndex(
      (other) => other[key] === port[key] && other.protocol === port.protocol,
    );
    if (first >= 0 && first < index && port[key] !== undefined) {
      const must = `must differ from args.ports[${first}].${key}, which has the same protocol ${port.protocol}`;
      checks.report(`args.ports[${index}].${key}`, port[key], must);
    }
  });
}

function readDrain(checks: Checks, args: BackendArgs): Drain {
  const entrances = checks.list("args.entrances", args.entrances ?? [], 0, "entrances");
  entrances.forEach((entrance, index) => {
    checks.plain(`args.entrances[${index}]`, entrance, rules.oneOf(Entrance));
  });
  const longest = args.longestRequestSeconds ?? LONGEST_REQUEST_SECONDS;
  return drainFor(entrances, checks.plain("args.longestRequestSeconds", longest, rules.integer(0)));
}

function readEnvironment(checks: Checks, given: Texts | undefined): Texts {
  const env = given === undefined ? {} : checks.object("args.env", given);
  const entries = Object.entries(env).map(([name, value]) => {
    checks.plain("args.env key", name, rules.environmentName);
    return [name, checks.confidential(`args.env.${name}`, value, rules.anyText)] as const;
  });
  return Object.fromEntries(entries);
}

function readTexts(
  checks: Checks,
  path: string,
  given: Texts | undefined,
  keyRule: Rule,
  valueRule: Rule,
): Texts {
  const texts = given === undefined ? {} : checks.object(path, given);
  const entries = Object.entries(texts).map(([key, value]) => {
    checks.plain(`${path} key`, key, keyRule);
    return [key, checks.input(`${path}["${key}"]`, value, valueRule)] as const;
  });
  return Object.fromEntries(entries);
}
