import { setTimeout as delay } from "node:timers/promises";
import { ApiException, type V1Pod, Watch } from "@kubernetes/client-node";
import { waitFor } from "../../local/wait.ts";
import { changeNode } from "./nodes.ts";
import { config, core } from "./rig.ts";

const RETRY_MILLISECONDS = 100;

/** How a drain went. */
export interface Drained {
  readonly seconds: number;
  /** How many evictions were put off because of a PodDisruptionBudget. */
  readonly putOff: number;
}

/**
 * Drains a node of the Pods of a namespace as kubectl does: no new ones, every Pod evicted, and again while a budget
 * forbids it. The node takes Pods again afterwards.
 *
 * @throws Error when a Pod could not be evicted in time
 */
export async function drain(
  node: string,
  namespace: string,
  timeoutSeconds: number,
): Promise<Drained> {
  const start = performance.now();
  const end = start + timeoutSeconds * 1000;
  await changeNode(node, { unschedulable: true });
  try {
    const pods = await podsOn(node, namespace);
    const putOff = await Promise.all(pods.map((pod) => evict(pod, end)));
    await waitFor(async () => (await podsOn(node, namespace)).length === 0, {
      awaited: `the Pods of node ${node} to leave`,
      timeoutSeconds,
    });
    const seconds = (performance.now() - start) / 1000;
    return { seconds, putOff: putOff.reduce((sum, one) => sum + one, 0) };
  } finally {
    await changeNode(node, { unschedulable: false });
  }
}

/** Evicts a Pod, and tries again while it may not be. Returns how often it might not. */
async function evict({ metadata }: V1Pod, end: number): Promise<number> {
  const { name = "", namespace = "" } = metadata ?? {};
  for (let putOff = 0; ; putOff += 1) {
    try {
      await core.createNamespacedPodEviction({ name, namespace, body: { metadata: { name } } });
      return putOff;
    } catch (error) {
      if (!(error instanceof ApiException)) throw error;
      if (error.code === 404) return putOff; // it was about to end
      if (error.code !== 429) throw error;
      if (performance.now() > end) {
        throw new Error(`Pod ${name} was not evicted: ${putOff + 1} tries were answered with 429`);
      }
      await delay(RETRY_MILLISECONDS);
    }
  }
}

async function podsOn(node: string, namespace: string): Promise<V1Pod[]> {
  const fieldSelector = `spec.nodeName=${node}`;
  return (await core.listNamespacedPod({ namespace, fieldSelector })).items;
}

/** Counts the ready Pods of every app of a namespace after each change of any Pod. */
export interface Sampling {
  /** The fewest ready Pods of an app at any time. */
  fewest(app: string): number;
  /** How many changes were seen. */
  readonly samples: number;
  stop(): void;
}

/** Begins to count; whatever is there is counted before it returns. */
export async function sampleReadyPods(namespace: string): Promise<Sampling> {
  const { items, metadata } = await core.listNamespacedPod({ namespace });
  const ready = new Map(items.map((pod) => [pod.metadata?.uid, readyApp(pod)]));
  const fewest = new Map<string, number>();
  let samples = 0;
  let failure: unknown;
  const sample = () => {
    samples += 1;
    const counts = Map.groupBy(ready.values(), (app) => app);
    for (const app of apps) {
      const count = counts.get(app)?.length ?? 0;
      fewest.set(app, Math.min(count, fewest.get(app) ?? count));
    }
  };
  const apps = new Set(items.map(appOf));
  sample();
  const controller = await new Watch(config).watch(
    `/api/v1/namespaces/${namespace}/pods`,
    { resourceVersion: metadata?.resourceVersion },
    (type: string, pod: V1Pod) => {
      if (type === "DELETED") ready.delete(pod.metadata?.uid);
      else ready.set(pod.metadata?.uid, readyApp(pod));
      sample();
    },
    (error: unknown) => {
      failure = error ?? new Error("the watch has ended");
    },
  );
  return {
    fewest: (app) => {
      if (failure !== undefined) throw failure;
      return fewest.get(app) ?? 0;
    },
    get samples() {
      return samples;
    },
    stop: () => controller.abort(),
  };
}

function appOf({ metadata }: V1Pod): string {
  return metadata?.labels?.["app"] ?? "";
}

/** The Pod's app, where the Pod is ready and not about to end. */
function readyApp(pod: V1Pod): string | undefined {
  const ready = pod.status?.conditions?.some((it) => it.type === "Ready" && it.status === "True");
  return ready === true && pod.metadata?.deletionTimestamp === undefined ? appOf(pod) : undefined;
}
