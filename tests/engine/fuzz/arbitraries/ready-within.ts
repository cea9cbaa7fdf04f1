import type fc from "fast-check";
import { type BackendArgs, Entrance, type ProbeArgs } from "../../../../components/index.ts";
import { fields } from "./fields.ts";
import { INT32_MAX, whole } from "./numbers.ts";

/** How long a new Pod is watched behind a load balancer. */
const WATCHED_SECONDS = 11;

const DEFAULT_SECONDS = 600;

type Ready = Pick<BackendArgs, "readyWithinSeconds">;

/** Whether Pods with such a probe may be ready in time: there are figures with which they never are. */
export function isSoon(probe: ProbeArgs): boolean {
  return readySeconds(probe) <= INT32_MAX / 4;
}

/**
 * Until when the Pods have to be ready; at least the time that the probes give one Pod. The default grows only by figures
 * that are known at once, so a longer time is stated.
 */
export function readyWithin(args: BackendArgs): fc.Arbitrary<Ready> {
  const least = leastSeconds(args);
  const readyWithinSeconds = whole(least, INT32_MAX);
  return least <= DEFAULT_SECONDS
    ? fields<Ready>({}, { readyWithinSeconds })
    : fields<Required<Ready>>({ readyWithinSeconds }, {});
}

/** Kubernetes gives up after four fifths of the time, which have to be longer than a Pod may take. */
function leastSeconds(args: BackendArgs): number {
  const { entrances = [], initContainers = [], readinessProbe, startupProbe } = args;
  const watched = entrances.includes(Entrance.LoadBalancer) ? WATCHED_SECONDS : 0;
  const startup = [...initContainers.map((it) => it.startupProbe), startupProbe];
  const start = startup.reduce((sum, it) => sum + (it === undefined ? 0 : startSeconds(it)), 0);
  const readiness = [readinessProbe, ...initContainers.flatMap((it) => it.readinessProbe ?? [])];
  const ready = Math.max(...readiness.map(readySeconds));
  return Math.ceil((start + ready + watched + 1) * (5 / 4));
}

function readySeconds(probe: ProbeArgs): number {
  const { initialDelaySeconds = 0, periodSeconds = 10, successThreshold = 1 } = probe;
  return Number(initialDelaySeconds) + (Number(successThreshold) - 1) * Number(periodSeconds);
}

/** After how long a startup probe gives up. */
export function startSeconds(probe: ProbeArgs): number {
  const { failureThreshold = 3, initialDelaySeconds = 0, periodSeconds = 10 } = probe;
  return Number(initialDelaySeconds) + Number(failureThreshold) * Number(periodSeconds);
}
