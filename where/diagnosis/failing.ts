import type { Pod } from "../state/cluster-state.ts";
import { type ContainerStatus, conditionOf, containersOf, statusesOf } from "./pods.ts";
import { serves, since, type View } from "./view.ts";

/** How long a Pod may be unready beside others that serve: a rollout replaces Pods all the time. */
const GRACE = 60_000;

/** The time that a container may take to start, by its startup probe, in milliseconds; undefined if it has none. */
export function startWindow(pod: Pod, name: string | undefined): number | undefined {
  const probe = containersOf(pod).find((it) => it.name === name)?.startupProbe;
  if (probe === undefined) return undefined;
  const { failureThreshold = 3, initialDelaySeconds = 0, periodSeconds = 10 } = probe;
  return (initialDelaySeconds + failureThreshold * periodSeconds) * 1000;
}

/** The container that is still within its time to start. */
export function startingContainer(pod: Pod, view: View): ContainerStatus | undefined {
  return statusesOf(pod).find(({ name, ready, restartCount = 0, started, state }) => {
    const age = since(view, state?.running?.startedAt);
    if (ready === true || age === undefined || restartCount > 0) return false;
    const container = containersOf(pod).find((it) => it.name === name);
    const delay = (container?.readinessProbe?.initialDelaySeconds ?? 0) * 1000;
    const window = startWindow(pod, name);
    return window !== undefined && started !== true ? age < window : age < Math.max(delay, 5_000);
  });
}

/** How long a Pod has been unready. */
export const unreadyFor = (pod: Pod, view: View): number | undefined =>
  since(
    view,
    conditionOf(pod.status?.conditions, "Ready")?.lastTransitionTime ??
      pod.metadata?.creationTimestamp,
  );

/** The Pods whose state has to be explained: all that are unready, or those that stay so while others serve. */
export const failingPods = (view: View): readonly Pod[] =>
  serves(view)
    ? view.unready.filter(
        (pod) =>
          startingContainer(pod, view) === undefined && (unreadyFor(pod, view) ?? GRACE) >= GRACE,
      )
    : view.unready;
