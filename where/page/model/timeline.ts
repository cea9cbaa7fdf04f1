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
  const { involvedObject, metadata, series } = event;
  const time =
    series?.lastObservedTime ??
    event.lastTimestamp ??
    event.eventTime ??
    event.firstTimestamp ??
    metadata?.creationTimestamp;
  return {
    id: metadata?.uid ?? metadata?.name ?? "",
    time: time ?? "",
    warning: event.type === "Warning",
    reason: event.reason ?? "",
    message: event.message ?? "",
    count: series?.count ?? event.count ?? 1,
    ref: {
      kind: involvedObject?.kind ?? "",
      name: involvedObject?.name ?? "",
      namespace: involvedObject?.namespace,
    },
  };
}
