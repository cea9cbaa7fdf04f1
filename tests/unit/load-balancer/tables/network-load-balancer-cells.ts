import { AWS_TLS } from "./aws-cells.ts";
import {
  arn,
  awsTls,
  type Cell,
  everybody,
  httpAndHttps,
  httpAndUdp,
  internal,
  refuses,
  takes,
} from "./table.ts";

/** Every attribute of target groups that there is, and that no argument decides. */
const TARGET_GROUP_ATTRIBUTES = [
  "deregistration_delay.connection_termination.enabled",
  "deregistration_delay.timeout_seconds",
  "load_balancing.cross_zone.enabled",
  "stickiness.enabled",
  "stickiness.type",
  "target_group_health.dns_failover.minimum_healthy_targets.count",
  "target_group_health.dns_failover.minimum_healthy_targets.percentage",
  "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
  "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
  "target_health_state.unhealthy.connection_termination.enabled",
  "target_health_state.unhealthy.draining_interval_seconds",
];

/** Attributes of target groups come behind those that it always has. */
export const targetGroupCells = (always: string): readonly Cell[] => [
  takes(
    "targetGroupAttributes",
    { targetGroupAttributes: { "deregistration_delay.timeout_seconds": "120" } },
    { "target-group-attributes": `${always},deregistration_delay.timeout_seconds=120` },
  ),
  takes(
    "targetGroupAttributes",
    {
      targetGroupAttributes: Object.fromEntries(TARGET_GROUP_ATTRIBUTES.map((name) => [name, "1"])),
    },
    {
      "target-group-attributes": [
        always,
        ...TARGET_GROUP_ATTRIBUTES.map((name) => `${name}=1`),
      ].join(","),
    },
  ),
];

