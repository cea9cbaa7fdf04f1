import type { TargetPort } from "../service/target.ts";
import { type Checks, isRecord } from "../validation/checks.ts";
import { trueOrFalse } from "../validation/rules.ts";
import type { BackendPortArgs } from "./container-ports.ts";

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
