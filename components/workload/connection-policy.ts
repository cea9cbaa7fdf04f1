import type { networking } from "@pulumi/kubernetes/types/input.js";
import { recommendedLabels } from "../service/labels.ts";
import type { BackendSpec } from "./backend-spec.ts";
import { type Connection, connectionName } from "./connections.ts";
import { podsOf } from "./network-peers.ts";

/** The rule that lets a caller's Pods connect. */
export function egressRule(connection: Connection): networking.v1.NetworkPolicyEgressRule {
  const { namespace, selector } = connection;
  return { to: [podsOf(namespace, selector)], ports: [policyPort(connection)] };
}

/** The NetworkPolicy in the callee's namespace that admits a caller's Pods. */
export function connectionPolicy(
  { app, name, namespace }: BackendSpec,
  connection: Connection,
): networking.v1.NetworkPolicy {
  return {
    metadata: {
      // A Backend's name has no dot, so no other policy has this name.
      name: `${namespace}.${connectionName(name, connection)}`,
      namespace: connection.namespace,
      labels: { ...recommendedLabels(name, app), app },
    },
    spec: {
      podSelector: { matchLabels: connection.selector },
      policyTypes: ["Ingress"],
      ingress: [{ from: [podsOf(namespace, { app })], ports: [policyPort(connection)] }],
    },
  };
}

function policyPort({ port }: Connection): networking.v1.NetworkPolicyPort {
  return {
    port: port.apply(({ containerPort }) => containerPort),
    protocol: port.apply(({ protocol }) => protocol),
  };
}
