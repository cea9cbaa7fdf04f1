import type { ClusterState } from "../state/cluster-state.ts";
import type { View } from "./view.ts";
import { count, list } from "./words.ts";

/** What was checked, one short sentence a link. */
export const checkedIn = (views: readonly View[], { notSeen }: ClusterState): readonly string[] => [
  ...views.flatMap(checkedOf),
  ...(notSeen.length === 0
    ? []
    : [
        `not seen: ${list(
          notSeen.map(({ kind, reason }) => `${kind} (${reason})`),
          8,
        )}`,
      ]),
];

function checkedOf(view: View): readonly string[] {
  const { name, namespace, objects, ports, ready, service } = view;
  if (service === undefined) {
    return [
      `${view.asked.kind} ${view.asked.name}: ${count(view.live.length, "Pod")}, ${view.live.length - view.unready.length} ready; no Service selects them`,
    ];
  }
  const texts = ports.map(
    ({ port, protocol = "TCP", targetPort }) =>
      `${port ?? "?"}/${protocol} to ${targetPort ?? port ?? "?"}`,
  );
  const addresses = (service.status?.loadBalancer?.ingress ?? []).map(
    ({ hostname, ip }) => hostname ?? ip ?? "?",
  );
  return [
    `Service ${namespace}/${name}: ${view.headless ? "headless" : view.type}, ${texts.length === 0 ? "no port" : `port ${list(texts)}`}`,
    ...(addresses.length === 0 ? [] : [`load balancer: ${list(addresses)}`]),
    ...(view.slices === undefined
      ? []
      : [
          `endpoints: ${ready.length} of ${view.endpoints.length} ready, in ${count(view.slices.length, "EndpointSlice")}`,
        ]),
    ...(objects.pods === undefined
      ? []
      : [`Pods: ${view.live.length - view.unready.length} of ${view.live.length} ready`]),
    ...(objects.nodes === undefined ? [] : [`nodes: ${objects.nodes.length}`]),
    ...(objects.networkPolicies === undefined
      ? []
      : [
          `network policies: ${objects.networkPolicies.length} in the namespace${view.asked.from === undefined ? "; --from judges a caller" : ""}`,
        ]),
  ];
}
