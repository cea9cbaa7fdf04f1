import type { V1Pod } from "@kubernetes/client-node";
import type { FrontService } from "./front-service.ts";

const SHOWN_LABELS = 6;

/** Labels that controllers write and nobody selects on. */
const GENERATED = [
  "pod-template-hash",
  "controller-revision-hash",
  "pod-template-generation",
  "statefulset.kubernetes.io/pod-name",
  "apps.kubernetes.io/pod-index",
];

/** Labels of the Pods that a selector may have meant: those with its keys, or all labels if no Pod has its keys. */
export function nearLabelsText(selector: FrontService["selector"], pods: readonly V1Pod[]): string {
  if (pods.length === 0) {
    return "the namespace has no Pods";
  }
  const keys = Object.keys(selector);
  const near = counted(pods, (key) => keys.includes(key));
  const labels = near.length > 0 ? near : counted(pods, (key) => !GENERATED.includes(key));
  const shown = labels.slice(0, SHOWN_LABELS).map(([label, count]) => `${label} (${count})`);
  const more = labels.length > SHOWN_LABELS ? ", …" : "";
  return shown.length === 0
    ? "its Pods have no labels"
    : `its Pods have ${shown.join(", ")}${more}`;
}

/** How many Pods have each label, the most frequent first. */
function counted(pods: readonly V1Pod[], wanted: (key: string) => boolean): [string, number][] {
  const counts = new Map<string, number>();
  for (const { metadata } of pods) {
    for (const [key, value] of Object.entries(metadata?.labels ?? {})) {
      if (wanted(key)) {
        const label = `${key}: ${value}`;
        counts.set(label, (counts.get(label) ?? 0) + 1);
      }
    }
  }
  return [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
}
