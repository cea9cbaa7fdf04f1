import type { TargetPort } from "../service/target.ts";
import type { Checks } from "../validation/checks.ts";
import { type BackendPortArgs, readContainerPorts } from "./container-ports.ts";
import { readEntrancePorts } from "./entrance-ports.ts";
import type { ContainerArgs } from "./init-containers-args.ts";

/** A port with the path of the argument that states it. */
interface StatedPort extends TargetPort {
  readonly path: string;
}

/** The ports on which the containers of a Pod listen. */
export interface PodPorts {
  /** Those of the main container. */
  readonly own: readonly TargetPort[];
  /** Those of the other containers, in their order. */
  readonly sidecars: readonly (readonly TargetPort[])[];
  /** All of them. */
  readonly stated: readonly StatedPort[];
}

/** Reads the ports of a Pod's containers. They share one network, so that numbers and names are unique. */
export function readPodPorts(
  checks: Checks,
  own: readonly BackendPortArgs[],
  others: readonly ContainerArgs[],
): PodPorts {
  const main = readPorts(checks, "args", own);
  const stated = main.map((port, index) => ({ ...port, path: `args.ports[${index}]` }));
  const sidecars = others.map(({ ports = [], sidecar }, index) => {
    const path = `args.initContainers[${index}]`;
    const read = readPorts(checks, path, ports);
    if (sidecar !== true) return [];
    takePorts(checks, `${path}.ports`, read, stated);
    return read;
  });
  return { own: main, sidecars, stated };
}

/**
 * The ports that a Backend opens to everyone for its entrances: those with `entrance: true` and, without a value, those
 * of its own container that are in its Service, or the only one. A sidecar in front of the container
 * has `entrance: true` at its port.
 */
export function openedPorts({ own, sidecars }: PodPorts): readonly TargetPort[] {
  const beside = sidecars
    .flat()
    .filter(({ entrance, port }) => port !== undefined || entrance !== undefined);
  const isOnly = own.length + beside.length === 1;
  return [
    ...own.filter(({ entrance, port }) => entrance ?? (port !== undefined || isOnly)),
    ...beside.filter(({ entrance }) => entrance === true),
  ];
}

/** Whether no container listens on a port. The arguments have not been validated yet. */
export function listensOnNothing({ initContainers, ports }: BackendArguments): boolean {
  const others = Array.isArray(initContainers) ? initContainers : [];
  return isEmptyList(ports) && others.every((it) => isEmptyList(Object(it).ports ?? []));
}

interface BackendArguments {
  readonly initContainers?: unknown;
  readonly ports: unknown;
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function readPorts(checks: Checks, at: string, given: readonly BackendPortArgs[]) {
  return readEntrancePorts(checks, at, given, readContainerPorts(checks, at, given));
}

/** Adds the ports of another container to the taken ones. */
function takePorts(
  checks: Checks,
  path: string,
  ports: readonly TargetPort[],
  taken: StatedPort[],
): void {
  ports.forEach((given, index) => {
    const { containerPort, name, port, protocol } = given;
    const same = (key: "containerPort" | "port") =>
      taken.find((other) => other[key] === given[key] && other.protocol === protocol);
    const sameNumber = same("containerPort");
    const samePort = same("port");
    const sameName = taken.find((other) => other.name === name);
    const at = `${path}[${index}]`;
    if (sameNumber !== undefined && containerPort !== undefined) {
      const must = `must differ from ${sameNumber.path}.containerPort, the containers of a Pod have one network`;
      checks.report(`${at}.containerPort`, containerPort, must);
    }
    if (samePort !== undefined && port !== undefined) {
      const must = `must differ from ${samePort.path}.port, the containers of a Pod share the Backend's Service`;
      checks.report(`${at}.port`, port, must);
    }
    if (sameName !== undefined && name !== undefined) {
      checks.report(`${at}.name`, name, `must differ from ${sameName.path}.name`);
    }
  });
  taken.push(...ports.map((port, index) => ({ ...port, path: `${path}[${index}]` })));
}
