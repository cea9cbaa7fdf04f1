import type { V1Pod } from "@kubernetes/client-node";
import { UserError } from "../errors.ts";
import { waitFor } from "../wait.ts";
import type { Answer } from "./answer.ts";
import { askInPod } from "./ask.ts";
import type { Workload } from "./example.ts";
import type { World } from "./world.ts";

const SUCCEEDED_WITHIN_SECONDS = 90;
const ENDED_WITHIN_SECONDS = 120;

/** A Pod, as far as the tour shows it. */
export interface SeenPod {
  readonly name: string;
  readonly address: string;
  readonly node: string;
}

/** The Pods with a label that take requests: ready, and not about to end. */
export async function readyPods(
  { core, example: { namespace } }: World,
  labelSelector: string,
): Promise<SeenPod[]> {
  const { items } = await core.listNamespacedPod({ namespace, labelSelector });
  return items.filter(takesRequests).map(seen);
}

/** The ready Pods of a workload. @throws UserError when there is none */
export async function podsOf(world: World, { app }: Workload): Promise<SeenPod[]> {
  const pods = await readyPods(world, `app=${app}`);
  if (pods.length > 0) return pods;
  throw new UserError(`No Pod with the label app=${app} is ready in ${world.example.namespace}`);
}

/** Waits until so many Pods of a workload are ready beside those that are not to count. Returns all that are. */
export function untilReady(
  world: World,
  { app }: Workload,
  count: number,
  gone: readonly string[],
): Promise<SeenPod[]> {
  return waitFor(
    async () => {
      const pods = await readyPods(world, `app=${app}`);
      const others = pods.filter(({ name }) => !gone.includes(name));
      return others.length >= count && others;
    },
    {
      awaited: `${count} ready Pods with the label app=${app}`,
      timeoutSeconds: SUCCEEDED_WITHIN_SECONDS,
      signal: world.signal,
    },
  );
}

/** Waits until Pods that were deleted have drained and are no more. */
export async function untilEnded(
  { core, example: { namespace }, signal }: World,
  pods: readonly SeenPod[],
): Promise<void> {
  const names = new Set(pods.map(({ name }) => name));
  const ended = async () => {
    const { items } = await core.listNamespacedPod({ namespace });
    return items.every(({ metadata }) => !names.has(metadata?.name ?? ""));
  };
  const awaited = `Pod ${[...names].join(", ")} to end`;
  await waitFor(ended, { awaited, timeoutSeconds: ENDED_WITHIN_SECONDS, signal });
}

/** Deletes the Pods of a workload one after another, each when the one before has its successor. Returns those that are there then. */
export async function replaceAll(world: World, workload: Workload): Promise<SeenPod[]> {
  const pods = await podsOf(world, workload);
  const gone: string[] = [];
  for (const { name, address } of pods) {
    world.tell(`deleting Pod ${name} (${address})`);
    gone.push(name);
    await world.core.deleteNamespacedPod({ name, namespace: world.example.namespace });
    await untilReady(world, workload, pods.length, gone);
  }
  return untilReady(world, workload, pods.length, gone);
}

/** Asks for a URL once inside one of a workload's Pods. */
export function askFrom(
  world: World,
  { name }: SeenPod,
  { deployment }: Workload,
  url: string,
): Promise<Answer> {
  const pod = { namespace: world.example.namespace, name, container: deployment };
  world.signal?.throwIfAborted();
  return askInPod(world.config, pod, url);
}

function takesRequests({ metadata, status }: V1Pod): boolean {
  if (metadata?.deletionTimestamp !== undefined) return false;
  return (
    status?.conditions?.some((condition) => {
      return condition.type === "Ready" && condition.status === "True";
    }) === true
  );
}

/** A Pod as the API server tells it. */
export function seen({ metadata, spec, status }: V1Pod): SeenPod {
  return {
    name: metadata?.name ?? "",
    address: status?.podIP ?? "",
    node: spec?.nodeName ?? "",
  };
}
