import fc from "fast-check";
import {
  AccessMode,
  type AutoscalingArgs,
  type BackendArgs,
  type DisruptionBudgetArgs,
  type ResourcesArgs,
  type VolumeArgs,
} from "../../../../components/index.ts";
import { behavior } from "./autoscaling.ts";
import { fields, never } from "./fields.ts";
import { count, whole } from "./numbers.ts";

type Scale = Pick<BackendArgs, "autoscaling" | "externalAutoscaler" | "replicas">;
type Range = Pick<AutoscalingArgs, "maxReplicas" | "minReplicas">;
type Percentages = Pick<
  AutoscalingArgs,
  "cpuAverageUtilizationPercent" | "memoryAverageUtilizationPercent"
>;

const range: fc.Arbitrary<Range> = fc.tuple(count(1), count(1)).map(([one, other]) => ({
  minReplicas: Math.min(one, other),
  maxReplicas: Math.max(one, other),
}));

const percent = count(1);

/** How many Pods a Backend with these volumes and resources has. */
export function scale({ resources, volumes = [] }: BackendArgs): fc.Arbitrary<Scale> {
  const fixed = fields<Scale>(
    {},
    { replicas: count(0), autoscaling: never, externalAutoscaler: fc.boolean() },
  );
  const measured = percentages(resources);
  const claimed = volumes.some(isExclusive);
  if (claimed || measured === undefined) return fixed;
  const scaled = fc
    .tuple(range, measured, behavior)
    .map((parts): Scale => ({ autoscaling: Object.assign({}, ...parts) }));
  return fc.oneof(fixed, { weight: 2, arbitrary: scaled });
}

/** The most Pods there are of such a Backend. */
export function mostPods(args: BackendArgs): number {
  const { autoscaling, externalAutoscaler, replicas, volumes = [] } = args;
  if (externalAutoscaler) return Number.POSITIVE_INFINITY;
  const claimed = volumes.some(isExclusive);
  return autoscaling?.maxReplicas ?? replicas ?? (claimed ? 1 : 2);
}

/** How many Pods of such a Backend may be evicted at a time. */
export function disruptionBudget(args: BackendArgs): fc.Arbitrary<DisruptionBudgetArgs> {
  const fewest = args.autoscaling?.minReplicas ?? args.replicas ?? 2;
  const most = Math.floor((100 * (fewest - 1)) / fewest);
  const kept = mostPods(args) > 1 && fewest > 0 && !args.externalAutoscaler;
  return fc.oneof(
    fc.record({ minAvailable: kept ? whole(0, fewest - 1) : count(0) }),
    fc.record({ minAvailablePercent: whole(0, kept ? most : 99) }),
    fc.record({ maxUnavailable: count(1) }),
    fc.record({ maxUnavailablePercent: whole(1, 100) }),
  );
}

/** Percentages of what a container requests; nothing where it requests nothing that could be measured. */
function percentages(resources: ResourcesArgs = {}): fc.Arbitrary<Percentages> | undefined {
  const memoryAverageUtilizationPercent = isRequested(resources, "memory") ? percent : never;
  if (isRequested(resources, "cpu")) {
    return fields<Percentages>(
      {},
      { cpuAverageUtilizationPercent: percent, memoryAverageUtilizationPercent },
    );
  }
  // Without any percentage it would be that of the CPU.
  return memoryAverageUtilizationPercent === never
    ? undefined
    : fc.record({ memoryAverageUtilizationPercent });
}

/** Whether there is a request above zero; one that is not stated is the limit, or the default. */
function isRequested({ limits = {}, requests = {} }: ResourcesArgs, name: string): boolean {
  const amount = requests[name] ?? limits[name];
  return amount === undefined || Number.parseFloat(String(amount)) > 0;
}

/** Whether a volume is a claim that the Pods of one node mount at a time. */
export function isExclusive({ accessMode, persistentVolumeClaimName }: VolumeArgs): boolean {
  const { ReadWriteOnce } = AccessMode;
  return persistentVolumeClaimName !== undefined && (accessMode ?? ReadWriteOnce) === ReadWriteOnce;
}
