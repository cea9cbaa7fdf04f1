import type { CoreV1Event } from "@kubernetes/client-node";

/** An event that a controller has reported about a Service. */
export interface ControllerEvent {
  /** The event's reason. */
  readonly reason: string;
  /** The event's message. */
  readonly message: string;
  /**
   * The event's resource version, which orders events. A controller that repeats an event updates it instead of
   * creating another, and only the version shows exactly when.
   */
  readonly version: bigint;
  /** The time of the last occurrence by the controller's clock, in milliseconds with a resolution of one second. */
  readonly time: number;
}

/** Reads an event. */
export function controllerEventOf({
  eventTime,
  lastTimestamp,
  message = "",
  metadata,
  reason = "",
  series,
}: CoreV1Event): ControllerEvent {
  const time = series?.lastObservedTime ?? lastTimestamp ?? eventTime;
  return {
    reason,
    message: message.trim(),
    version: BigInt(metadata.resourceVersion ?? 0),
    time: time === undefined ? 0 : new Date(time).getTime(),
  };
}

/** An event in one line. */
export function eventText({ message, reason }: ControllerEvent): string {
  return `${reason}, ${message}`;
}

/** A message without request ids, which differ at every retry. */
export function withoutRequestIds(message: string): string {
  return message
    .replace(/^\(combined from similar events\): /, "")
    .replace(/request ?id: [^\s,;]+/gi, "")
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, "");
}
