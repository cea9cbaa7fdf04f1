import type { autoscaling } from "@pulumi/kubernetes/types/input.js";
import type { Checks, Rule } from "../validation/checks.ts";
import { int32, trueOrFalse } from "../validation/rules.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import type { AutoscalingArgs } from "./autoscaling-args.ts";
import { readBehavior, readMetrics } from "./autoscaling-behavior.ts";
import type { Resources } from "./resources.ts";

/** The number of Pods of a Backend. */
export interface Scale {
  /** The initial number of Pods. */
  readonly replicas: number;
  /** The autoscaler's range. Absent if the number stays fixed. */
  readonly autoscaling?: Autoscaling;
  /** Whether an autoscaler of somebody else decides the number. */
  readonly external: boolean;
}

/** The range of an autoscaler, and its target percentages by resource. */
export interface Autoscaling {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly percentages: Readonly<Record<string, number>>;
  readonly metrics: readonly autoscaling.v2.MetricSpec[];
  readonly behavior: autoscaling.v2.HorizontalPodAutoscalerBehavior;
}

/** The arguments that decide the number of Pods. */
interface ScaleArgs {
  readonly replicas?: number;
  readonly autoscaling?: AutoscalingArgs;
  readonly externalAutoscaler?: boolean;
}

const CPU_PERCENT = 80;
const inRange = int32(1);
const CLAIM =
  "must not be set with a volume that is a claim: an update stops all its Pods before it starts new ones; set args.replicas instead; if Pods of several nodes can mount the claim, set its accessMode";
const BOTH =
  "must not be set with args.autoscaling, which decides how many Pods run; set args.autoscaling.minReplicas instead";

/** Reads the number of Pods or the range of an autoscaler. */
export function readScale(checks: Checks, args: ScaleArgs, withClaim: boolean): Scale {
  const { autoscaling, externalAutoscaler = false, replicas } = args;
  const external = checks.plain("args.externalAutoscaler", externalAutoscaler, trueOrFalse);
  if (autoscaling === undefined) {
    const number = replicas ?? (withClaim ? 1 : 2);
    return { replicas: checks.plain("args.replicas", number, int32(0)), external };
  }
  if (external === true) {
    const must =
      "must not be set with args.autoscaling, or two autoscalers would decide; remove one";
    checks.report("args.externalAutoscaler", external, must);
  }
  if (replicas !== undefined) {
    checks.report("args.replicas", replicas, BOTH);
  }
  const path = "args.autoscaling";
  const given = checks.object(path, autoscaling);
  if (withClaim) {
    checks.report(path, given, CLAIM);
  }
  const range = readRange(checks, path, given);
  return {
    replicas: range.minReplicas,
    external: false,
    autoscaling: {
      ...range,
      percentages: readPercentages(checks, path, given),
      metrics: readMetrics(checks, path, given.metrics ?? []),
      behavior: readBehavior(checks, path, given),
    },
  };
}

/** The maximum number of Pods. */
export function mostReplicas({ autoscaling, external, replicas }: Scale): number {
  if (external) return Number.POSITIVE_INFINITY;
  return autoscaling === undefined ? replicas : autoscaling.maxReplicas;
}

/** The minimum number of Pods; undefined if an autoscaler of somebody else decides. */
export function fewestReplicas({ autoscaling, external, replicas }: Scale): number | undefined {
  if (external) return undefined;
  return autoscaling === undefined ? replicas : autoscaling.minReplicas;
}

/** Checks that the container requests the resources whose percentage the autoscaler uses. */
export function readMeasured(
  checks: Checks,
  resources: Resources,
  { autoscaling }: Scale,
): Resources {
  const measured = Object.keys(autoscaling?.percentages ?? {});
  // A limit without a request is also the request: the API server's own default.
  const requested = (kind: keyof Resources, name: string) =>
    measured.includes(name) && (kind === "requests" || resources.requests[name] === undefined);
  const read = (kind: keyof Resources) =>
    Object.entries(resources[kind]).map(([name, value]) => {
      const path = `args.resources.${kind}.${name}`;
      return [
        name,
        requested(kind, name) ? checks.input(path, value, notZero(name)) : value,
      ] as const;
    });
  return {
    requests: Object.fromEntries(read("requests")),
    limits: Object.fromEntries(read("limits")),
  };
}

/** The spec of the autoscaler for the Deployment of this name. */
export function autoscalerSpec(
  name: string,
  { behavior, maxReplicas, metrics, minReplicas, percentages }: Autoscaling,
): autoscaling.v2.HorizontalPodAutoscalerSpec {
  return {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
    minReplicas,
    maxReplicas,
    metrics: [
      ...Object.entries(percentages).map(([resource, averageUtilization]) => ({
        type: "Resource",
        resource: { name: resource, target: { type: "Utilization", averageUtilization } },
      })),
      ...metrics,
    ],
    ...withoutEmpty({ behavior }),
  };
}

function readRange(checks: Checks, path: string, { maxReplicas, minReplicas }: AutoscalingArgs) {
  const least = checks.plain(`${path}.minReplicas`, minReplicas, inRange);
  const notLess: Rule = (most) =>
    inRange(least) === undefined && Number(most) < least
      ? `must be at least ${path}.minReplicas, which is ${least}`
      : undefined;
  const most = checks.plain(
    `${path}.maxReplicas`,
    maxReplicas,
    (value) => inRange(value) ?? notLess(value),
  );
  return { minReplicas: least, maxReplicas: most };
}

function readPercentages(checks: Checks, path: string, given: AutoscalingArgs) {
  const read = (field: "cpuAverageUtilizationPercent" | "memoryAverageUtilizationPercent") =>
    given[field] === undefined
      ? undefined
      : checks.plain(`${path}.${field}`, given[field], inRange);
  const cpu = read("cpuAverageUtilizationPercent");
  const memory = read("memoryAverageUtilizationPercent");
  const others = memory !== undefined || (given.metrics ?? []).length > 0;
  return withoutEmpty({ cpu: cpu ?? (others ? undefined : CPU_PERCENT), memory });
}

/** An invalid quantity is reported elsewhere. */
function notZero(resource: string): Rule {
  return (value) =>
    typeof value === "string" && Number.parseFloat(value) === 0
      ? `must be more than 0, args.autoscaling keeps to a percentage of the ${resource} request`
      : undefined;
}
