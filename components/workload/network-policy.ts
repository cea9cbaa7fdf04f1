import type { networking } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import { policyPorts } from "../service/policy-ports.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import type { BackendSpec } from "./backend-spec.ts";
import { egressRule } from "./connection-policy.ts";
import { externalRule } from "./external-connections.ts";
import { podsOf } from "./network-peers.ts";

/**
 * The address of NodeLocal DNSCache, which a policy does not match as a Pod.
 * https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
 */
const NODE_LOCAL_DNS = "169.254.20.10/32";

/** The spec of a Backend's NetworkPolicy. */
export function networkPolicySpec({
  access: { callers, closeEgress, dnsServerRanges, egress },
  app,
  connections,
  external,
  opened,
}: BackendSpec): networking.v1.NetworkPolicySpec {
  return {
    podSelector: { matchLabels: { app } },
    policyTypes: closeEgress ? ["Ingress", "Egress"] : ["Ingress"],
    ...withoutEmpty({
      // If nobody may connect there is no rule: a policy without rules admits nobody.
      ingress: [
        // Clients behind an entrance have their own address or that of a node.
        ...(opened.length === 0 ? [] : [{ ports: policyPorts(opened) }]),
        ...callers
          .filter((caller) => caller.ports.length > 0)
          .map((caller) => ({
            from: [...caller.from],
            ports: policyPorts(caller.ports),
          })),
      ],
      egress: closeEgress
        ? [
            ...dnsRules(dnsServerRanges),
            ...connections.map(egressRule),
            ...external.map(externalRule),
            ...egress,
          ]
        : undefined,
    }),
  };
}

/** The cluster's DNS servers, as Pods and as address ranges. OpenShift's listen on another port. */
function dnsRules(
  ranges: readonly pulumi.Input<string>[],
): networking.v1.NetworkPolicyEgressRule[] {
  const ports = (port: number) => ["UDP", "TCP"].map((protocol) => ({ port, protocol }));
  const servers = [NODE_LOCAL_DNS, ...ranges].map((cidr) => ({ ipBlock: { cidr } }));
  return [
    { to: [podsOf("kube-system", {}), ...servers], ports: ports(53) },
    { to: [podsOf("openshift-dns", {})], ports: ports(5353) },
  ];
}
