import * as pulumi from "@pulumi/pulumi";
import {
  type Checks,
  type Finding,
  isDeferred,
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
  /** Connections, as HTTP and most other protocols use them. */
  TCP: "TCP",
  /** Datagrams. */
  UDP: "UDP",
  /** Messages in streams; few load balancers support it. */
  SCTP: "SCTP",
} as const;
/** A transport protocol. */
export type Protocol = (typeof Protocol)[keyof typeof Protocol];

/** A port that Pods declare, as senders of traffic need to know it. */
export interface TargetPortArgs {
  /** The port's name, to which a Service's `targetPort` refers. */
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
   * The application protocol, such as `http`, `https` or `kubernetes.io/h2c`.
   *
   * @default - not stated
   */
  readonly appProtocol?: string;
  /**
   * The port of the workload's own Service that leads to it.
   *
   * @default - the workload's own Service does not lead to it
   */
  readonly port?: number;
  /**
   * Whether a NodePortService or LoadBalancerService may lead to the port. A Backend of another program sets false for
   * the ports that its NetworkPolicy does not open to everyone.
   *
   * @default true
   */
  readonly entrance?: boolean;
}

/** A port that Pods declare, with its protocol filled in. */
export interface TargetPort extends TargetPortArgs {
  /** The transport protocol. */
  readonly protocol: Protocol;
}

/** What a Service needs to know about the Pods to which it sends traffic. A Backend exposes it as its `target`. */
export interface ServiceTargetArgs {
  /** The namespace of the Pods and of every Service in front of them. */
  readonly namespace: pulumi.Input<string>;
  /** The labels that select the Pods. */
  readonly selector: pulumi.Input<Record<string, string>>;
  /** The ports that the Pods declare. */
  readonly ports: pulumi.Input<TargetPortArgs[]>;
  /** Seconds for which a stopping Pod keeps accepting new connections. */
  readonly drainSeconds: pulumi.Input<number>;
  /**
   * The name of the workload's own Service, which other Pods of the cluster connect to.
   *
   * @default - the workload has no Service of its own
   */
  readonly serviceName?: pulumi.Input<string>;
}

/** A target whose fields are all known. */
export interface ServiceTarget {
  /** The namespace of the Pods and of every Service in front of them. */
  readonly namespace: string;
  /** The labels that select the Pods. */
  readonly selector: Record<string, string>;
  /** The ports that the Pods declare. */
  readonly ports: TargetPort[];
  /** Seconds for which a stopping Pod keeps accepting new connections. */
  readonly drainSeconds: number;
  /** The name of the workload's own Service. Absent if it has none. */
  readonly serviceName?: string;
}

/** What to do if a target that is not from a Backend of this program drains for too short a time. */
const STATED_FIX =
  "let its Pods answer that long after they are told to stop, by a preStop sleep, and state it; a Backend does so with the entrance or with drainSeconds";

/** How long a stopping Pod must keep answering behind a Service. */
export interface DrainNeed {
  /** The seconds. */
  readonly seconds: number;
  /** What needs the seconds, for the error. */
  readonly by: string;
  /** What to do if there are too few, for the error. */
  readonly fix: string;
}

/** What is remembered about a Backend's target. */
interface IssuedTarget extends Protection {
  readonly target: ServiceTarget;
}

/** How the Pods of a Backend are protected. */
export interface Protection {
  /** The NetworkPolicy that limits who may connect. */
  readonly networkPolicy: pulumi.Resource | undefined;
  /** The names of the ports that the policy opens to everyone. */
  readonly opened: readonly string[];
}

const issued = new WeakMap<object, IssuedTarget>();

/**
 * Returns a target as an Output, and remembers its value. A Service in the same program can then check it in its
 * constructor, while another program or language sees an ordinary Output.
 */
export function issueTarget(
  target: ServiceTarget,
  { networkPolicy, opened }: Protection,
): pulumi.Output<ServiceTarget> {
  const isClosed = ({ name }: TargetPort) => networkPolicy !== undefined && !opened.includes(name);
  // A Service of another program cannot open a port that is closed here.
  const ports = target.ports.map((port) => (isClosed(port) ? { ...port, entrance: false } : port));
  const deferred = pulumi.output({ ...target, ports }) as pulumi.Output<ServiceTarget>;
  issued.set(deferred, { target, networkPolicy, opened });
  return deferred;
}

