import type { TargetPort } from "../service/target.ts";
import { type Checks, isRecord } from "../validation/checks.ts";
import { trueOrFalse } from "../validation/rules.ts";
import type { BackendPortArgs } from "./container-ports.ts";
import type { PodPorts } from "./pod-ports.ts";

/** Reads the `entrance` of every port of a container, whose arguments are at a path. */
export function readEntrancePorts(
  checks: Checks,
  at: string,
  given: readonly BackendPortArgs[],
  ports: readonly TargetPort[],
): readonly TargetPort[] {
  return ports.map((port, index) => {
    const item: unknown = given[index];
    const entrance = isRecord(item) ? (item["entrance"] as boolean | undefined) : undefined;
    if (entrance === undefined) return port;
    checks.plain(`${at}.ports[${index}].entrance`, entrance, trueOrFalse);
    return { ...port, entrance };
  });
}

/**
 * The ports that a Backend opens to everyone for its entrances: those with `entrance: true` and, without a value, those
 * of its own container that are in its Service, or the only one. Whoever puts a sidecar in front of the container says
 * so at the sidecar's port.
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
