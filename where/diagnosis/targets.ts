import type { Asked, ClusterState, Pod, Service } from "../state/cluster-state.ts";
import { backendsOf } from "./causes/entries.ts";
import { ownerOf } from "./pods.ts";
import { hasLabels } from "./selectors.ts";
import { podsIn } from "./view.ts";

/** What is judged for a question: Services, or Pods that no Service selects. */
export interface Chain {
  /** The Service; undefined if it does not exist or if none selects the Pods. */
  readonly service: Service | undefined;
  /** The Pods where there is no Service. */
  readonly pods?: readonly Pod[] | undefined;
  /** The name of the Service that was looked for; absent where none was. */
  readonly name?: string | undefined;
}

/** The Services that a question is about. */
export function targetsOf(state: ClusterState, asked: Asked): readonly Chain[] {
  if (asked.kind === "Service") return [serviceNamed(state, asked.namespace, asked.name)];
  if (asked.kind === "Ingress") return backendChains(state, asked);
  const labels = labelSets(state, asked);
  const services = (state.objects.services ?? []).filter(
    ({ metadata, spec }) =>
      metadata?.namespace === asked.namespace &&
      labels.some((it) => hasLabels(spec?.selector ?? {}, it)),
  );
  return services.length > 0
    ? services.map((service) => ({ service }))
    : [{ service: undefined, pods: podsOf(state, asked) }];
}

const serviceNamed = ({ objects }: ClusterState, namespace: string, name: string): Chain => ({
  service: (objects.services ?? []).find(
    ({ metadata }) => metadata?.name === name && metadata.namespace === namespace,
  ),
  name,
});

function backendChains(state: ClusterState, { name, namespace }: Asked): readonly Chain[] {
  const ingress = (state.objects.ingresses ?? []).find(
    ({ metadata }) => metadata?.name === name && metadata.namespace === namespace,
  );
  if (ingress === undefined) return [{ service: undefined, pods: [] }];
  const names = new Set(backendsOf(ingress).flatMap((it) => it.name ?? []));
  return [...names].map((it) => serviceNamed(state, namespace, it));
}

/** The Pods of a workload, or the Pod itself. */
const podsOf = (state: ClusterState, { kind, name, namespace }: Asked): readonly Pod[] =>
  podsIn(state, namespace).filter((pod) =>
    kind === "Pod" ? pod.metadata?.name === name : ownerOf(pod) === `${kind} ${name}`,
  );

/** The labels of the Pods of a workload and of those that it would make. */
function labelSets(state: ClusterState, asked: Asked): readonly Readonly<Record<string, string>>[] {
  const { daemonSets = [], deployments = [], statefulSets = [] } = state.objects;
  const workloads = { Deployment: deployments, StatefulSet: statefulSets, DaemonSet: daemonSets };
  const them = workloads[asked.kind as keyof typeof workloads] ?? [];
  const templates = them
    .filter(
      ({ metadata }) => metadata?.name === asked.name && metadata.namespace === asked.namespace,
    )
    .map(({ spec }) => spec?.template?.metadata?.labels ?? {});
  return [...templates, ...podsOf(state, asked).map(({ metadata }) => metadata?.labels ?? {})];
}
