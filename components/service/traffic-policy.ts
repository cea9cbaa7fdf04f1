import type { Checks } from "../validation/checks.ts";
import { oneOf } from "../validation/rules.ts";

/** To which Pods a node sends the traffic that it receives. */
export const TrafficPolicy = {
  /** To the Pods of every node. */
  Cluster: "Cluster",
  /** Only to Pods on the same node; without one the connection fails. */
  Local: "Local",
} as const;
/** To which Pods a node sends the traffic that it receives. */
export type TrafficPolicy = (typeof TrafficPolicy)[keyof typeof TrafficPolicy];

/** How nodes forward traffic from outside the cluster. */
export interface ExternalTrafficArgs {
  /**
   * To which Pods a node sends traffic from outside the cluster. With `Local` the Pods see the client's address, and
   * only nodes with a ready Pod answer.
   *
   * @default - TrafficPolicy.Cluster, the API server's own default
   * @see
   * https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/#preserving-the-client-source-ip
   */
  readonly externalTrafficPolicy?: TrafficPolicy;
}

/** Reads how nodes forward outside traffic, as a field of a Service's spec. */
export function readExternalTraffic(
  checks: Checks,
  { externalTrafficPolicy }: ExternalTrafficArgs,
): ExternalTrafficArgs {
  const path = "args.externalTrafficPolicy";
  return externalTrafficPolicy === undefined
    ? {}
    : {
        externalTrafficPolicy: checks.plain(path, externalTrafficPolicy, oneOf(TrafficPolicy)),
      };
}
