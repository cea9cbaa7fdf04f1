import type { core } from "@pulumi/kubernetes/types/input.js";
import * as pulumi from "@pulumi/pulumi";
import { type Checks, isDeferred } from "../validation/checks.ts";
import { bytesText, compareQuantities, parseQuantity, sumOf } from "../validation/quantity.ts";
import { quantity } from "../validation/rules.ts";
import type { Resources, ResourcesArgs } from "./resources.ts";
import { EmptyDirMedium } from "./volume-args.ts";
import type { MountedVolume } from "./volumes.ts";

/** A resource that empty directories use up too. */
interface Counted {
  readonly name: "ephemeral-storage" | "memory";
  readonly medium: EmptyDirMedium;
  /** What the default limit leaves for everything else. */
  readonly besides: string;
  /** Whether the limits of sidecars count too. */
  readonly ofPod: boolean;
  readonly why: string;
}

/**
 * @see https://kubernetes.io/docs/concepts/storage/ephemeral-storage/#how-pods-with-ephemeral-storage-limits-run
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
 */
const COUNTED: readonly Counted[] = [
  {
    name: "ephemeral-storage",
    medium: EmptyDirMedium.Disk,
    besides: "192Mi",
    ofPod: true,
    why: "which the Pod's directories may hold (emptyDirSizeLimit, and 64Mi at /tmp): a Pod that uses more than its limit is evicted",
  },
  {
    name: "memory",
    medium: EmptyDirMedium.Memory,
    besides: "256Mi",
    ofPod: false,
    why: "which the directories in memory may hold: a container that uses more than its limit is killed",
  },
];

/** The containers' limits, and the volumes that count towards them. */
interface Pod {
  readonly stated: ResourcesArgs | undefined;
  readonly volumes: readonly MountedVolume[];
  readonly initContainers: readonly core.v1.Container[];
}

/**
 * Lets the limits cover the empty directories, which count towards them. A default limit grows by the directories; a
 * stated one that is smaller is reported.
 */
export function coverDirectories(checks: Checks, resources: Resources, pod: Pod): Resources {
  const covered = COUNTED.flatMap((counted) => {
    const { name } = counted;
    const limit = resources.limits[name];
    const sizes = pod.volumes.flatMap(({ volume }) => sizeOn(counted.medium, volume) ?? []);
    if (limit === undefined || sizes.length === 0) return [];
    if (pod.stated?.limits?.[name] !== undefined) {
      return [[name, checkLimit(checks, counted, limit, sizes, pod)] as const];
    }
    const covering = whenKnown(sizes, (known) => totalOf([...known, counted.besides]));
    return [[name, covering] as const];
  });
  return { ...resources, limits: { ...resources.limits, ...Object.fromEntries(covered) } };
}

/** The limit, checked together with the directories and the limits of sidecars: deferred if any of them is. */
function checkLimit(
  checks: Checks,
  { name, ofPod, why }: Counted,
  limit: pulumi.Input<string>,
  directories: readonly pulumi.Input<string>[],
  { initContainers }: Pod,
): pulumi.Input<string> {
  const sidecars = ofPod ? sidecarLimits(name, initContainers) : [];
  return checks.together(limit, [...sidecars, ...directories], (known, others) => {
    // A value that is not a quantity has already been reported.
    if ([known, ...others].some((it) => quantity(it) !== undefined)) return [];
    const [own, ...sizes] = [known, ...others].map(String);
    const most = totalOf([own ?? "", ...sizes.slice(0, sidecars.length)]);
    const least = totalOf(sizes.slice(sidecars.length));
    const must = `must be at least ${least}, ${why}`;
    return compareQuantities(parseQuantity(most), parseQuantity(least)) >= 0
      ? []
      : [{ path: `args.resources.limits.${name}`, value: own, must }];
  });
}

function sizeOn(medium: EmptyDirMedium, { emptyDir }: core.v1.Volume) {
  const { medium: own = EmptyDirMedium.Disk, sizeLimit } = (emptyDir ??
    {}) as core.v1.EmptyDirVolumeSource;
  return own === medium ? (sizeLimit as pulumi.Input<string> | undefined) : undefined;
}

/** A sidecar runs beside the container; other init containers have ended by then. */
function sidecarLimits(
  name: Counted["name"],
  containers: readonly core.v1.Container[],
): pulumi.Input<string>[] {
  return containers
    .filter(({ restartPolicy }) => restartPolicy === "Always")
    .flatMap(
      ({ resources }) => (resources as Partial<Resources> | undefined)?.limits?.[name] ?? [],
    );
}

/** The sum of sizes. One that is not a quantity has been reported, and counts nothing. */
function totalOf(sizes: readonly string[]): string {
  const known = sizes.filter((size) => quantity(size) === undefined);
  return bytesText(sumOf(known.map(parseQuantity)));
}

function whenKnown(
  values: readonly pulumi.Input<string>[],
  use: (known: readonly string[]) => string,
): pulumi.Input<string> {
  return values.some(isDeferred)
    ? pulumi.all([...values]).apply(use)
    : use(values as readonly string[]);
}