/** Reads a target field by field; each field is deferred if it is given so. */
export function readTarget(
  checks: Checks,
  target: pulumi.Input<ServiceTargetArgs>,
  need: DrainNeed,
): Pick<ServiceTargetArgs, "namespace" | "selector" | "ports"> {
  const given = readTargetFields(checks, "args.target", target);
  const drained = checks.input(
    "args.target.drainSeconds",
    given.drainSeconds,
    enough(isIssued(target) ? need : { ...need, fix: STATED_FIX }),
  );
  const selector = readSelector(checks, "args.target.selector", given.selector);
  return {
    namespace: checks.input("args.target.namespace", given.namespace, namespaceName),
    // The drain is not a field of a Service. The selector therefore waits until a deferred drain has been checked.
    selector: isDeferred(drained)
      ? pulumi.all([drained, selector]).apply(([, labels]) => labels)
      : selector,
    ports: given.ports,
  };
}

/** Whether a target was issued by a Backend of this program. */
export function isIssued(target: pulumi.Input<ServiceTargetArgs>): boolean {
  return issued.has(target);
}

/**
 * The NetworkPolicy that limits who may connect to the Pods of a Backend of this program. Undefined if connections are
 * not limited, or if the target is not from such a Backend, because the policies of other workloads are not known.
 */
export function networkPolicyOf(
  target: pulumi.Input<ServiceTargetArgs>,
): pulumi.Resource | undefined {
  return issued.get(target)?.networkPolicy;
}

/** The problems in the ports of a target. */
export function targetPortFindings(path: string, ports: unknown): readonly Finding[] {
  if (!Array.isArray(ports) || ports.length === 0) {
    return [{ path, value: ports, must: "must be a list of at least one declared port" }];
  }
  // Spreading turns the holes of a list into undefined items, which would be skipped otherwise.
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

/**
 * A Backend's target with only the requested ports that its NetworkPolicy does not open to everyone; undefined if there
 * are none.
 */
export function closedTarget(
  target: pulumi.Input<ServiceTargetArgs>,
  wanted: readonly string[],
): ServiceTarget | undefined {
  const known = issued.get(target);
  if (known?.networkPolicy === undefined) return undefined;
  const ports = known.target.ports.filter(
    ({ name }) => wanted.includes(name) && !known.opened.includes(name),
  );
  return ports.length === 0 ? undefined : { ...known.target, ports };
}

/** The fields of a target before validation. If the target is deferred, every field is. */
export function readTargetFields(
  checks: Checks,
  path: string,
  target: pulumi.Input<ServiceTargetArgs>,
): ServiceTargetArgs {
  if (!isDeferred(target)) {
    return checks.object(path, target, notComponent);
  }
  const known = issued.get(target)?.target;
  if (known !== undefined) {
    return known;
  }
  // By property and not by one apply, so that a known field stays known in a preview even if another one is not.
  const { namespace, selector, ports, drainSeconds, serviceName } = pulumi.output(target);
  return { namespace, selector, ports, drainSeconds, serviceName } as ServiceTargetArgs;
}

/** A Backend is easily given in place of its target. */
const notComponent: Rule = (value) =>
  isRecord(value) && value["target"] !== undefined
    ? "must be a target: give the `target` of this Backend, as in `target: web.target`"
    : undefined;

function enough({ seconds, by, fix }: DrainNeed): Rule {
  const whole = integer(0);
  return (value) =>
    whole(value) ??
    (Number(value) >= seconds ? undefined : `must be at least ${seconds} for ${by}; ${fix}`);
}

/**
 * Reads a target's selector. A selector with a deferred value, as a program in another language may state it, is
 * deferred as a whole.
 */
export function readSelector(
  checks: Checks,
  path: string,
  selector: ServiceTargetArgs["selector"],
): ServiceTargetArgs["selector"] {
  const deferred =
    isRecord(selector) && !isDeferred(selector) && Object.values(selector).some(isDeferred);
  const whole = deferred ? pulumi.output(selector) : selector;
  // If the selector is secret as a whole, so are its keys.
  return checks.gate(whole, (known) => selectorFindings(path, known, !deferred));
}

/** The keys of labels; they are secret if the labels are. */
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
