import type { V1Pod } from "@kubernetes/client-node";

/** The Pods that can receive traffic now or later: they have not ended and are not ending. */
export function livePods(pods: readonly V1Pod[]): readonly V1Pod[] {
  return pods.filter(
    ({ metadata, status }) =>
      metadata?.deletionTimestamp === undefined &&
      status?.phase !== "Succeeded" &&
      status?.phase !== "Failed",
  );
}

/** Whether a Pod reports that it is ready. */
export function isReady({ status }: V1Pod): boolean {
  return status?.conditions?.some((it) => it.type === "Ready" && it.status === "True") ?? false;
}

/** A selector in one line, in kubectl's format. */
export function selectorText(selector: Readonly<Record<string, string>>): string {
  return Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}

/** How many Pods are ready, in words. */
export function readyText(ready: number, wanted: number): string {
  return `${ready} of ${wanted} Pods ${ready === 1 ? "is" : "are"} ready`;
}
