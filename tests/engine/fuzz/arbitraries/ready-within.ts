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
  return leastSeconds(probe, WATCHED_SECONDS) <= INT32_MAX;
}

/** Until when the Pods have to be ready: a time has to be stated where the default is too short for the probe. */
export function readyWithin({ entrances = [], readinessProbe }: BackendArgs): fc.Arbitrary<Ready> {
  const watched = entrances.includes(Entrance.LoadBalancer) ? WATCHED_SECONDS : 0;
  const least = leastSeconds(readinessProbe, watched);
  const readyWithinSeconds = whole(least, INT32_MAX);
  return least <= DEFAULT_SECONDS
    ? fields<Ready>({}, { readyWithinSeconds })
    : fields<Required<Ready>>({ readyWithinSeconds }, {});
}

/** Kubernetes gives up after four fifths of the time, which have to be longer than the soonest end of the rollout. */
function leastSeconds(probe: ProbeArgs, watchedSeconds: number): number {
  const { initialDelaySeconds = 0, periodSeconds = 10, successThreshold = 1 } = probe;
  const soonest =
    Number(initialDelaySeconds) + (Number(successThreshold) - 1) * Number(periodSeconds);
  return Math.ceil((soonest + watchedSeconds + 1) * (5 / 4));
}
