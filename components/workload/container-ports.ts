import type { core } from "@pulumi/kubernetes/types/input.js";
import { reportRepeatedNames } from "../service/ports.ts";
import { Protocol, type TargetPort } from "../service/target.ts";
import type { Checks } from "../validation/checks.ts";
import * as rules from "../validation/rules.ts";

/** A port that a container of a Backend's Pods listens on. */
export interface BackendPortArgs {
  /** The port's name: probes, Services and URLs use it. At most 15 characters. */
  readonly name: string;
  /** The number that the container listens on. Numbers below 1024 require root, which the Pod is not. */
  readonly containerPort: number;
  /**
   * The transport protocol.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
  /**
   * The port of the Backend's own ClusterIP Service.
   *
   * @default - not in the Service; if no port has one, there is no Service
   */
  readonly port?: number;
  /**
   * The application protocol, such as `http`, `https` or `kubernetes.io/h2c`. It decides the scheme of the port's URL.
   *
   * @default - not stated
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol
   */
  readonly appProtocol?: string;
  /**
   * Whether entrances may lead to this port. With true the Backend's NetworkPolicy opens it to everyone, also to
   * Services of other programs; with false a NodePortService or LoadBalancerService that leads to it is rejected. It
   * has no effect if the Backend has no `entrances`.
   *
   * @default - the Backend opens it if it has a `port` or is the only port, but never a sidecar's; a NodePortService or
   * LoadBalancerService of the same program opens the port that it leads to
   */
  readonly entrance?: boolean;
}

/** The fields of a port in a container's spec. */
export function portSpecs(ports: readonly TargetPort[]): core.v1.ContainerPort[] {
  return ports.map(({ name, containerPort, protocol }) => ({ name, containerPort, protocol }));
}

/** Reads the ports that a container listens on, at the path of its arguments. */
export function readContainerPorts(
  checks: Checks,
  at: string,
  given: readonly BackendPortArgs[],
): TargetPort[] {
  const ports = checks.list(`${at}.ports`, given, 0, "ports").map((item, index) => {
    const path = `${at}.ports[${index}]`;
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
  reportRepeatedNames(checks, ports, `${at}.ports`);
  reportRepeatedNumbers(checks, at, ports, "port");
  reportRepeatedNumbers(checks, at, ports, "containerPort");
  return ports;
}

function reportRepeatedNumbers(
  checks: Checks,
  at: string,
  ports: readonly TargetPort[],
  key: "port" | "containerPort",
): void {
  ports.forEach((port, index) => {
    const first = ports.findIndex(
      (other) => other[key] === port[key] && other.protocol === port.protocol,
    );
    if (first >= 0 && first < index && port[key] !== undefined) {
      const must = `must differ from ${at}.ports[${first}].${key}, which has the same protocol ${port.protocol}`;
      checks.report(`${at}.ports[${index}].${key}`, port[key], must);
    }
  });
}
