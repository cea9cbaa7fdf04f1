import * as pulumi from "@pulumi/pulumi";
import {
  type Checks,
  type Finding,
  isLate,
  isRecord,
  judge,
  type Rule,
} from "../validation/checks.ts";
import {
  integer,
  namespaceName,
  oneOf,
  portName,
  portNumber,
  qualifiedName,
  selectorValue,
  trueOrFalse,
} from "../validation/rules.ts";
import { HIDDEN } from "../validation/secrets/without-secrets.ts";

/** A transport protocol. */
export const Protocol = {
  /** Connections; what HTTP and most else uses. */
  TCP: "TCP",
  /** Datagrams. */
  UDP: "UDP",
  /** Messages in streams; few load balancers know it. */
  SCTP: "SCTP",
} as const;
/** A transport protocol. */
export type Protocol = (typeof Protocol)[keyof typeof Protocol];

/** A port that Pods declare, as whoever sends them traffic has to know it. */
export interface TargetPortArgs {
  /** The name that a Service's `targetPort` may say. */
  readonly name: string;
  /** The number the container listens on. */
  readonly containerPort: number;
  /**
   * The transport protocol.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
  /**
   * What is spoken on it, such as `http`, `https` or `kubernetes.io/h2c`.
   *
   * @default - not stated
   */
  readonly appProtocol?: string;
  /**
   * The port of the workload's own Service that leads to it.
   *
   * @default - no Service of the workload's own leads to it
   */
  readonly port?: number;
  /**
   * Whether the Service of an entrance may lead to it. A Backend of another program says false of the ports that its NetworkPolicy does not
   * open to anybody.
   *
   * @default true
   */
  readonly entrance?: boolean;
}

/** A port that Pods declare, with its protocol stated. */
export interface TargetPort extends TargetPortArgs {
  /** The transport protocol. */
  readonly protocol: Protocol;
}

/** What a Service has to know of the Pods it sends traffic to. A Backend states it as its `target`. */
export interface ServiceTargetArgs {
  /** The namespace of the Pods, and so of every Service in front of them. */
  readonly namespace: pulumi.Input<string>;
  /** The labels that choose the Pods. */
  readonly selector: pulumi.Input<Record<string, string>>;
  /** The ports the Pods declare. */
  readonly ports: pulumi.Input<TargetPortArgs[]>;
  /** For how many seconds a Pod that is told to stop goes on taking new connections. */
  readonly drainSeconds: pulumi.Input<number>;
  /**
   * The name of the workload's own Service, which other Pods of the cluster connect to.
   *
   * @default - it has none
   */
  readonly serviceName?: pulumi.Input<string>;
}

/** A target whose facts are all known. */
export interface ServiceTarget {
  /** The namespace of the Pods, and so of every Service in front of them. */
  readonly namespace: string;
  /** The labels that choose the Pods. */
  readonly selector: Record<string, string>;
  /** The ports the Pods declare. */
  readonly ports: TargetPort[];
  /** For how many seconds a Pod that is told to stop goes on taking new connections. */
  readonly drainSeconds: number;
  /** The name of the workload's own Service. Absent where it has none. */
  readonly serviceName?: string;
}

/** How long an entrance needs a stopping Pod to go on answering. */
export interface DrainNeed {
  /** The seconds. */
  readonly seconds: number;
  /** What needs them, for the error. */
  readonly by: string;
  /** What to do about too few, for the error. */
  readonly fix: string;
}

/** What is remembered of a Backend's target. */
interface Minted extends Protection {
  readonly target: ServiceTarget;
}

/** How the Pods of a Backend are protected. */
export interface Protection {
  /** What limits who may connect to them. */
  readonly networkPolicy: pulumi.Resource | undefined;
  /** The names of the ports that it opens to anybody. */
  readonly opened: readonly string[];
}

const minted = new WeakMap<object, Minted>();

/**
 * States a target as an Output, and remembers what is in it: an entrance in the same program then judges it at once,
 * in its constructor, while one in another program or language sees an Output like any other.
 */
export function mintTarget(
  target: ServiceTarget,
  { networkPolicy, opened }: Protection,
): pulumi.Output<ServiceTarget> {
  const isClosed = ({ name }: TargetPort) => networkPolicy !== undefined && !opened.includes(name);
  // An entrance of another program cannot open what is closed here.
  const ports = target.ports.map((port) => (isClosed(port) ? { ...port, entrance: false } : port));
  const late = pulumi.output({ ...target, ports }) as pulumi.Output<ServiceTarget>;
  minted.set(late, { target, networkPolicy, opened });
  return late;
}

