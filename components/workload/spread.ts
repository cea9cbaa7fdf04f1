import type { core } from "@pulumi/kubernetes/types/input.js";
import type { Checks } from "../validation/checks.ts";
import { oneOf } from "../validation/rules.ts";

/** How a Backend's Pods are spread over zones and nodes. */
export const Spread = {
  /** Evenly if possible. Nodes may lack zones. */
  Preferred: "Preferred",
  /**
   * Evenly over zones, or a Pod waits; nodes without a zone get no Pods. Over nodes evenly if possible: in zones of
   * different sizes both cannot hold strictly.
   */
  Strict: "Strict",
  /** As the scheduler does by default. */
  None: "None",
} as const;
/** How a Backend's Pods are spread over zones and nodes. */
export type Spread = (typeof Spread)[keyof typeof Spread];

/** Where Pods run in relation to each other. */
export interface SpreadArgs {
  /**
   * How the Pods are spread over zones and nodes.
   *
   * @default Spread.Preferred
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
   */
  readonly spread?: Spread;
}

const ZONE = "topology.kubernetes.io/zone";
const HOST = "kubernetes.io/hostname";

/** The highest weight, because there is no other preference. */
const WEIGHT = 100;

/** Reads how Pods are spread. */
export function readSpread(checks: Checks, { spread = Spread.Preferred }: SpreadArgs): Spread {
  return checks.plain("args.spread", spread, oneOf(Spread));
}

/** The fields of a Pod's spec that spread the Pods of an `app`. */
export function spreadSpec(spread: Spread, app: string): Partial<core.v1.PodSpec> {
  if (spread === Spread.None) {
    return {};
  }
  const labelSelector = { matchLabels: { app } };
  const over = (topologyKey: string, strict: boolean) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: strict ? "DoNotSchedule" : "ScheduleAnyway",
    labelSelector,
    // Counts only the Pods of one rollout: old Pods, which are about to stop, would push the new ones to other nodes.
    matchLabelKeys: ["pod-template-hash"],
    // Otherwise a draining node would count as the emptiest, and no Pod could go anywhere else.
    nodeTaintsPolicy: "Honor",
  });
  return {
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: WEIGHT, podAffinityTerm: { topologyKey: HOST, labelSelector } },
        ],
      },
    },
    topologySpreadConstraints: [over(ZONE, spread === Spread.Strict), over(HOST, false)],
  };
}
