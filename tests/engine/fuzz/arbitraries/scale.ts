import fc from "fast-check";
import {
  AccessMode,
  type AutoscalingArgs,
  type BackendArgs,
  type ResourcesArgs,
  type VolumeArgs,
} from "../../../../components/index.ts";
import { fields, never } from "./fields.ts";
import { count } from "./numbers.ts";

type Scale = Pick<BackendArgs, "autoscaling" | "replicas">;
type Range = Pick<AutoscalingArgs, "maxReplicas" | "minReplicas">;
type Percentages = Omit<AutoscalingArgs, keyof Range>;

const range: fc.Arbitrary<Range> = fc.tuple(count(1), count(1)).map(([one, other]) => ({
  minReplicas: Math.min(one, other),
  maxReplicas: Math.max(one, other),
}));

const percent = count(1);

/** How many Pods a Backend with these volumes and resources has. */
export function scale({ resources, volumes = [] }: BackendArgs): fc.Arbitrary<Scale> {
  const fixed = fields<Scale>({}, { replicas: count(0), autoscaling: never });
  const measured = percentages(resources);
  const claimed = volumes.some(isExclusive);
  if (claimed || measured === undefined) return fixed;
  const scaled = fc
    .tuple(range, measured)
    .map(([one, other]) => ({ autoscaling: { ...one, ...other } }));
  return fc.oneof(fixed, scaled);
}

/** The most Pods there are of such a Backend. */
export function mostPods({ autoscaling, replicas, volumes = [] }: BackendArgs): number {
  const claimed = volumes.some(isExclusive);
  return autoscaling?.maxReplicas ?? replicas ?? (claimed ? 1 : 2);
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