/** Reads a target, field by field, each as late as it is given. */
export function readTarget(
  checks: Checks,
  target: pulumi.Input<ServiceTargetArgs>,
  need: DrainNeed,
): Pick<ServiceTargetArgs, "namespace" | "selector" | "ports"> {
  const given = readTargetFields(checks, "args.target", target);
  const drained = checks.input("args.target.drainSeconds", given.drainSeconds, enough(need));
  const selector = readSelector(checks, "args.target.selector", given.selector);
  return {
    namespace: checks.input("args.target.namespace", given.namespace, namespaceName),
    // The drain is no field of a Service: a late one is proved before the selector that depends on it arrives.
    selector: isLate(drained)
      ? pulumi.all([drained, selector]).apply(([, labels]) => labels)
      : selector,
    ports: given.ports,
  };
}

/** Whether a target is that of a Backend of this program. */
export function isMinted(target: pulumi.Input<ServiceTargetArgs>): boolean {
  return minted.has(target);
}

/**
 * The NetworkPolicy that limits who may connect to the Pods of a Backend of this program. Nothing where connections are
 * not limited, and where the target is not that of such a Backend: what then is in the cluster is not known.
 */
export function networkPolicyOf(
  target: pulumi.Input<ServiceTargetArgs>,
): pulumi.Resource | undefined {
  return minted.get(target)?.networkPolicy;
}

/** What is wrong with the ports of a target. */
export function targetPortFindings(path: string, ports: unknown): readonly Finding[] {
  if (!Array.isArray(ports) || ports.length === 0) {
    return [{ path, value: ports, must: "must be a list of at least one declared port" }];
  }
  // Spread, or the holes of a list would be passed over.
  return [...ports].flatMap((port: unknown, index) => {
    const at = `${path}[${index}]`;
    if (!isRecord(port)) {
      return [{ path: at, value: port, must: "must be an object" }];
    }
    const {
      name,
      containerPort,
      protocol,
      appProtocol,
      entrance,
      port: own,
    } = port as Partial<TargetPort>;
    const optional = (field: string, value: unknown, rule: Rule) =>
      value === undefined ? [] : judge(`${at}.${field}`, value, rule);
    return [
      ...judge(`${at}.name`, name, portName),
      ...judge(`${at}.containerPort`, containerPort, portNumber),
      ...optional("protocol", protocol, oneOf(Protocol)),
      ...optional("appProtocol", appProtocol, qualifiedName),
      ...optional("port", own, portNumber),
      ...optional("entrance", entrance, trueOrFalse),
    ];
  });
}

/** A Backend's target where an entrance of the same program leads to ports that its NetworkPolicy does not open to anybody. */
export function closedTarget(
  target: pulumi.Input<ServiceTargetArgs>,
  wanted: readonly string[],
): ServiceTarget | undefined {
  const known = minted.get(target);
  if (known?.networkPolicy === undefined) return undefined;
  const ports = known.target.ports.filter(
    ({ name }) => wanted.includes(name) && !known.opened.includes(name),
  );
  return ports.length === 0 ? undefined : { ...known.target, ports };
}

/** The fields of a target before they are judged: of one that arrives late each is late. */
export function readTargetFields(
  checks: Checks,
  path: string,
  target: pulumi.Input<ServiceTargetArgs>,
): ServiceTargetArgs {
  if (!isLate(target)) {
    return checks.object(path, target);
  }
  const known = minted.get(target)?.target;
  if (known !== undefined) {
    return known;
  }
  // By property, not by one apply: a field that is known stays known in a preview where another one is not.
  const { namespace, selector, ports, drainSeconds, serviceName } = pulumi.output(target);
  return { namespace, selector, ports, drainSeconds, serviceName } as ServiceTargetArgs;
}

function enough({ seconds, by, fix }: DrainNeed): Rule {
  const whole = integer(0);
  return (value) =>
    whole(value) ??
    (Number(value) >= seconds ? undefined : `must be at least ${seconds} for ${by}; ${fix}`);
}

/** Reads the labels that a target's Pods have. One of which a value is late, as a program in another language may state it, is late as a whole. */
export function readSelector(
  checks: Checks,
  path: string,
  selector: ServiceTargetArgs["selector"],
): ServiceTargetArgs["selector"] {
  const late = isRecord(selector) && !isLate(selector) && Object.values(selector).some(isLate);
  const whole = late ? pulumi.output(selector) : selector;
  // Where it is secret as a whole, its keys are, too.
  return checks.gate(whole, (known) => selectorFindings(path, known, !late));
}

/** The keys of labels: of secret labels they are secret, too. */
export function keysOf(selector: ServiceTargetArgs["selector"]): pulumi.Output<string[]> {
  return pulumi.output(selector).apply(Object.keys);
}

function selectorFindings(path: string, selector: unknown, keysToo: boolean): readonly Finding[] {
  if (!isRecord(selector) || Object.keys(selector).length === 0) {
    return [{ path, value: selector, must: "must be an object of at least one label" }];
  }
  return Object.entries(selector).flatMap(([key, value]) => [
    ...judge(`${path} key`, key, qualifiedName),
    ...judge(`${path}.${key}`, value, selectorValue).map((finding) => ({
      ...finding,
      ...(keysToo ? { hiddenPath: `${path}.${HIDDEN}` } : {}),
    })),
  ]);
}
