import * as pulumi from "@pulumi/pulumi";
import { type Checks, type Finding, isDeferred } from "../validation/checks.ts";
import { portName, portNumber } from "../validation/rules.ts";
import { Protocol, type TargetPortArgs, targetPortFindings } from "./target.ts";

/** A port of a Service in front of a target. */
export interface ServicePortArgs {
  /** The port clients connect to. */
  readonly port: number;
  /** The name of the target's port that receives the connections. */
  readonly targetPort: string;
  /**
   * The port's name in the Service, and the key of its URL and node port in the outputs.
   *
   * @default - the name of the target's port
   */
  readonly name?: string;
}

/** A port of a Service that opens a port on every node, too. */
export interface NodePortArgs extends ServicePortArgs {
  /**
   * The port to open on every node. The API server never assigns 30000 to 30085 automatically unless the rest are
   * taken; for a higher port, which it may already have assigned, there is a warning.
   *
   * @default - the API server chooses
   */
  readonly nodePort?: number;
}

/** A port of a Service before it is matched with the target's ports. */
export interface WantedPort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: string;
  readonly nodePort?: number;
  /** Whether a load balancer terminates TLS. */
  readonly tls?: boolean;
}

/** A port of a Service with the fields of its target's port. */
export interface ServicePort extends WantedPort {
  readonly containerPort: number;
  readonly protocol: Protocol;
  readonly appProtocol?: string;
}

/**
 * A port of a Service's spec. Some of its fields may wait for the target. `targetPort` is the number, because some
 * controllers register targets with port 1 if it is a name.
 *
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2984
 */
export interface ServicePortSpec extends Omit<WantedPort, "targetPort" | "tls"> {
  readonly targetPort: pulumi.Input<number>;
  readonly protocol: pulumi.Input<string>;
  readonly appProtocol?: pulumi.Input<string>;
}

/** A rule over all ports of a Service together. */
export type PortsRule = (ports: readonly ServicePort[]) => readonly Finding[];

/** Reads the ports of a NodePortService or LoadBalancerService. */
export function readPorts<T extends ServicePortArgs>(
  checks: Checks,
  ports: readonly T[],
  nodePortOf: (path: string, port: T) => number | undefined = () => undefined,
): readonly WantedPort[] {
  const wanted = checks.list("args.ports", ports, 1, "port").map((given, index) => {
    const path = `args.ports[${index}]`;
    const port = checks.object(path, given);
    const targetPort = checks.plain(`${path}.targetPort`, port.targetPort, portName);
    const nodePort = nodePortOf(path, port);
    return {
      name:
        port.name === undefined ? targetPort : checks.plain(`${path}.name`, port.name, portName),
      port: checks.plain(`${path}.port`, port.port, portNumber),
      targetPort,
      ...(nodePort === undefined ? {} : { nodePort }),
    };
  });
  reportRepeatedNames(checks, wanted);
  return wanted;
}

/** Reports every port name that an earlier port of the same list has. A missing name is reported separately. */
export function reportRepeatedNames(
  checks: Checks,
  ports: readonly { name: string }[],
  path = "args.ports",
): void {
  ports.forEach(({ name }, index) => {
    const first = ports.findIndex((other) => other.name === name);
    if (first < index && typeof name === "string") {
      const must = `must differ from the name of ${path}[${first}]; name the port`;
      checks.report(`${path}[${index}].name`, name, must);
    }
  });
}

/** Reports a name that no port has. A port's name that is not a string has already been reported. */
export function reportUnknownName(
  checks: Checks,
  path: string,
  value: unknown,
  ports: readonly { name: string }[],
): void {
  const known = ports.flatMap(({ name }) => (typeof name === "string" ? [`"${name}"`] : []));
  checks.report(path, value, `must be the name of a port: ${known.join(" or ")}`);
}

