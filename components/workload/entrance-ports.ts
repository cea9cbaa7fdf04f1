import type { TargetPort } from "../service/target.ts";
import { type Checks, isRecord } from "../validation/checks.ts";
import { trueOrFalse } from "../validation/rules.ts";
import type { BackendPortArgs } from "./container-ports.ts";

/** Reads the `entrance` of every port. */
export function readEntrancePorts(
  checks: Checks,
  given: readonly BackendPortArgs[],
  ports: readonly TargetPort[],
): readonly TargetPort[] {
  return ports.map((port, index) => {
    const item: unknown = given[index];
    const entrance = isRecord(item) ? (item["entrance"] as boolean | undefined) : undefined;
    if (entrance === undefined) return port;
    checks.plain(`args.ports[${index}].entrance`, entrance, trueOrFalse);
    return { ...port, entrance };
  });
}

/**
 * The ports that a Backend opens to everyone for its entrances: those with `entrance: true` and, without a value, those
 * of its Service or the only port.
 */
export function openedPorts(ports: readonly TargetPort[]): readonly TargetPort[] {
  return ports.filter(
    ({ entrance, port }) => entrance ?? (port !== undefined || ports.length === 1),
  );
}
