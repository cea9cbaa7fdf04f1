import { type BackendArgs, Entrance } from "../../../../components/index.ts";
import { served } from "./bases.ts";
import { breaks as breaksIn, type Mutation } from "./mutation.ts";
import { not } from "./values.ts";

const breaks = (
  rule: string,
  place: string,
  values: Parameters<typeof breaksIn>[3],
  beside?: Parameters<typeof breaksIn>[4],
) => breaksIn(rule, "Backend", place, values, beside);

const range = { minReplicas: 2, maxReplicas: 5 };
const scaled = (more: object = {}, resources?: object) => ({
  args: (args: BackendArgs) => ({
    ...served(args),
    ...{ replicas: undefined, volumes: undefined, resources },
    ...{ externalAutoscaler: undefined, disruptionBudget: undefined },
    ...more,
  }),
});
const percentOf = (resource: "cpu" | "memory", resources: object) =>
  scaled({ autoscaling: { ...range, [`${resource}AverageUtilizationPercent`]: 80 } }, resources);
const counts = [0, ...not.int32];

/** Pods with a probe that passes after 60 seconds at the earliest. */
const slow = (entrances: Entrance[]) => ({
  args: (args: BackendArgs) => ({
    ...served(args),
    readinessProbe: {
      exec: { command: ["true"] },
      ...{ initialDelaySeconds: 40, periodSeconds: 5, successThreshold: 5 },
    },
    entrances,
  }),
});

/** The rules of how many Pods there are, and until when they have to be ready. */
export const scale: readonly Mutation[] = [
  breaks("autoscaling: an object", "autoscaling", [null, 2, "2-5", []], scaled()),
  ...["minReplicas", "maxReplicas"].map((field) =>
    breaks("autoscaling: counts of 32 bits", `autoscaling.${field}`, [undefined, ...counts], {
      ...scaled({ autoscaling: range }),
    }),
  ),
  ...["cpu", "memory"].map((resource) =>
    breaks(
      "autoscaling: percentages from 1",
      `autoscaling.${resource}AverageUtilizationPercent`,
      counts,
      scaled({ autoscaling: range }),
    ),
  ),
  breaks(
    "autoscaling: the most not below the fewest",
    "autoscaling.maxReplicas",
    [1],
    scaled({ autoscaling: range }),
  ),
  breaks("autoscaling: decides alone", "replicas", [0, 1, 2, 3], scaled({ autoscaling: range })),
  breaks("autoscaling: not with a claim", "autoscaling", [range], {
    ...scaled({ volumes: [{ name: "a", mountPath: "/a", persistentVolumeClaimName: "a" }] }),
  }),
  ...(["cpu", "memory"] as const).flatMap((resource) => [
    breaks(
      "autoscaling: a request to take a percentage of",
      `resources.requests.${resource}`,
      ["0", "0.0", "0Ki", "0e3"],
      percentOf(resource, { requests: {}, limits: { [resource]: "1Gi" } }),
    ),
    breaks(
      "autoscaling: a request to take a percentage of",
      `resources.limits.${resource}`,
      ["0", "0m"],
      percentOf(resource, { requests: {}, limits: {} }),
    ),
  ]),
  breaks("autoscaling: a request to take a percentage of", "resources.requests.cpu", ["0"], {
    // Without a percentage it is that of the CPU.
    ...scaled({ autoscaling: range }, { requests: {}, limits: {} }),
  }),
  breaks("readyWithinSeconds: a count of 32 bits", "readyWithinSeconds", counts),
  breaks("readyWithinSeconds: not before Pods can be ready", "readyWithinSeconds", [1, 60, 76], {
    ...slow([]),
  }),
  breaks("readyWithinSeconds: not before Pods can be ready", "readyWithinSeconds", [77, 89], {
    ...slow([Entrance.LoadBalancer]),
  }),
  ...(["LoadBalancerService", "NodePortService"] as const).map((it) =>
    breaksIn("targetReadyWithinSeconds: whole seconds from 0", it, "targetReadyWithinSeconds", [
      ...[-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "1", null],
    ]),
  ),
  breaksIn(
    "reconciledWithinSeconds: whole seconds from 0",
    "LoadBalancerService",
    "reconciledWithinSeconds",
    [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "1", null],
  ),
  breaksIn(
    "reachableWithinSeconds: whole seconds from 0",
    "LoadBalancerService",
    "reachableWithinSeconds",
    [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "1", null],
  ),
];
