import { setTimeout as delay } from "node:timers/promises";
import { readyPods } from "./pods.ts";
import type { World } from "./world.ts";

const SETTLED_WITHIN_MILLISECONDS = 30_000;
const LOOK_AGAIN_MILLISECONDS = 100;

/** Whom a Service leads to, and whom its selector finds. */
export interface Followed {
  readonly service: string;
  /** The selector as text. */
  readonly selector: string;
  /** Addresses of the ready Pods that the selector finds, sorted. */
  readonly pods: readonly string[];
  /** Addresses of the Service's ready endpoints, sorted. */
  readonly endpoints: readonly string[];
}

/** Reads both until they are the same, as they are before long, and some time at most. Returns what was read last. */
export async function followed(world: World, name: string): Promise<Followed> {
  const { namespace } = world.example;
  const { spec } = await world.core.readNamespacedService({ name, namespace });
  const selector = selectorText(spec?.selector);
  const end = performance.now() + SETTLED_WITHIN_MILLISECONDS;
  for (;;) {
    world.signal?.throwIfAborted();
    const [endpoints, found] = await Promise.all([
      readyEndpoints(world, name),
      readyPods(world, selector),
    ]);
    const pods = found.map(({ address }) => address).sort();
    const same = pods.join() === endpoints.join();
    if (same || performance.now() > end) return { service: name, selector, pods, endpoints };
    await delay(LOOK_AGAIN_MILLISECONDS);
  }
}

/** A selector as it is written in a query. */
export const selectorText = (selector: Readonly<Record<string, string>> = {}): string =>
  Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join();

/** The addresses that a Service leads to, sorted. */
export async function readyEndpoints(
  { discovery, example: { namespace } }: World,
  service: string,
): Promise<string[]> {
  const labelSelector = `kubernetes.io/service-name=${service}`;
  const { items } = await discovery.listNamespacedEndpointSlice({ namespace, labelSelector });
  return items
    .flatMap((slice) => slice.endpoints ?? [])
    .filter(({ conditions }) => conditions?.ready)
    .flatMap(({ addresses }) => addresses)
    .sort();
}
