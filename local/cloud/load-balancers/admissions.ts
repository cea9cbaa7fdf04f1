import { GATEWAY, LOAD_BALANCER_CIDR, POD_CIDR, RESOLVER } from "../../nodes/names.ts";
import { type Admission, admissionTo } from "../security-groups/admission.ts";
import type { FilterPlan } from "../security-groups/packet-filter.ts";
import type { SecurityGroups } from "../security-groups/security-groups.ts";
import { type Balancing, isCarried } from "./balancing.ts";
import { listenerKey } from "./haproxy-config.ts";

/** Who may connect to each listener, by its key. */
export function admissionsOf(
  { balancers, groups }: Balancing,
  security: SecurityGroups,
): Map<string, Admission> {
  return new Map(
    balancers.flatMap((balancer) =>
      balancer.listeners.map((listener) => {
        const group = groups.find(({ arn }) => arn === listener.groupArn);
        const admission = admissionTo({ balancer, listener, group }, security);
        return [listenerKey(balancer, listener.port), admission] as const;
      }),
    ),
  );
}

/** What {@link filterPlan} is made from. */
export interface Admitting extends Balancing {
  /** IP address by the load balancer's ARN. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Who may connect, by the listener's key. */
  readonly admissions: ReadonlyMap<string, Admission>;
  readonly security: SecurityGroups;
}

/** Which connections are to be let through. */
export function filterPlan({ addresses, admissions, balancers, security }: Admitting): FilterPlan {
  return {
    security,
    loadBalancers: LOAD_BALANCER_CIDR,
    // Pods come with their own addresses, and in AWS their interfaces have the groups of their node:
    // https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html
    own: [GATEWAY, RESOLVER, POD_CIDR, ...security.instances.map(({ address }) => address)],
    listeners: balancers.flatMap((balancer) =>
      balancer.listeners.filter(isCarried).flatMap(({ port }) => {
        const address = addresses.get(balancer.arn);
        const admission = admissions.get(listenerKey(balancer, port));
        return address && admission ? [{ address, port, admission }] : [];
      }),
    ),
  };
}
