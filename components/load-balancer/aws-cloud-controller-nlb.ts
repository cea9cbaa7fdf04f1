import { AddressKind } from "../address.ts";
import { SessionAffinity } from "../service/session-affinity.ts";
import { TrafficPolicy } from "../service/traffic-policy.ts";
import { DRAIN_SECONDS, HEALTH_CHECK_INTERVAL_SECONDS } from "../workload/drain.ts";
import { Exposure, type LoadBalancerDialect } from "./intent.ts";

const PREFIX = "service.beta.kubernetes.io/aws-load-balancer-";

/** Checks in a row that decide. The controller's own three, every 30 seconds, take longer than a Pod drains. */
const HEALTH_CHECK_THRESHOLD = 2;

/** Asks the node port itself, behind which every node finds a Pod. */
const TRAFFIC_PORT_CHECK = {
  [`${PREFIX}healthcheck-protocol`]: "TCP",
  [`${PREFIX}healthcheck-port`]: "traffic-port",
};

/**
 * The AWS cloud controller manager's Network Load Balancer, written from cloud-provider-aws 1.36.
 *
 * The controller reads the kind of load balancer once: a later change is refused by newer versions and leaves the old
 * load balancer behind with older ones. It never moves one between internal and internet-facing.
 *
 * @see https://github.com/kubernetes/cloud-provider-aws/blob/master/docs/service_controller.md
 */
export const awsCloudControllerNlb: LoadBalancerDialect = {
  name: "AwsCloudControllerNlb",
  addressKind: AddressKind.Hostname,
  drainSeconds: DRAIN_SECONDS.LoadBalancer,
  // Listeners of a Network Load Balancer.
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html (read 2026)
  maximumPorts: 50,
  sourceRange: (range) =>
    typeof range === "string" && range.includes(":")
      ? "must be an IPv4 range, load balancers of AwsCloudControllerNlb have no IPv6 address"
      : undefined,
  ports: (ports) =>
    ports.flatMap(({ protocol, targetPort }, index) => {
      const path = `args.ports[${index}].targetPort`;
      const first = ports[0]?.protocol;
      if (protocol === "SCTP") {
        const must = "must be a TCP or UDP port, AwsCloudControllerNlb has no SCTP";
        return [{ path, value: targetPort, must }];
      }
      const must = `must be a ${first} port like args.ports[0], AwsCloudControllerNlb has one protocol per load balancer; use a second LoadBalancerService for ${protocol}`;
      return protocol === first ? [] : [{ path, value: targetPort, must }];
    }),
  // It fails with "unsupported load balancer affinity".
  sessionAffinity: (value) =>
    value === SessionAffinity.ClientIP
      ? 'must be "None", load balancers of AwsCloudControllerNlb have no affinity'
      : undefined,
  replacedBy: [`${PREFIX}type`, `${PREFIX}internal`],
  exposedBy: [
    `${PREFIX}type`,
    `${PREFIX}internal`,
    `${PREFIX}scheme`,
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  ],
  annotations: ({ exposure, externalTrafficPolicy }) => ({
    [`${PREFIX}type`]: "nlb",
    // Written out for both: without it the controller would take silence for internet-facing.
    [`${PREFIX}internal`]: String(exposure === Exposure.Internal),
    // Nodes without a Pod say so on a port of their own, which the controller then asks by itself.
    ...(externalTrafficPolicy === TrafficPolicy.Local ? {} : TRAFFIC_PORT_CHECK),
    [`${PREFIX}healthcheck-interval`]: String(HEALTH_CHECK_INTERVAL_SECONDS),
    [`${PREFIX}healthcheck-healthy-threshold`]: String(HEALTH_CHECK_THRESHOLD),
    [`${PREFIX}healthcheck-unhealthy-threshold`]: String(HEALTH_CHECK_THRESHOLD),
  }),
};