/** What the AWS Load Balancer Controller and EKS Auto Mode do alike, whatever they have by default. */
export const networkLoadBalancerCells: readonly Cell[] = [
  refuses(
    "externalTrafficPolicy",
    { externalTrafficPolicy: "Local", healthCheckProtocol: "Http", targetType: "Instance" },
    'args.healthCheckProtocol is "Http", must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
  ),
  takes(
    "certificates",
    { ports: httpAndHttps, certificates: [arn("one"), arn("two")] },
    {
      ...AWS_TLS,
      "ssl-cert":
        "arn:aws:acm:eu-central-1:111122223333:certificate/one,arn:aws:acm:eu-central-1:111122223333:certificate/two",
    },
  ),
  takes(
    "tlsPorts",
    { ports: httpAndHttps, certificates: [arn("one")], tlsPorts: ["http", "https"] },
    { ...AWS_TLS, "ssl-ports": "80,443" },
  ),
  takes(
    "tlsPolicy",
    { ...awsTls, tlsPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" },
    { ...AWS_TLS, "ssl-negotiation-policy": "ELBSecurityPolicy-TLS13-1-3-2021-06" },
  ),
  takes(
    "alpnPolicy",
    { ...awsTls, alpnPolicy: "HTTP2Preferred" },
    { ...AWS_TLS, "alpn-policy": "HTTP2Preferred" },
  ),
  takes(
    "backendProtocol",
    { ...awsTls, backendProtocol: "Tls" },
    { ...AWS_TLS, "backend-protocol": "ssl" },
  ),
  takes("backendProtocol", { ...awsTls, backendProtocol: "Tcp" }, AWS_TLS),
  takes("loadBalancerName", { loadBalancerName: "shop-prod-front" }, { name: "shop-prod-front" }),
  takes(
    "loadBalancerName",
    { loadBalancerName: "a2345678901234567890123456789012" },
    { name: "a2345678901234567890123456789012" },
  ),
  refuses(
    "loadBalancerName",
    { loadBalancerName: "a23456789012345678901234567890123" },
    'args.loadBalancerName is "a23456789012345678901234567890123", must be at most 32 letters, digits and "-", starting and ending with a letter or digit, and not with "internal-"',
  ),
  refuses(
    "loadBalancerName",
    { loadBalancerName: "internal-front" },
    'args.loadBalancerName is "internal-front", must be at most 32 letters, digits and "-", starting and ending with a letter or digit, and not with "internal-"',
  ),
  takes(
    "staticAddresses",
    { ...internal, staticAddresses: ["10.0.1.10", "10.0.2.10"], subnets: ["subnet-a", "subnet-b"] },
    {
      scheme: "internal",
      "private-ipv4-addresses": "10.0.1.10,10.0.2.10",
      subnets: "subnet-a,subnet-b",
    },
    { spec: { loadBalancerSourceRanges: undefined } },
  ),
  takes(
    "securityGroups",
    { securityGroups: ["sg-1", "sg-2"], sourceRanges: undefined },
    { "security-groups": "sg-1,sg-2", "manage-backend-security-group-rules": "true" },
    { spec: { loadBalancerSourceRanges: undefined } },
  ),
  refuses(
    "tags",
    { tags: { "service.k8s.aws/stack": "shop", "aws:team": "shop" } },
    'args.tags["service.k8s.aws/stack"] is "shop", must not be set: the controller or AWS writes it',
    'args.tags["aws:team"] is "shop", must not be set: the controller or AWS writes it',
  ),
  refuses(
    "tags",
    {
      tags: {
        "elbv2.k8s.aws/cluster": "shop",
        "service.eks.amazonaws.com/stack": "shop",
        "kubernetes.io/cluster/shop": "owned",
      },
    },
    'args.tags["elbv2.k8s.aws/cluster"] is "shop", must not be set: the controller or AWS writes it',
    'args.tags["service.eks.amazonaws.com/stack"] is "shop", must not be set: the controller or AWS writes it',
    'args.tags["kubernetes.io/cluster/shop"] is "owned", must not be set: the controller or AWS writes it',
  ),
  takes(
    "healthCheckTimeoutSeconds",
    { healthCheckTimeoutSeconds: 10 },
    { "healthcheck-timeout": "10" },
  ),
  refuses(
    "healthCheckTimeoutSeconds",
    { healthCheckTimeoutSeconds: 11 },
    "args.healthCheckTimeoutSeconds is 11, must be at most args.healthCheckIntervalSeconds, which is 10",
  ),
  takes(
    "healthCheckTimeoutSeconds",
    { healthCheckTimeoutSeconds: 120, healthCheckIntervalSeconds: 121 },
    { "healthcheck-timeout": "120", "healthcheck-interval": "121" },
  ),
  takes("proxyProtocol", { proxyProtocol: false }),
  takes(
    "idleTimeoutSeconds",
    { idleTimeoutSeconds: 60, ports: httpAndHttps },
    {
      "listener-attributes.TCP-80": "tcp.idle_timeout.seconds=60",
      "listener-attributes.TCP-443": "tcp.idle_timeout.seconds=60",
    },
  ),
  takes(
    "idleTimeoutSeconds",
    { idleTimeoutSeconds: 6000 },
    { "listener-attributes.TCP-80": "tcp.idle_timeout.seconds=6000" },
  ),
  takes(
    "crossZone",
    { crossZone: true },
    {
      attributes:
        "load_balancing.cross_zone.enabled=true,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=false,access_logs.s3.enabled=false",
    },
  ),
  takes("zonalDns", { zonalDns: "AnyZone" }),
  takes(
    "zonalDns",
    { zonalDns: "ZoneAffinity" },
    {
      attributes:
        "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=availability_zone_affinity,deletion_protection.enabled=false,access_logs.s3.enabled=false",
    },
  ),
  takes(
    "zonalDns",
    { zonalDns: "PartialZoneAffinity" },
    {
      attributes:
        "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=partial_availability_zone_affinity,deletion_protection.enabled=false,access_logs.s3.enabled=false",
    },
  ),
  takes(
    "accessLogsBucket",
    { ...awsTls, accessLogsBucket: "logs" },
    {
      ...AWS_TLS,
      attributes:
        "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=false,access_logs.s3.enabled=true,access_logs.s3.bucket=logs,access_logs.s3.prefix=",
    },
  ),
  takes(
    "accessLogsPrefix",
    { ...awsTls, accessLogsBucket: "logs", accessLogsPrefix: "front" },
    {
      ...AWS_TLS,
      attributes:
        "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=false,access_logs.s3.enabled=true,access_logs.s3.bucket=logs,access_logs.s3.prefix=front",
    },
  ),
  takes(
    "deletionProtection",
    { deletionProtection: true },
    {
      attributes:
        "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=true,access_logs.s3.enabled=false",
    },
  ),
  takes(
    "loadBalancerAttributes",
    { loadBalancerAttributes: { "zonal_shift.config.enabled": "true" } },
    {
      attributes:
        "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=false,access_logs.s3.enabled=false,zonal_shift.config.enabled=true",
    },
  ),
  takes(
    "loadBalancerAttributes",
    {
      loadBalancerAttributes: {
        "ipv6.deny_all_igw_traffic": "true",
        "secondary_ips.auto_assigned.per_subnet": "1",
        "zonal_shift.config.enabled": "true",
      },
    },
    {
      attributes:
        "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=false,access_logs.s3.enabled=false,ipv6.deny_all_igw_traffic=true,secondary_ips.auto_assigned.per_subnet=1,zonal_shift.config.enabled=true",
    },
  ),
  refuses(
    "loadBalancerAttributes",
    {
      loadBalancerAttributes: {
        "load_balancing.cross_zone.enabled": "true",
        "dns_record.client_routing_policy": "any_availability_zone",
        "deletion_protection.enabled": "true",
        "access_logs.s3.enabled": "true",
        "access_logs.s3.bucket": "logs",
        "access_logs.s3.prefix": "front",
      },
    },
    'args.loadBalancerAttributes["load_balancing.cross_zone.enabled"] is "true", must not be set; use args.crossZone',
    'args.loadBalancerAttributes["dns_record.client_routing_policy"] is "any_availability_zone", must not be set; use args.zonalDns',
    'args.loadBalancerAttributes["deletion_protection.enabled"] is "true", must not be set; use args.deletionProtection',
    'args.loadBalancerAttributes["access_logs.s3.enabled"] is "true", must not be set; use args.accessLogsBucket',
    'args.loadBalancerAttributes["access_logs.s3.bucket"] is "logs", must not be set; use args.accessLogsBucket',
    'args.loadBalancerAttributes["access_logs.s3.prefix"] is "front", must not be set; use args.accessLogsPrefix',
  ),
  refuses(
    "loadBalancerAttributes",
    { loadBalancerAttributes: { deletion_protection: "true" } },
    'args.loadBalancerAttributes["deletion_protection"] is "true", must not be set: AWS has no such attribute; it has ipv6.deny_all_igw_traffic, secondary_ips.auto_assigned.per_subnet, zonal_shift.config.enabled',
  ),
  refuses(
    "targetGroupAttributes",
    { targetGroupAttributes: { "access_logs.s3.enabled": "true" } },
    `args.targetGroupAttributes["access_logs.s3.enabled"] is "true", must not be set: AWS has no such attribute; it has ${TARGET_GROUP_ATTRIBUTES.join(", ")}`,
  ),
  refuses(
    "targetGroupAttributes",
    {
      targetGroupAttributes: {
        "preserve_client_ip.enabled": "true",
        "proxy_protocol_v2.enabled": "true",
      },
    },
    'args.targetGroupAttributes["preserve_client_ip.enabled"] is "true", must not be set; use args.preserveClientIp',
    'args.targetGroupAttributes["proxy_protocol_v2.enabled"] is "true", must not be set; use args.proxyProtocol',
  ),
  takes(
    "exposure",
    internal,
    { scheme: "internal" },
    { spec: { loadBalancerSourceRanges: undefined } },
  ),
  refuses(
    "sourceRanges",
    { sourceRanges: everybody, ipFamilyPolicy: "SingleStack" },
    'args.sourceRanges[1] is "::/0", must be an IPv4 range, unless args.ipFamilyPolicy asks for two families: it has no IPv6 address',
  ),
  takes(
    "sourceRanges",
    { sourceRanges: everybody, ipFamilyPolicy: "RequireDualStack" },
    { "enable-prefix-for-ipv6-source-nat": "on", "ip-address-type": "dualstack" },
    { spec: { loadBalancerSourceRanges: everybody, ipFamilyPolicy: "RequireDualStack" } },
  ),
  takes(
    "ipFamilyPolicy",
    { sourceRanges: everybody, ipFamilies: ["IPv6"] },
    { "enable-prefix-for-ipv6-source-nat": "on", "ip-address-type": "dualstack" },
    { spec: { loadBalancerSourceRanges: everybody, ipFamilies: ["IPv6"] } },
  ),
  refuses(
    "sourceRanges",
    { sourceRanges: ["0.0.0.0/0"], ipFamilyPolicy: "PreferDualStack" },
    'args.sourceRanges is a list, must list an IPv6 range too: the load balancer has or may get an IPv6 address; use "::/0" for every IPv6 client, or args.ipFamilyPolicy "SingleStack"',
  ),
  refuses(
    "externalTrafficPolicy",
    { externalTrafficPolicy: "Local", targetType: "Ip" },
    'args.externalTrafficPolicy is "Local", must not be set if args.targetType is "Ip", the Pods themselves are sent the traffic',
  ),
  refuses(
    "udp",
    {
      ports: httpAndUdp,
      healthCheckPort: "http",
      targetType: "Instance",
      preserveClientIp: false,
    },
    "args.preserveClientIp is false, must be true: args.ports[1] is a UDP port, for which AWS always keeps the client's address",
  ),
];
