import type { CoreV1Event } from "@kubernetes/client-node";

/** What a controller has said about a Service: one of its events. */
export interface Word {
  /** The event's reason. */
  readonly reason: string;
  /** The event's message. */
  readonly message: string;
  /**
   * The event's version, by which events are in order. A controller that says the same again changes its event instead of
   * making another, and this is all that is exact about when.
   */
  readonly version: bigint;
  /** When it was said last, in milliseconds, by the controller's clock and to the second. */
  readonly time: number;
}

/** Reads an event. */
export function wordOf({
  eventTime,
  lastTimestamp,
  message = "",
  metadata,
  reason = "",
  series,
}: CoreV1Event): Word {
  const time = series?.lastObservedTime ?? lastTimestamp ?? eventTime;
  return {
    reason,
    message: message.trim(),
    version: BigInt(metadata.resourceVersion ?? 0),
    time: time === undefined ? 0 : new Date(time).getTime(),
  };
}

/** What a controller has said, in one line. */
export function wordText({ message, reason }: Word): string {
  return `${reason}, ${message}`;
}

/** What stays the same of a message when the controller tries again: ids of requests do not. */
export function lasting(message: string): string {
  return message
    .replace(/^\(combined from similar events\): /, "")
    .replace(/request ?id: [^\s,;]+/gi, "")
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, "");
}
