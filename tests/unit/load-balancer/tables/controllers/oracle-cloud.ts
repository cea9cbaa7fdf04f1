import { inPlace, replaced } from "../changes.ts";
import { asTheService, everywhere, RANGES } from "../source-ranges.ts";
import { sourced } from "../sources.ts";
import { type ControllerTable, internal, refuses, takes } from "../table.ts";

const CODE =
  "https://github.com/oracle/oci-cloud-controller-manager/blob/v1.35.0/pkg/cloudprovider/providers/oci";
const SPEC = `${CODE}/load_balancer_spec.go`;
const TYPE = "oci.oraclecloud.com/load-balancer-type";
const RULES = "oci.oraclecloud.com/security-rule-management-mode";
const GROUPS = "oci-network-security-groups";
const local = { externalTrafficPolicy: "Local" };
const localSpec = { spec: { externalTrafficPolicy: "Local" } };
const NOT_LOCAL =
  'must not be set unless args.externalTrafficPolicy is "Local", OracleCloud then keeps it by default';

export const table: ControllerTable = {
  controller: "OracleCloud",
  documentation:
    "https://github.com/oracle/oci-cloud-controller-manager/blob/master/docs/load-balancer-annotations.md",
  maximumPorts: 65535,
  silent: false,
  prefix: "oci-network-load-balancer.oraclecloud.com/",
  asked: {},
  plain: {
    annotations: {
      [TYPE]: "nlb",
      [RULES]: "NSG",
      internal: "false",
      "external-ip-only": "true",
      "health-check-interval": "10000",
      "health-check-retries": "2",
      "is-ppv2-enabled": "false",
    },
    spec: { ipFamilies: ["IPv4"], loadBalancerSourceRanges: ["0.0.0.0/0"] },
  },
  addressKind: "ip",
  evidence: {
    begun: ["EnsuringLoadBalancer"],
    accepted: ["EnsuredLoadBalancer"],
    refused: ["SyncLoadBalancerFailed"],
    unfinished: [],
    answersEachChange: true,
  },
  forceNewKeys: [TYPE, "internal", "subnet", "assigned-private-ipv4", "assigned-ipv6"],
  exposureKeys: [TYPE, RULES, "internal", RANGES],
  sourceRanges: { by: "the load balancer's security group", voidedBy: { [GROUPS]: /./ } },
  keys: {
    subnets: ["subnet"],
    healthCheckIntervalSeconds: ["health-check-interval"],
    healthCheckTimeoutSeconds: ["health-check-timeout"],
    healthCheckUnhealthyThreshold: ["health-check-retries"],
    proxyProtocol: ["is-ppv2-enabled"],
    preserveClientIp: ["is-preserve-source"],
  },
  limits: {
    subnets: { tooMany: ["one", "two"] },
    healthCheckIntervalSeconds: { from: 10, to: 1800 },
  },
  protocols: "TCP",
  sessionAffinity: false,
  refusedAnnotations: [{ internal: "true" }, { [TYPE]: "lb" }, { [RULES]: "None" }],
  cells: [
    takes("subnets", { subnets: ["ocid1.subnet.oc1..a"] }, { subnet: "ocid1.subnet.oc1..a" }),
    takes(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: 10 },
      { "health-check-interval": "10000" },
    ),
    takes(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: 1800, healthCheckUnhealthyThreshold: 1 },
      { "health-check-interval": "1800000", "health-check-retries": "1" },
    ),
    takes(
      "healthCheckTimeoutSeconds",
      { healthCheckTimeoutSeconds: 5 },
      { "health-check-timeout": "5000" },
    ),
    takes(
      "healthCheckUnhealthyThreshold",
      { healthCheckUnhealthyThreshold: 4 },
      { "health-check-retries": "4" },
    ),
    takes("proxyProtocol", { proxyProtocol: true }, { "is-ppv2-enabled": "true" }),
    takes("proxyProtocol", { proxyProtocol: false }),
    ...[true, false].flatMap((preserveClientIp) => [
      takes(
        "preserveClientIp",
        { ...local, preserveClientIp },
        { "is-preserve-source": String(preserveClientIp) },
        localSpec,
      ),
      refuses(
        "preserveClientIp",
        { preserveClientIp },
        `args.preserveClientIp is ${preserveClientIp}, ${NOT_LOCAL}`,
      ),
    ]),
    takes(
      "exposure",
      internal,
      { internal: "true", "external-ip-only": undefined },
      { spec: { loadBalancerSourceRanges: undefined, ipFamilies: undefined } },
    ),
    takes(
      "annotations",
      { annotations: { "assigned-private-ipv4": "10.0.0.5" } },
      { "assigned-private-ipv4": "10.0.0.5" },
    ),
  ],
  changes: {
    subnets: replaced([["one"], ["two"]]),
    healthCheckIntervalSeconds: inPlace([15, 20]),
    healthCheckTimeoutSeconds: inPlace([4, 5]),
    healthCheckUnhealthyThreshold: inPlace([3, 4]),
    proxyProtocol: inPlace([true, false]),
    preserveClientIp: inPlace([true, false], local),
  },
  changesFrom: sourced({
    [`${CODE}/load_balancer_util.go (getHealthCheckerChanges, getBackendSetChanges, getListenerChanges: compared at each sync with what is built anew, with its defaults)`]:
      [
        "healthCheckIntervalSeconds",
        "healthCheckTimeoutSeconds",
        "healthCheckUnhealthyThreshold",
        "proxyProtocol",
        "preserveClientIp",
      ],
    [`${CODE}/load_balancer.go (EnsureLoadBalancer puts the subnets that there are in the place of those that are asked)`]:
      ["subnets"],
  }),
  ranges: {
    sources: [
      `${SPEC} (getLoadBalancerSourceRanges: of everybody it adds the other family itself)`,
      `${CODE}/load_balancer_network_security_group.go (reconcileSecurityGroup)`,
    ],
    taken: everywhere(asTheService),
    weakened: [],
    annotations: { [RANGES]: "0.0.0.0/0", [GROUPS]: "ocid1.networksecuritygroup.oc1..a" },
    nodePorts: "always",
    letsIn: ({ isListed, ranges }) => ranges.length === 0 || isListed,
  },
};
