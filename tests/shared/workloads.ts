import {
  AppsV1Api,
  CoreV1Api,
  type KubeConfig,
  PatchStrategy,
  setHeaderOptions,
  type V1Deployment,
  type V1Pod,
} from "@kubernetes/client-node";
import { waitFor } from "../../local/wait.ts";

const TIMEOUT_SECONDS = 180;
const merging = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);

/** Backends of one namespace, to be disturbed. */
export interface Workloads {
  /** Replaces every Pod of a Backend, as `kubectl rollout restart` does, and waits until that is done. */
  rollOut(name: string): Promise<void>;
  /** Deletes one Pod of a Backend, the oldest. */
  deletePod(name: string): Promise<void>;
  /** Waits until a Backend has all its Pods, and each for long enough. */
  untilAvailable(name: string): Promise<void>;
  /** Waits until no Pod is about to end any more. */
  untilEnded(): Promise<void>;
  /** The Pods of a Backend that are not about to end. */
  podsOf(name: string): Promise<V1Pod[]>;
}

/** The Backends of a namespace. */
export function workloadsOf(config: KubeConfig, namespace: string): Workloads {
  const core = config.makeApiClient(CoreV1Api);
  const apps = config.makeApiClient(AppsV1Api);
  const podsOf = async (name: string) => {
    const labelSelector = `app=${name}`;
    const { items } = await core.listNamespacedPod({ namespace, labelSelector });
    return items.filter(({ metadata }) => metadata?.deletionTimestamp === undefined);
  };
  const untilAvailable = async (name: string) => {
    await waitFor(
      async () => isAvailable(await apps.readNamespacedDeployment({ name, namespace })),
      { awaited: `the Pods of ${name}`, timeoutSeconds: TIMEOUT_SECONDS },
    );
  };
  return {
    podsOf,
    untilAvailable,
    untilEnded: async () => {
      await waitFor(
        async () => {
          const { items } = await core.listNamespacedPod({ namespace });
          return items.every(({ metadata }) => metadata?.deletionTimestamp === undefined);
        },
        { awaited: `the deleted Pods of ${namespace} to end`, timeoutSeconds: TIMEOUT_SECONDS },
      );
    },
    rollOut: async (name) => {
      const annotations = { "kubectl.kubernetes.io/restartedAt": new Date().toISOString() };
      const body = { spec: { template: { metadata: { annotations } } } };
      await apps.patchNamespacedDeployment({ name, namespace, body }, merging);
      await untilAvailable(name);
    },
    deletePod: async (name) => {
      const [oldest] = (await podsOf(name)).sort((one, other) => ageOf(other) - ageOf(one));
      if (oldest === undefined) throw new Error(`${name} has no Pods`);
      await core.deleteNamespacedPod({ name: oldest.metadata?.name ?? "", namespace });
    },
  };
}

const ageOf = ({ metadata }: V1Pod): number =>
  Date.now() - (metadata?.creationTimestamp?.getTime() ?? 0);

function isAvailable({ metadata, spec, status }: V1Deployment): boolean {
  const counts = [status?.replicas, status?.updatedReplicas, status?.availableReplicas];
  return (
    status?.observedGeneration === metadata?.generation &&
    counts.every((count) => count === spec?.replicas)
  );
}
