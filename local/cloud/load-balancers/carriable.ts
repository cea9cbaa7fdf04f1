import { messageOf } from "../../errors.ts";
import { Fields } from "../../formats/fields.ts";
import { type Balancer, type Balancing, isCarried, type TargetGroup } from "./balancing.ts";
import { addressed, TRAFFIC_PORT } from "./haproxy-backend.ts";

/** What can be carried, and why the rest cannot. */
export interface Carriable {
  readonly balancing: Balancing;
  /** One line a load balancer or target group. */
  readonly refused: readonly string[];
}

/** Wider than AWS's limits, so that tests need not wait: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html */
const MOST_SECONDS = 3600;
const MOST_CHECKS = 1000;
const DELAY = "deregistration_delay.timeout_seconds";

/**
 * Leaves out the load balancers and target groups that have a field which HAProxy, a hosts file or a timer could take for something
 * else. The others go on: one that is refused does not stop them.
 */
export function carriable({ balancers, groups }: Balancing): Carriable {
  const refused: string[] = [];
  const passes = (check: () => void): boolean => {
    try {
      check();
      return true;
    } catch (error) {
      refused.push(messageOf(error));
      return false;
    }
  };
  const [names, groupNames] = [new Set<string>(), new Set<string>()];
  const balancing = {
    balancers: balancers.filter((it, index) => passes(() => checkBalancer(it, index, names))),
    groups: groups.filter((it, index) => passes(() => checkGroup(it, index, groupNames))),
  };
  return { balancing, refused };
}

/** @throws UserError that names the field */
function checkBalancer(balancer: Balancer, index: number, names: Set<string>): void {
  const { dnsName, listeners, name } = balancer;
  const fields = new Fields("the load balancers' configuration");
  const at = `balancers[${index}]`;
  const ports = new Set<number>();
  fields.name(`${at}.name`, name);
  once(fields, `${at}.name`, name, names);
  fields.hostName(`${at}.dnsName`, dnsName);
  for (const [number, listener] of listeners.entries()) {
    if (!isCarried(listener)) continue;
    const field = `${at}.listeners[${number}].port`;
    once(fields, field, fields.port(field, listener.port), ports);
  }
}

/** @throws UserError that names the field */
function checkGroup(group: TargetGroup, index: number, names: Set<string>): void {
  const { attributes, healthCheck: check, name } = group;
  const fields = new Fields("the load balancers' configuration");
  const at = `groups[${index}]`;
  const within = (field: string, value: number, most: number) =>
    fields.integer(`${at}.healthCheck.${field}`, value, 1, most);
  fields.name(`${at}.name`, name);
  once(fields, `${at}.name`, name, names);
  if (check.port !== TRAFFIC_PORT) fields.digits(`${at}.healthCheck.port`, check.port, 1, 65_535);
  fields.name(`${at}.healthCheck.protocol`, check.protocol);
  fields.urlPath(`${at}.healthCheck.path`, check.path);
  fields.statusCodes(`${at}.healthCheck.successCodes`, check.successCodes);
  within("intervalSeconds", check.intervalSeconds, MOST_SECONDS);
  within("timeoutSeconds", check.timeoutSeconds, MOST_SECONDS);
  within("healthyThreshold", check.healthyThreshold, MOST_CHECKS);
  within("unhealthyThreshold", check.unhealthyThreshold, MOST_CHECKS);
  const delay = attributes[DELAY];
  if (delay !== undefined) fields.digits(`${at}.attributes["${DELAY}"]`, delay, 0, MOST_SECONDS);
  for (const [number, { address, id, port }] of addressed(group).entries()) {
    const target = `${at}.targets[${number}]`;
    if (id !== address) fields.name(`${target}.id`, id);
    fields.ip(`${target}.address`, address);
    fields.port(`${target}.port`, port);
  }
}

/** AWS has no two of it; to HAProxy they would be one, or an error that stops all. */
function once<T>(fields: Fields, field: string, value: T, seen: Set<T>): void {
  if (seen.has(value)) fields.refuse(field, value, "different from those before it");
  seen.add(value);
}
