import type { HaproxySection } from "../../formats/haproxy.ts";
import { type HealthCheck, isOn, type Target, type TargetGroup } from "./balancing.ts";

/** Name of a target among the servers of HAProxy. */
export const serverName = ({ id, port }: Target): string => `${id}:${port}`;

/** Name under which a target gets connections while no target is healthy. */
export const openName = (target: Target): string => `${serverName(target)}:open`;

/** A target whose address is known. */
export type AddressedTarget = Target & { readonly address: string };

/** The targets to which a connection can be made. */
export function addressed({ targets }: TargetGroup): AddressedTarget[] {
  const known = targets.flatMap((target) =>
    target.address === undefined ? [] : [{ ...target, address: target.address }],
  );
  return [...new Map(known.map((target) => [serverName(target), target])).values()];
}

/** AWS's word for the port that a target takes connections on. */
export const TRAFFIC_PORT = "traffic-port";

type Line = HaproxySection["lines"][number];

/**
 * The part of HAProxy's configuration that sends connections to the targets of a group.
 *
 * Every connection goes to a target by a choice of its own, like that of the flow hash of a network load balancer, whose input differs with
 * the client's port. Each target is there twice: checked, and as an unchecked backup that is used while no target is healthy (AWS
 * calls it fail open).
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 */
export function backendOf(group: TargetGroup): HaproxySection {
  const { healthCheck } = group;
  const proxyProtocol = isOn(group, "proxy_protocol_v2.enabled") ? ["send-proxy-v2"] : [];
  const targets = addressed(group);
  const to = ({ address, port }: AddressedTarget) => [`${address}:${port}`, ...proxyProtocol];
  return {
    keyword: "backend",
    name: group.name,
    lines: [
      ["balance", isOn(group, "stickiness.enabled") ? "source" : "random(1)"],
      ["hash-type", "consistent"],
      ["option", "allbackups"],
      ...httpCheck(healthCheck),
      ["timeout", "check", `${healthCheck.timeoutSeconds}s`],
      ["default-server", ...checkSettings(healthCheck), ...whenUnhealthy(group)],
      ...targets.map((target) => ["server", serverName(target), ...to(target), "check"]),
      ...targets.map((target) => ["server", openName(target), ...to(target), "backup"]),
    ],
  };
}

function checkSettings(check: HealthCheck): Line {
  const { healthyThreshold, intervalSeconds, port, protocol, unhealthyThreshold } = check;
  return [
    ...["inter", `${intervalSeconds}s`, "rise", healthyThreshold, "fall", unhealthyThreshold],
    ...(port === TRAFFIC_PORT ? [] : ["port", port]),
    ...(protocol === "HTTPS" ? ["check-ssl", "verify", "none"] : []), // AWS looks at no certificate either
  ];
}

function httpCheck({ protocol, path, successCodes }: HealthCheck): Line[] {
  if (protocol !== "HTTP" && protocol !== "HTTPS") return [];
  const headers = {
    Host: "health-check",
    "User-Agent": "ELB-HealthChecker/2.0",
    Connection: "close",
  };
  const sent = Object.entries(headers).flatMap(([name, value]) => ["hdr", name, value]);
  return [
    ["option", "httpchk"],
    ["http-check", "send", "meth", "GET", "uri", path, "ver", "HTTP/1.1", ...sent],
    ["http-check", "expect", "status", successCodes],
  ];
}

/** By default AWS resets the connections of a target that turns unhealthy. */
const whenUnhealthy = ({ attributes }: TargetGroup): Line =>
  attributes["target_health_state.unhealthy.connection_termination.enabled"] === "false"
    ? []
    : ["on-marked-down", "shutdown-sessions"];
