import type { ServicePort } from "../../../service/ports.ts";
import { type Finding, isRecord } from "../../../validation/checks.ts";
import type { AnnotationValue } from "../../contract/annotation-value.ts";
import type { WrittenService } from "../../contract/dialect.ts";
import { TargetType } from "../../contract/enums.ts";
import type { Intent } from "../../contract/intent.ts";
import { MUST_STAY } from "../sticky.ts";
import { key } from "./keys.ts";

/** The annotation that decides whether traffic goes to the Pods or to node ports. */
export const TARGET_TYPE = key("nlb-target-type");

/** The prefix of the annotations for one listener, which end with its protocol and number. */
export const LISTENER_ATTRIBUTES = key("listener-attributes.");

/**
 * The port numbers that two protocols share. The controllers make one listener and one target group for a number, and
 * use the first port with that number: its container port or node port serves both protocols.
 *
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/k8s/service_utils.go
 * (`LookupServicePort`, read at 3.5)
 */
export function sharedNumbers(ports: readonly Pick<ServicePort, "port">[]): readonly number[] {
  const numbers = ports.map(({ port }) => port);
  return numbers.filter((port, index) => numbers.indexOf(port) < index).sort();
}

/** Whether a TCP port has the same targets as a UDP port: one node port of a number, or one port of the Pods. */
export function isBesideTcp(
  { containerPort, port }: ServicePort,
  ports: readonly ServicePort[],
  targetType: TargetType,
): boolean {
  return ports.some(
    (other) =>
      other.protocol === "TCP" &&
      (other.port === port ||
        (targetType === TargetType.Ip && other.containerPort === containerPort)),
  );
}

/** Rejects what one listener for two protocols does not support. */
export function listenerFindings(
  name: string,
  ports: readonly ServicePort[],
  targetType: TargetType,
): readonly Finding[] {
  return ports.flatMap((port, index): readonly Finding[] => {
    const first = ports.findIndex((other) => other.port === port.port);
    const other = ports[first] ?? port;
    const path = `args.ports[${index}]`;
    if (other !== port && (other.tls || port.tls)) {
      const must = `must differ from args.ports[${first}].port, because one of them terminates TLS: ${name} makes one listener per number, without TLS if two protocols share it; choose another number, or a second LoadBalancerService`;
      return [{ path: `${path}.port`, value: port.port, must }];
    }
    if (targetType === TargetType.Instance && other.nodePort !== port.nodePort) {
      const must = `must be ${other.nodePort ?? "set on both ports or on none"} like args.ports[${first}].nodePort: ${name} sends both protocols of a number to one node port`;
      return [{ path: `${path}.nodePort`, value: port.nodePort, must }];
    }
    if (targetType === TargetType.Ip && other.containerPort !== port.containerPort) {
      const must = `must be one of containerPort ${other.containerPort} like args.ports[${first}].targetPort: ${name} sends both protocols of a number to one port of the Pods; choose another number, or args.targetType "Instance"`;
      return [{ path: `${path}.targetPort`, value: port.targetPort, must }];
    }
    return [];
  });
}

/** The annotations for the listeners' idle timeout. A TLS listener always has 350 seconds. */
export function idleTimeouts({
  idleTimeoutSeconds,
  ports,
}: Intent): Record<string, AnnotationValue> {
  const shared = sharedNumbers(ports);
  return idleTimeoutSeconds === undefined
    ? {}
    : Object.fromEntries(
        ports
          .filter(({ tls }) => !tls)
          .map(({ port }) => [
            `${LISTENER_ATTRIBUTES}${shared.includes(port) ? "TCP_UDP" : "TCP"}-${port}`,
            `tcp.idle_timeout.seconds=${idleTimeoutSeconds}`,
          ]),
      );
}

/**
 * The idle timeout applies to TCP listeners without TLS.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html
 */
export function idleTimeoutFindings(
  ports: readonly ServicePort[],
  { idleTimeoutSeconds: value }: Intent,
): readonly Finding[] {
  const path = "args.idleTimeoutSeconds";
  if (value === undefined) {
    return [];
  }
  if (ports.every(({ tls }) => tls)) {
    return [
      {
        path,
        value,
        must: "must not be set: every port terminates TLS, where the idle timeout is fixed",
      },
    ];
  }
  const shared = sharedNumbers(ports);
  const index = ports.findIndex(
    ({ port, protocol }) => protocol === "UDP" && !shared.includes(port),
  );
  const must = `must not be set: args.ports[${index}] is only UDP, where the idle timeout is fixed; use a second LoadBalancerService for that port`;
  return index < 0 ? [] : [{ path, value, must }];
}

/** A listener that stays keeps its last idle timeout, unless it now terminates TLS. */
export function stickyIdleTimeout(
  before: WrittenService,
  after: WrittenService,
): readonly Finding[] {
  const now = timedNumbers(after);
  const tls = String(after.annotations[key("ssl-ports")]).split(",");
  const numbers = after.ports.map((port) => String(numberOf(port)));
  const kept = timedNumbers(before).some(
    (number) => numbers.includes(number) && !now.includes(number) && !tls.includes(number),
  );
  return kept ? [{ path: "args.idleTimeoutSeconds", value: undefined, must: MUST_STAY }] : [];
}

/**
 * Reports an existing Service that has different node ports for the two protocols of a number, because it was adopted
 * or changed by others.
 */
export function splitFindings(
  name: string,
  before: WrittenService,
  after: WrittenService,
): readonly Finding[] {
  const numbers = after.ports.map(numberOf);
  return numbers.flatMap((port, index) => {
    const nodePorts = before.ports.filter((it) => numberOf(it) === port).map(nodePortOf);
    const isOne = nodePorts.length > 1 && new Set(nodePorts).size === 1;
    const stated = after.ports.filter((it) => numberOf(it) === port).map(nodePortOf);
    const isStated = !stated.includes(undefined) && new Set(stated).size === 1;
    const must = `must have one node port for both protocols: ${name} would otherwise use only one of them; replace the Service by pulumi up with --replace and its URN`;
    return isOne ||
      isStated ||
      numbers.indexOf(port) === index ||
      after.annotations[TARGET_TYPE] === "ip"
      ? []
      : [{ path: `args.ports[${index}].port`, value: port, must }];
  });
}

function timedNumbers({ annotations }: WrittenService): readonly string[] {
  return Object.keys(annotations)
    .filter((annotation) => annotation.startsWith(`${LISTENER_ATTRIBUTES}TCP`))
    .map((annotation) => annotation.replace(/.*-/, ""));
}

function numberOf(port: unknown): unknown {
  return isRecord(port) ? port["port"] : undefined;
}

function nodePortOf(port: unknown): unknown {
  return isRecord(port) ? port["nodePort"] : undefined;
}

/** The numbers of two protocols whose node ports the API server chooses. */
export function unfixed(
  shared: readonly number[],
  ports: readonly Pick<ServicePort, "nodePort" | "port">[],
): readonly number[] {
  return shared.filter((number) =>
    ports.some(({ nodePort, port }) => port === number && nodePort === undefined),
  );
}
