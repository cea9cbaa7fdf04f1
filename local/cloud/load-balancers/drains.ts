import { type Balancing, isOn } from "./balancing.ts";
import { openName, serverName } from "./haproxy-backend.ts";

/** The connections of a target that is no longer registered, and when they are ended. */
export interface Drain {
  /** Names of the target among HAProxy's servers, with their backend. */
  readonly servers: readonly string[];
  readonly delaySeconds: number;
}

/** AWS's default: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay */
const DEFAULT_DELAY_SECONDS = 300;

/**
 * The targets that a change deregistered and whose connections are to be ended, by a key of the target.
 * Without `deregistration_delay.connection_termination.enabled` connections last as long as their ends want.
 */
export function drainsBetween(before: Balancing, after: Balancing): Map<string, Drain> {
  const registered = targetKeys(after);
  const drains = new Map<string, Drain>();
  for (const { arn, targets } of before.groups) {
    const group = after.groups.find((it) => it.arn === arn);
    if (!group || !isOn(group, "deregistration_delay.connection_termination.enabled")) continue;
    const delay = group.attributes["deregistration_delay.timeout_seconds"];
    for (const target of targets) {
      const key = `${group.name}/${serverName(target)}`;
      if (registered.has(key)) continue;
      drains.set(key, {
        servers: [key, `${group.name}/${openName(target)}`],
        delaySeconds: Number(delay ?? DEFAULT_DELAY_SECONDS),
      });
    }
  }
  return drains;
}

/** Keys of all targets that are registered, as {@link drainsBetween} gives them. */
export const targetKeys = ({ groups }: Balancing): Set<string> =>
  new Set(
    groups.flatMap(({ name, targets }) => targets.map((target) => `${name}/${serverName(target)}`)),
  );
