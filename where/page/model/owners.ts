import { wantedOf } from "../../diagnosis/causes/workload-view.ts";
import type { ObjectRef } from "../../diagnosis/diagnosis.ts";
import type { ClusterObjects, Pod } from "../../state/cluster-state.ts";
import { podState } from "./pod-state.ts";

/** What owns Pods, and its Pods. */
export interface Owner {
  /** Kind and name. */
  readonly id: string;
  /** Absent for Pods that nothing owns. */
  readonly ref?: ObjectRef | undefined;
  /** How many Pods are wanted; undefined if it is not known. */
  readonly wanted: number | undefined;
  /** The most Pods that it may have. */
  readonly expected: number;
  /** Oldest first. */
  readonly pods: readonly Pod[];
  /** Labels of the Pods that it makes. */
  readonly labels: Readonly<Record<string, string>>;
}

/** The id of the box for Pods that nothing owns. */
export const NO_OWNER = "Pods/without an owner";

type Known = Omit<Owner, "pods" | "id">;

/** Every owner of Pods, also those that have none at present, by name. ReplicaSets of a Deployment count as the Deployment. */
export function ownersOf(objects: ClusterObjects): readonly Owner[] {
  const known = knownOwners(objects);
  const deployments = deploymentOf(objects);
  const pods = new Map<string, Pod[]>([...known.keys()].map((id) => [id, []]));
  for (const pod of objects.pods ?? []) {
    const controller = pod.metadata?.ownerReferences?.find((it) => it.controller);
    const direct = controller && `${controller.kind}/${controller.name}`;
    const id = direct === undefined ? NO_OWNER : (deployments.get(direct) ?? direct);
    pods.set(id, [...(pods.get(id) ?? []), pod]);
  }
  const owners = [...pods].map(([id, own]) => {
    const { expected, labels, ref, wanted } = known.get(id) ?? unknownOwner(id, own);
    return { id, ref, wanted, expected, labels, pods: own.sort(byAge) };
  });
  return owners.sort((a, b) => compare(a.id, b.id));
}

function knownOwners(objects: ClusterObjects): Map<string, Known> {
  const most = new Map(
    (objects.horizontalPodAutoscalers ?? []).map(({ spec }) => [
      `${spec?.scaleTargetRef?.kind}/${spec?.scaleTargetRef?.name}`,
      spec?.maxReplicas ?? 0,
    ]),
  );
  const known = new Map<string, Known>();
  const workloads = [
    ...(objects.deployments ?? []).map((it) => ({ kind: "Deployment", it })),
    ...(objects.statefulSets ?? []).map((it) => ({ kind: "StatefulSet", it })),
    ...(objects.daemonSets ?? []).map((it) => ({ kind: "DaemonSet", it })),
  ];
  for (const { kind, it } of workloads) {
    const { metadata, spec } = it;
    const name = metadata?.name ?? "";
    const wanted = wantedOf({ kind, object: it }) ?? 0;
    known.set(`${kind}/${name}`, {
      ref: { kind, name, namespace: metadata?.namespace },
      wanted,
      expected: Math.max(wanted, most.get(`${kind}/${name}`) ?? 0),
      labels: spec?.template?.metadata?.labels ?? {},
    });
  }
  return known;
}

function deploymentOf({ replicaSets }: ClusterObjects): ReadonlyMap<string, string> {
  return new Map(
    (replicaSets ?? []).flatMap(({ metadata }) => {
      const owner = metadata?.ownerReferences?.find((it) => it.controller);
      return owner === undefined
        ? []
        : [[`ReplicaSet/${metadata?.name}`, `${owner.kind}/${owner.name}`] as const];
    }),
  );
}

function unknownOwner(id: string, pods: readonly Pod[]): Known {
  const [kind = "", name = ""] = id.split("/");
  const ref = id === NO_OWNER ? undefined : { kind, name, namespace: pods[0]?.metadata?.namespace };
  return { ref, wanted: undefined, expected: pods.length, labels: pods[0]?.metadata?.labels ?? {} };
}

/** The owner's Pods that are not being deleted and have not ended, and how many of them are ready. */
export function countPods({ pods }: Owner): { readonly there: number; readonly ready: number } {
  const states = pods.map((pod) => podState(pod).state);
  const there = states.filter((state) => state !== "stopping" && state !== "idle").length;
  return { there, ready: states.filter((state) => state === "fine").length };
}

function byAge({ metadata: a }: Pod, { metadata: b }: Pod): number {
  return (
    compare(a?.creationTimestamp ?? "", b?.creationTimestamp ?? "") ||
    compare(a?.name ?? "", b?.name ?? "")
  );
}

/** The order of two strings, the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
