import { timeOf, timesOf } from "../../diagnosis/view.ts";
import type { ClusterObjects, Event } from "../../state/cluster-state.ts";
import { compare } from "./owners.ts";
import type { TimelineEvent } from "./page-model.ts";

/** Events that are shown. */
export const SHOWN_EVENTS = 60;

/** The last events, the newest first. */
export function timelineOf({ events }: ClusterObjects): readonly TimelineEvent[] {
  return (events ?? [])
    .map(shown)
    .sort((a, b) => compare(b.time, a.time) || compare(a.id, b.id))
    .slice(0, SHOWN_EVENTS);
}

function shown(event: Event): TimelineEvent {
  const { involvedObject, metadata } = event;
  return {
    id: metadata?.uid ?? metadata?.name ?? "",
    time: timeOf(event) ?? metadata?.creationTimestamp ?? "",
    warning: event.type === "Warning",
    reason: event.reason ?? "",
    message: event.message ?? "",
    count: timesOf(event),
    ref: {
      kind: involvedObject?.kind ?? "",
      name: involvedObject?.name ?? "",
      namespace: involvedObject?.namespace,
    },
  };
}
