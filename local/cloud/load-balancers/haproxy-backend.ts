import { type HealthCheck, isOn, type Target, type TargetGroup } from "./balancing.ts";

/** Name of a target among the servers of HAProxy. */
export const serverName = ({ id, port }: Target): string => `${id}:${port}`;

/** Name under which a target gets connections while no target is healthy. */
export const openName = (target: Target): string => `${serverName(target)}:open`;

/** A target whose address is known. */
export type AddressedTarget = Target & { readonly address: string };

/** The targets to which a connection can be made. */
export const addressed = ({ targets }: TargetGroup): AddressedTarget[] =>
  targets.flatMap((target) =>
    target.address === undefined ? [] : [{ ...target, address: target.address }],
  );

/**
 * The part of HAProxy's configuration that sends connections to the targets of a group.
 *
 * Every connection goes to a target by a choice of its own, as by the flow hash of a network load balancer, whose input differs with
 * the client's port. Each target is there twice: checked, and as an unchecked backup that is used while no target is healthy (AWS
 * calls it fail open).
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 */
export function backendOf(group: TargetGroup): string[] {
  const { healthCheck } = group;
  const proxyProtocol = isOn(group, "proxy_protocol_v2.enabled") ? " send-proxy-v2" : "";
  const targets = addressed(group);
  return [
    `backend ${group.name}`,
    `  balance ${isOn(group, "stickiness.enabled") ? "source" : "random(1)"}`,
    "  hash-type consistent",
    "  option allbackups",
    ...httpCheck(healthCheck),
    `  timeout check ${healthCheck.timeoutSeconds}s`,
    `  default-server${checkSettings(healthCheck)}${whenUnhealthy(group)}`,
    ...targets.map((target) => {
      const to = `${target.address}:${target.port}${proxyProtocol}`;
      return `  server ${serverName(target)} ${to} check`;
    }),
    ...targets.map((target) => {
      const to = `${target.address}:${target.port}${proxyProtocol}`;
      return `  server ${openName(target)} ${to} backup`;
    }),
  ];
}

function checkSettings(check: HealthCheck): string {
  const port = check.port === "traffic-port" ? "" : ` port ${check.port}`;
  const secure = check.protocol === "HTTPS" ? " check-ssl verify none" : ""; // AWS looks at no certificate either
  return ` inter ${check.intervalSeconds}s rise ${check.healthyThreshold} fall ${check.unhealthyThreshold}${port}${secure}`;
}

function httpCheck({ protocol, path, successCodes }: HealthCheck): string[] {
  if (protocol !== "HTTP" && protocol !== "HTTPS") return [];
  return [
    "  option httpchk",
    `  http-check send meth GET uri ${quoted(path)} ver HTTP/1.1 hdr Host health-check hdr User-Agent ELB-HealthChecker/2.0 hdr Connection close`,
    `  http-check expect status ${quoted(successCodes)}`,
  ];
}

/** By default AWS resets the connections of a target that turns unhealthy. */
const whenUnhealthy = ({ attributes }: TargetGroup): string =>
  attributes["target_health_state.unhealthy.connection_termination.enabled"] === "false"
    ? ""
    : " on-marked-down shutdown-sessions";

/** One word of HAProxy's configuration, whatever is in it. */
const quoted = (text: string): string =>
  `'${encodeURI(decodeSafely(text)).replaceAll("'", "%27")}'`;

/** What is escaped already stays escaped once. */
function decodeSafely(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}