/** Checks the target's ports against the requested ones, immediately or when they resolve. */
export function readTargetPorts(
  checks: Checks,
  wanted: readonly WantedPort[],
  declared: pulumi.Input<TargetPortArgs[]>,
  rules: readonly PortsRule[],
): pulumi.Input<TargetPortArgs[]> {
  return checks.gate(declared, (known) => {
    const shape = targetPortFindings("args.target.ports", known);
    if (shape.length > 0) {
      return shape;
    }
    const ports = known as readonly TargetPortArgs[];
    const missing = undeclared(wanted, ports);
    const together = [repeatedPort, repeatedNodePort, ...rules];
    return missing.length > 0
      ? missing
      : together.flatMap((rule) => rule(resolvePorts(wanted, ports)));
  });
}

/** Adds the protocols of the target's port to every requested port. Both have been validated before. */
export function resolvePorts(
  wanted: readonly WantedPort[],
  declared: readonly TargetPortArgs[],
): readonly ServicePort[] {
  return wanted.flatMap((port) => {
    const target = declared.find(({ name }) => name === port.targetPort);
    return target === undefined ? [] : [servicePort(port, target)];
  });
}

/**
 * The ports of a spec. The fields that the program states are known immediately; only the target's fields wait for a
 * deferred target.
 */
export function servicePortSpecs(
  wanted: readonly WantedPort[],
  declared: pulumi.Input<TargetPortArgs[]>,
): ServicePortSpec[] {
  if (!isDeferred(declared)) {
    return resolvePorts(wanted, declared).map(({ containerPort, ...port }) => ({
      ...port,
      targetPort: containerPort,
    }));
  }
  const resolved = pulumi.output(declared).apply((ports) => resolvePorts(wanted, ports));
  return wanted.map((port, index) => ({
    ...port,
    targetPort: resolved.apply((ports) => ports[index]?.containerPort as number),
    protocol: resolved.apply((ports) => ports[index]?.protocol as string),
    appProtocol: resolved.apply((ports) => ports[index]?.appProtocol as string),
  }));
}

function servicePort(port: WantedPort, declared: TargetPortArgs): ServicePort {
  const { containerPort, protocol = Protocol.TCP, appProtocol } = declared;
  const stated = appProtocol === undefined ? {} : { appProtocol };
  return { ...port, containerPort, protocol, ...stated };
}

function undeclared(wanted: readonly WantedPort[], declared: readonly TargetPortArgs[]): Finding[] {
  const names = declared.map(({ name }) => name).join(", ");
  return wanted.flatMap(({ targetPort: value }, index) => {
    const path = `args.ports[${index}].targetPort`;
    const target = declared.find(({ name }) => name === value);
    if (target === undefined) {
      return [{ path, value, must: `must be a port that the target declares: ${names}` }];
    }
    const open = declared.filter(({ entrance }) => entrance !== false).map(({ name }) => name);
    const must = `must be a port of the target that entrances lead to: ${open.join(", ")}; give it \`entrance: true\` there`;
    return target.entrance === false ? [{ path, value, must }] : [];
  });
}

/** A Service can use a port number once per protocol; TCP and UDP may share it. */
const repeatedPort: PortsRule = repeated("port", (one, other) => one.protocol === other.protocol);

/** If two protocols share a node port, the API server requires that they share the port, too. */
const repeatedNodePort: PortsRule = repeated(
  "nodePort",
  (one, other) => one.protocol === other.protocol || one.port !== other.port,
);

function repeated(
  key: "port" | "nodePort",
  collide: (one: ServicePort, other: ServicePort) => boolean,
): PortsRule {
  return (ports) =>
    ports.flatMap((port, index) => {
      const first = ports.findIndex(
        (other) => other === port || (other[key] === port[key] && collide(port, other)),
      );
      const reason =
        ports[first]?.protocol === port.protocol
          ? `the same protocol ${port.protocol}`
          : `another port, ${ports[first]?.port}`;
      const must = `must differ from args.ports[${first}].${key}, which has ${reason}`;
      return port[key] === undefined || first === index
        ? []
        : [{ path: `args.ports[${index}].${key}`, value: port[key], must }];
    });
}
