import type { core } from "@pulumi/kubernetes/types/input.js";
import * as pulumi from "@pulumi/pulumi";
import { type Checks, isDeferred } from "../validation/checks.ts";
import { quantity } from "../validation/rules.ts";
import { bytesText, compareQuantities, parseQuantity, sumOf } from "./quantity.ts";
import type { Resources, ResourcesArgs } from "./resources.ts";
import type { MountedVolume } from "./volumes.ts";

const NAME = "ephemeral-storage";

/** What the default limit leaves for logs and for what a container writes outside of its directories. */
const OUTSIDE = "192Mi";

/**
 * Lets the limit of ephemeral storage cover the Pod's empty directories, which count towards it: the kubelet evicts a
 * Pod that uses more than the limits of its containers together. A default limit grows by the directories; a stated one
 * that is smaller is reported.
 *
 * @see https://kubernetes.io/docs/concepts/storage/ephemeral-storage/#how-pods-with-ephemeral-storage-limits-run
 */
export function coverDirectories(
  checks: Checks,
  stated: ResourcesArgs | undefined,
  resources: Resources,
  volumes: readonly MountedVolume[],
  initContainers: readonly core.v1.Container[],
): Resources {
  const limit = resources.limits[NAME];
  const directories = volumes.flatMap(({ volume }) => sizeOnDisk(volume) ?? []);
  if (limit === undefined) return resources;
  const isDefault = stated?.limits?.[NAME] === undefined;
  const covering = isDefault
    ? whenKnown(directories, (sizes) => totalOf([...sizes, OUTSIDE]) ?? String(limit))
    : checkLimit(checks, limit, directories, sidecarLimits(initContainers));
  return { ...resources, limits: { ...resources.limits, [NAME]: covering } };
}

/** The limit, checked together with the directories and the limits of sidecars: deferred if any of them is. */
function checkLimit(
  checks: Checks,
  limit: pulumi.Input<string>,
  directories: readonly pulumi.Input<string>[],
  sidecars: readonly pulumi.Input<string>[],
): pulumi.Input<string> {
  const all = [limit, ...sidecars, ...directories];
  const values: pulumi.Input<readonly string[]> = all.some(isDeferred)
    ? pulumi.all(all)
    : (all as readonly string[]);
  const judged = checks.gate(values, (known) => {
    const [own, ...others] = known as readonly string[];
    const most = totalOf([own, ...others.slice(0, sidecars.length)]);
    const least = totalOf(others.slice(sidecars.length));
    // A value that is not a quantity has already been reported.
    if (most === undefined || least === undefined || !isLess(most, least)) return [];
    const must = `must be at least ${least}, which the Pod's directories may hold (emptyDirSizeLimit, and 64Mi at /tmp): a Pod that uses more than its limit is evicted`;
    return [{ path: `args.resources.limits.${NAME}`, value: own, must }];
  });
  return isDeferred(judged) ? pulumi.output(judged).apply(([own = ""]) => own) : limit;
}

function sizeOnDisk({ emptyDir }: core.v1.Volume): pulumi.Input<string> | undefined {
  const { medium, sizeLimit } = (emptyDir ?? {}) as core.v1.EmptyDirVolumeSource;
  return medium === "Memory" ? undefined : (sizeLimit as pulumi.Input<string> | undefined);
}

/** A sidecar runs beside the container; other init containers have ended by then. */
function sidecarLimits(containers: readonly core.v1.Container[]): pulumi.Input<string>[] {
  return containers
    .filter(({ restartPolicy }) => restartPolicy === "Always")
    .flatMap(
      ({ resources }) => (resources as Partial<Resources> | undefined)?.limits?.[NAME] ?? [],
    );
}

/** The sum of sizes; undefined if one of them is not a quantity. */
function totalOf(sizes: readonly unknown[]): string | undefined {
  return sizes.some((size) => quantity(size) !== undefined)
    ? undefined
    : bytesText(sumOf(sizes.map((size) => parseQuantity(String(size)))));
}

const isLess = (one: string, other: string): boolean =>
  compareQuantities(parseQuantity(one), parseQuantity(other)) < 0;

function whenKnown(
  values: readonly pulumi.Input<string>[],
  use: (known: readonly string[]) => string,
): pulumi.Input<string> {
  return values.some(isDeferred)
    ? pulumi.all([...values]).apply(use)
    : use(values as readonly string[]);
}
