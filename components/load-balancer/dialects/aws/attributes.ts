import type { Finding } from "../../../validation/checks.ts";
import { type AnnotationValue, keyValueList } from "../../contract/annotation-value.ts";
import { ZonalDns } from "../../contract/enums.ts";
import type { Intent } from "../../contract/intent.ts";
import type { OptionName } from "../../contract/option-names.ts";

/**
 * The attributes of a Network Load Balancer, each with the argument that writes it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html (read 2026)
 */
export const LOAD_BALANCER_ATTRIBUTES: ReadonlyMap<string, OptionName | undefined> = new Map([
  ["load_balancing.cross_zone.enabled", "crossZone"],
  ["dns_record.client_routing_policy", "zonalDns"],
  ["deletion_protection.enabled", "deletionProtection"],
  ["access_logs.s3.enabled", "accessLogsBucket"],
  ["access_logs.s3.bucket", "accessLogsBucket"],
  ["access_logs.s3.prefix", "accessLogsPrefix"],
  ["ipv6.deny_all_igw_traffic", undefined],
  ["secondary_ips.auto_assigned.per_subnet", undefined],
  ["zonal_shift.config.enabled", undefined],
]);

/**
 * The attributes of its target groups, each with the argument that writes it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html (read 2026)
 */
const TARGET_GROUP: ReadonlyMap<string, OptionName | undefined> = new Map([
  ["preserve_client_ip.enabled", "preserveClientIp"],
  ["proxy_protocol_v2.enabled", "proxyProtocol"],
  ["deregistration_delay.connection_termination.enabled", undefined],
  ["deregistration_delay.timeout_seconds", undefined],
  ["load_balancing.cross_zone.enabled", undefined],
  ["stickiness.enabled", undefined],
  ["stickiness.type", undefined],
  ["target_group_health.dns_failover.minimum_healthy_targets.count", undefined],
  ["target_group_health.dns_failover.minimum_healthy_targets.percentage", undefined],
  ["target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", undefined],
  ["target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", undefined],
  ["target_health_state.unhealthy.connection_termination.enabled", undefined],
  ["target_health_state.unhealthy.draining_interval_seconds", undefined],
]);

/** AWS's values for the zones of the DNS name. */
const ROUTING_POLICIES: Readonly<Record<ZonalDns, string>> = {
  [ZonalDns.AnyZone]: "any_availability_zone",
  [ZonalDns.ZoneAffinity]: "availability_zone_affinity",
  [ZonalDns.PartialZoneAffinity]: "partial_availability_zone_affinity",
};

/**
 * An attribute that an argument writes must not be set twice. An attribute that AWS does not know leaves a load
 * balancer behind whose Service never gets an address.
 */
export function attributeFindings(intent: Intent): readonly Finding[] {
  return [
    ...findings("loadBalancerAttributes", intent, LOAD_BALANCER_ATTRIBUTES),
    ...findings("targetGroupAttributes", intent, TARGET_GROUP),
  ];
}

/**
 * Every attribute that an argument decides is always written, because an attribute that is no longer written keeps its
 * last value.
 */
export function loadBalancerAttributes(intent: Intent): AnnotationValue {
  const { accessLogsBucket, accessLogsPrefix = "", crossZone = false } = intent;
  const { deletionProtection = false, zonalDns = ZonalDns.AnyZone } = intent;
  return keyValueList({
    "load_balancing.cross_zone.enabled": String(crossZone),
    "dns_record.client_routing_policy": ROUTING_POLICIES[zonalDns],
    "deletion_protection.enabled": String(deletionProtection),
    "access_logs.s3.enabled": String(accessLogsBucket !== undefined),
    ...(accessLogsBucket === undefined
      ? {}
      : {
          "access_logs.s3.bucket": accessLogsBucket,
          "access_logs.s3.prefix": accessLogsPrefix,
        }),
    ...intent.loadBalancerAttributes,
  });
}

function findings(
  option: "loadBalancerAttributes" | "targetGroupAttributes",
  intent: Intent,
  known: ReadonlyMap<string, OptionName | undefined>,
): readonly Finding[] {
  const free = [...known].flatMap(([key, argument]) => (argument === undefined ? [key] : []));
  return Object.entries(intent[option] ?? {}).flatMap(([key, value]) => {
    const argument = known.get(key);
    const must =
      argument === undefined
        ? `must not be set: AWS has no such attribute; it has ${free.join(", ")}`
        : `must not be set; use args.${argument}`;
    return free.includes(key) ? [] : [{ path: `args.${option}["${key}"]`, value, must }];
  });
}
