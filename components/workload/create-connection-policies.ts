import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type * as pulumi from "@pulumi/pulumi";
import type { BackendSpec } from "./backend-spec.ts";
import { connectionPolicy } from "./connection-policy.ts";
import { connectionName } from "./connections.ts";

/** Admits the Pods at callees that limit who may connect. On other callees a policy would close what is open. */
export function createConnectionPolicies(
  parent: pulumi.ComponentResource,
  spec: BackendSpec,
): Record<string, NetworkPolicy> {
  const limited = spec.connections.flatMap((connection) => {
    if (connection.networkPolicy === undefined) {
      return [];
    }
    // After the callee's own policy, the namespace exists.
    const opts = { parent, dependsOn: connection.networkPolicy };
    const policy = connectionPolicy(spec, connection);
    return [
      [connection.key, new NetworkPolicy(connectionName(spec.name, connection), policy, opts)],
    ];
  });
  return Object.fromEntries(limited);
}
