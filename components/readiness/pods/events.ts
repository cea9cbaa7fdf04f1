import type { CoreV1Event } from "@kubernetes/client-node";
import { withoutValues } from "./pod-message.ts";

/** The last warning about an object, in one line. */
export function lastWarningText(
  uid: string | undefined,
  events: readonly CoreV1Event[],
): string | undefined {
  const last = latestWarnings(events).find(({ involvedObject }) => involvedObject.uid === uid);
  return last === undefined ? undefined : eventText(last);
}

/** The last event of each controller in the namespace that could not create Pods. */
export function failedCreations(events: readonly CoreV1Event[]): readonly string[] {
  const byController = new Map<string, string>();
  for (const event of latestWarnings(events)) {
    const { kind, name } = event.involvedObject;
    const controller = `${kind} ${name}`;
    if (event.reason === "FailedCreate" && !byController.has(controller)) {
      byController.set(controller, eventText(event));
    }
  }
  return [...byController].map(([controller, text]) => `${controller}: ${text}`);
}

function latestWarnings(events: readonly CoreV1Event[]): readonly CoreV1Event[] {
  return events
    .filter(({ type }) => type === "Warning")
    .sort((one, other) => timeOf(other) - timeOf(one));
}

function eventText({ message = "", reason = "no reason" }: CoreV1Event): string {
  return `${reason}, ${withoutValues(message.trim())}`;
}

function timeOf({ eventTime, lastTimestamp, series }: CoreV1Event): number {
  const time = series?.lastObservedTime ?? lastTimestamp ?? eventTime;
  return time === undefined ? 0 : new Date(time).getTime();
}
