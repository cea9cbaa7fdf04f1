import * as pulumi from "@pulumi/pulumi";
import { type Checks, type Finding, isLate } from "../validation/checks.ts";
import { portName, portNumber } from "../validation/rules.ts";
import { Protocol, type TargetPortArgs, targetPortFindings } from "./target.ts";

/** A port of a Service in front of a target. */
export interface ServicePortArgs {
  /** The port clients connect to. */
  readonly port: number;
  /** The name of the target's port that takes the connections. */
  readonly targetPort: string;
  /**
   * The port's name in the Service, and the key of its URL and node port in the outputs.
   *
   * @default - the name of the target's port
   */
  readonly name?: string;
}

/** A port of a Service before the target's ports are looked at. */
export interface WantedPort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: string;
  readonly nodePort?: number;
}

/** A port of a Service with what its target's port adds. */
export interface ServicePort extends WantedPort {
  readonly containerPort: number;
  readonly protocol: Protocol;
  readonly appProtocol?: string;
}

/**
 * A port of a Service's spec, which may be waiting for the target. `targetPort` is the number: some controllers give the
 * load balancer's targets port 1 where it is a name.
 *
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2984
 */
export interface ServicePortSpec extends Omit<WantedPort, "targetPort"> {
  readonly targetPort: pulumi.Input<number>;
  readonly protocol: pulumi.Input<string>;
  readonly appProtocol?: pulumi.Input<string>;
}

/** A judgement over all ports of a Service together. */
export type PortsRule = (ports: readonly ServicePort[]) => readonly Finding[];

/** Reads the ports an entrance is asked for. */
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

/** Reports every port name that an earlier port of the same list has; a missing name is a problem of its own. */
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

/** Judges the target's ports against the wanted ones, now or when they arrive. */
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

/** Gives every wanted port the protocols of its target's port. Both have been judged before. */
export function resolvePorts(
  wanted: readonly WantedPort[],
  declared: readonly TargetPortArgs[],
): readonly ServicePort[] {
  return wanted.flatMap((port) => {
    const target = declared.find(({ name }) => name === port.targetPort);
    return target === undefined ? [] : [servicePort(port, target)];
  });
}

/** The ports of a spec: what the program states is known at once, only what the target states waits for a late one. */
export function servicePortSpecs(
  wanted: readonly WantedPort[],
  declared: pulumi.Input<TargetPortArgs[]>,
): ServicePortSpec[] {
  if (!isLate(declared)) {
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

/** One number serves one protocol once in a Service; TCP and UDP may share it. */
const repeatedPort: PortsRule = repeated("port", (one, other) => one.protocol === other.protocol);

/** Where two protocols share a node port, the API server also wants them to share the port. */
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
