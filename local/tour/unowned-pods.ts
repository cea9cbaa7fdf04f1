import type { V1Pod } from "@kubernetes/client-node";
import { waitFor } from "../wait.ts";
import type { Workload } from "./example.ts";
import { type SeenPod, seen } from "./pods.ts";
import type { World } from "./world.ts";

/** The label of every Pod that a step has made, or taken from its owner. */
export const LEFT_BY = "pulumi-kubernetes-services.local/tour";
const STARTED_WITHIN_SECONDS = 60;
const ENDED_WITHIN_SECONDS = 60;

/** A Pod that no Deployment owns. */
export interface Stranger {
  /** The step that makes it. */
  readonly step: string;
  /** The workload whose Pods it is like, with the same label `app`. */
  readonly like: Workload;
  /** Name of a condition that somebody has to set before the Pod counts as ready. */
  readonly readinessGate?: string;
}

/** Starts a Pod that no Deployment owns and waits until its containers are ready. */
export async function startUnownedPod(
  world: World,
  { like, readinessGate, step }: Stranger,
): Promise<SeenPod> {
  const { core, example, signal } = world;
  const { namespace } = example;
  const { spec } = await world.apps.readNamespacedDeployment({ name: like.deployment, namespace });
  const gates = readinessGate === undefined ? [] : [{ conditionType: readinessGate }];
  const template = spec?.template.spec ?? { containers: [] };
  const name = `stranger-${step.toLowerCase()}`;
  const body: V1Pod = {
    metadata: { name, labels: { app: like.app, [LEFT_BY]: step } },
    spec: { ...template, readinessGates: gates },
  };
  await core.createNamespacedPod({ namespace, body });
  return waitFor(
    async () => {
      const pod = await core.readNamespacedPod({ name, namespace });
      const started = pod.status?.conditions?.some(
        ({ status, type }) => type === "ContainersReady" && status === "True",
      );
      return started === true && seen(pod);
    },
    { awaited: `Pod ${name} to start`, timeoutSeconds: STARTED_WITHIN_SECONDS, signal },
  );
}

/** Does what makes such Pods or takes them from their owner, and leaves none behind, not even those of a tour that was killed. */
export async function leavingNoUnownedPods<T>(
  world: World,
  step: string,
  work: () => Promise<T>,
): Promise<T> {
  await removeUnownedPods(world, step);
  try {
    return await work();
  } finally {
    await removeUnownedPods(world, step);
  }
}

/** Ends every Pod that a step has made or taken from its owner. Not ended by an interruption: it cleans up after one. */
export async function removeUnownedPods(
  { core, example: { namespace } }: World,
  step: string,
): Promise<void> {
  const labelSelector = `${LEFT_BY}=${step}`;
  await core.deleteCollectionNamespacedPod({ namespace, labelSelector });
  const gone = async () =>
    (await core.listNamespacedPod({ namespace, labelSelector })).items.length === 0;
  await waitFor(gone, {
    awaited: `the Pods of step ${step} to end`,
    timeoutSeconds: ENDED_WITHIN_SECONDS,
  });
}
