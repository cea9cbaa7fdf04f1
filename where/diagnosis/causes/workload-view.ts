import type { Deployment, HorizontalPodAutoscaler, Workload } from "../../state/cluster-state.ts";
import { ownerOf } from "../pods.ts";
import { hasLabels } from "../selectors.ts";
import type { View } from "../view.ts";

/** Something that makes Pods, with its kind. */
export interface PodMaker {
  /** `Deployment`, `StatefulSet`, `DaemonSet` or `ReplicaSet`. */
  readonly kind: string;
  /** The object. */
  readonly object: Deployment & Workload;
}

/** The workloads whose Pods the Service selects, or those that were asked for. ReplicaSets of Deployments are left out. */
export function workloadsOf(view: View): readonly PodMaker[] {
  const { daemonSets = [], deployments = [], replicaSets = [], statefulSets = [] } = view.objects;
  const all: readonly PodMaker[] = [
    ...deployments.map((object) => ({ kind: "Deployment", object })),
    ...statefulSets.map((object) => ({ kind: "StatefulSet", object })),
    ...daemonSets.map((object) => ({ kind: "DaemonSet", object })),
    ...replicaSets
      .filter(({ metadata }) => (metadata?.ownerReferences ?? []).length === 0)
      .map((object) => ({ kind: "ReplicaSet", object })),
  ];
  const owners = new Set(view.selected.map(ownerOf));
  return all.filter(({ kind, object: { metadata, spec } }) => {
    if (metadata?.namespace !== view.namespace) return false;
    const isAsked =
      view.service === undefined && kind === view.asked.kind && metadata.name === view.asked.name;
    return (
      isAsked ||
      hasLabels(view.selector, spec?.template?.metadata?.labels) ||
      owners.has(`${kind} ${metadata.name}`)
    );
  });
}

/** The ReplicaSets of a Deployment. */
export const replicaSetsOf = (view: View, { metadata }: Deployment): readonly Workload[] =>
  (view.objects.replicaSets ?? []).filter(({ metadata: own }) =>
    (own?.ownerReferences ?? []).some(
      ({ kind, name, uid }) =>
        kind === "Deployment" &&
        name === metadata?.name &&
        (uid === undefined || metadata?.uid === undefined || uid === metadata.uid),
    ),
  );

/** How many Pods a workload should have; undefined for DaemonSets that have not been counted. */
export const wantedOf = ({ kind, object: { spec, status } }: PodMaker): number | undefined =>
  kind === "DaemonSet" ? status?.desiredNumberScheduled : (spec?.replicas ?? 1);

/** A workload in words, such as `Deployment web`. */
export const nameOf = ({ kind, object }: PodMaker): string =>
  `${kind} ${object.metadata?.name ?? "?"}`;

/** The HorizontalPodAutoscalers of the workloads. */
export const autoscalersOf = (view: View): readonly HorizontalPodAutoscaler[] => {
  const names = new Set([...workloadsOf(view).map(nameOf), ...view.live.map(ownerOf)]);
  return (view.objects.horizontalPodAutoscalers ?? []).filter(
    ({ metadata, spec }) =>
      metadata?.namespace === view.namespace &&
      names.has(`${spec?.scaleTargetRef?.kind} ${spec?.scaleTargetRef?.name}`),
  );
};
