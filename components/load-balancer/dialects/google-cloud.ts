import { AddressKind } from "../../cluster/address-kind.ts";
import type { Rule } from "../../validation/checks.ts";
import { commaList } from "../contract/annotation-value.ts";
import type { LoadBalancerDialect } from "../contract/dialect.ts";
import { RangeEnforcer } from "../contract/enforcement.ts";
import { Exposure } from "../contract/intent.ts";
import { cloudServiceController } from "./evidence.ts";
import { anything, never, onePerFamily, oneProtocol, SOURCE_RANGES } from "./limits.ts";

const NAME = "GoogleCloud";
const key = (name: string): string => `networking.gke.io/${name}`;

/**
 * The name of a resource.
 *
 * @see https://cloud.google.com/compute/docs/naming-resources
 */
function nameOf(what: string): Rule {
  const must = `must be the name of ${what}: at most 63 lower case letters, digits and "-", starting with a letter and ending with a letter or digit`;
  return (value) =>
    typeof value === "string" && value.length <= 63 && /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(value)
      ? undefined
      : must;
}

/**
 * Google Cloud's passthrough Network Load Balancer, written from ingress-gce and cloud-provider-gcp. It forwards
 * packets unread: terminate TLS behind it, or at an Ingress or a Gateway.
 */
export const googleCloud: LoadBalancerDialect = {
  name: NAME,
  documentation:
    "https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters",
  addressKind: AddressKind.Ip,
  // Either the cloud controller or GKE's own controller reports these events, and the latter does not report when it
  // begins.
  // https://github.com/kubernetes/ingress-gce/tree/master/pkg/l4lb (read 2026)
  evidence: {
    ...cloudServiceController,
    begun: [],
    accepted: [...cloudServiceController.accepted, "SyncLoadBalancerSuccessful"],
    refused: [...cloudServiceController.refused, "SyncExternalLoadBalancerFailed"],
  },
  // A forwarding rule has at most five ports; with more it would open the whole range from the lowest to the highest.
  // https://cloud.google.com/load-balancing/docs/forwarding-rule-concepts#port_specifications (read 2026)
  maximumPorts: 5,
  supports: {
    staticAddresses: {
      keys: [key("load-balancer-ip-addresses")],
      rule: nameOf("a reserved address, not the address itself"),
      most: 2,
    },
    subnets: {
      keys: [key("load-balancer-subnet")],
      conflictingKeys: [key("internal-load-balancer-subnet")],
      rule: nameOf("a subnetwork"),
      most: 1,
    },
  },
  sourceRanges: { by: RangeEnforcer.NetworkFirewall, voidedBy: {} },
  ipFamilyPolicy: anything,
  forceNewKeys: [
    key("load-balancer-type"),
    key("load-balancer-ip-addresses"),
    key("load-balancer-subnet"),
  ],
  exposureKeys: [key("load-balancer-type"), "cloud.google.com/load-balancer-type", SOURCE_RANGES],
  portFindings: (ports) => oneProtocol(NAME, ports),
  intentFindings: onePerFamily,
  // Packets keep the load balancer's address and port.
  needsNodePorts: never,
  render: ({ exposure, staticAddresses, subnets }) => ({
    annotations: {
      // Only an internal load balancer has an annotation.
      [key("load-balancer-type")]: exposure === Exposure.Internal ? "Internal" : undefined,
      [key("load-balancer-ip-addresses")]: commaList(staticAddresses),
      [key("load-balancer-subnet")]: commaList(subnets),
    },
  }),
};
