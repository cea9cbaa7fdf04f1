import { conditionOf } from "../../diagnosis/pods.ts";
import type { Pod } from "../../state/cluster-state.ts";
import { State } from "./page-model.ts";

/** A state, and what it is called. */
export interface Stated {
  readonly state: State;
  readonly stateText: string;
}

/** Reasons for which a container waits in the normal course of things. */
const NORMAL_WAITS = ["ContainerCreating", "PodInitializing"];

/** How a Pod is doing, in the words of its status. */
export function podState({ metadata, spec, status }: Pod): Stated {
  if (metadata?.deletionTimestamp) return { state: State.Stopping, stateText: "stopping" };
  if (status?.phase === "Succeeded") return { state: State.Idle, stateText: "completed" };
  if (status?.phase === "Failed") {
    return { state: State.Broken, stateText: status.reason ?? "failed" };
  }
  if (conditionOf(status?.conditions, "Ready")?.status === "True")
    return { state: State.Fine, stateText: "ready" };
  const unscheduled = conditionOf(status?.conditions, "PodScheduled")?.status === "False";
  if (unscheduled) return { state: State.Broken, stateText: "not scheduled" };
  const waiting = waitingReason(status);
  if (waiting) return { state: State.Broken, stateText: waiting };
  if (!spec?.nodeName || status?.phase !== "Running") {
    return { state: State.Starting, stateText: "starting" };
  }
  return { state: State.Suspect, stateText: "not ready" };
}

function waitingReason(status: Pod["status"]): string | undefined {
  const containers = [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
  ];
  const reasons = containers.flatMap((it) => it.state?.waiting?.reason ?? []);
  return reasons.find((reason) => !NORMAL_WAITS.includes(reason));
}
