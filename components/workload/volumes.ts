import type { core } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import { type Checks, isRecord, type Rule } from "../validation/checks.ts";
import {
  absolutePath,
  namespaceName,
  objectName,
  quantity,
  trueOrFalse,
} from "../validation/rules.ts";
import type { VolumeArgs, VolumesArgs } from "./volume-args.ts";

/** A volume with its mount. */
export interface MountedVolume {
  readonly volume: core.v1.Volume;
  readonly mount: {
    readonly name: string;
    readonly mountPath: string;
    readonly readOnly?: boolean;
  };
}

/** The directory in which programs expect to be able to write. */
export const TEMPORARY_PATH = "/tmp";

/** Space for temporary files under the read-only root; it counts towards the container's ephemeral storage. */
const TEMPORARY_FILES: MountedVolume = {
  volume: { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
  mount: { name: "tmp", mountPath: TEMPORARY_PATH },
};

const SOURCES = [
  "configMapName",
  "secretName",
  "persistentVolumeClaimName",
  "emptyDirSizeLimit",
] as const;

/** Nothing can be mounted over the image itself, and one path has one spelling. */
const mountPoint: Rule = (path) =>
  absolutePath(path) ??
  (String(path).endsWith("/") ? 'must not end with "/", such as /etc/my-backend' : undefined);

/** Reads the files of a Backend. */
export function readVolumes(checks: Checks, { volumes }: VolumesArgs): readonly MountedVolume[] {
  const read = checks
    .list("args.volumes", volumes ?? [], 0, "volumes")
    .map((given, index) => readVolume(checks, `args.volumes[${index}]`, given));
  const own = read.some(({ mount }) => mount.mountPath === TEMPORARY_PATH);
  const all = own ? read : [TEMPORARY_FILES, ...read];
  reportRepeated(checks, all, all.length - read.length, "name");
  reportRepeated(checks, all, all.length - read.length, "mountPath");
  return all;
}

/** Whether a claim is among the volumes: its disk may be attached to one node at a time. */
export function hasClaim(volumes: readonly MountedVolume[]): boolean {
  return volumes.some(({ volume }) => volume.persistentVolumeClaim !== undefined);
}

function readVolume(checks: Checks, path: string, given: VolumeArgs): MountedVolume {
  const volume = checks.object(path, given);
  const stated = SOURCES.filter((source) => volume[source] !== undefined);
  if (isRecord(given) && stated.length !== 1) {
    const must = `must have exactly one of ${SOURCES.join(", ")}`;
    checks.report(path, stated.length === 0 ? given : stated.join(" and "), must);
  }
  const name = checks.plain(`${path}.name`, volume.name, namespaceName);
  const mountPath = checks.plain(`${path}.mountPath`, volume.mountPath, mountPoint);
  const readOnly = readReadOnly(checks, path, volume);
  return {
    volume: { name, ...readSource(checks, path, volume) },
    mount: { name, mountPath, ...(readOnly ? { readOnly } : {}) },
  };
}

function readSource(
  checks: Checks,
  path: string,
  volume: VolumeArgs,
): Omit<core.v1.Volume, "name"> {
  const { configMapName, emptyDirSizeLimit, persistentVolumeClaimName, secretName } = volume;
  const named = (field: (typeof SOURCES)[number], name: pulumi.Input<string>) =>
    checks.input(`${path}.${field}`, name, objectName);
  if (configMapName !== undefined) {
    return { configMap: { name: named("configMapName", configMapName) } };
  }
  if (secretName !== undefined) {
    return { secret: { secretName: named("secretName", secretName) } };
  }
  if (persistentVolumeClaimName !== undefined) {
    const claimName = named("persistentVolumeClaimName", persistentVolumeClaimName);
    return { persistentVolumeClaim: { claimName } };
  }
  const sizePath = `${path}.emptyDirSizeLimit`;
  return emptyDirSizeLimit === undefined
    ? {}
    : { emptyDir: { sizeLimit: checks.input(sizePath, emptyDirSizeLimit, quantity) } };
}

function readReadOnly(checks: Checks, path: string, volume: VolumeArgs): boolean {
  const { persistentVolumeClaimName, readOnly = false } = volume;
  checks.plain(`${path}.readOnly`, readOnly, (value) =>
    volume.readOnly !== undefined && persistentVolumeClaimName === undefined
      ? "must not be set: it is a claim's"
      : trueOrFalse(value),
  );
  return volume.configMapName !== undefined || volume.secretName !== undefined || readOnly;
}

/** Reports every volume that collides with an earlier one; the first `ours` are not arguments. */
function reportRepeated(
  checks: Checks,
  all: readonly MountedVolume[],
  ours: number,
  key: "name" | "mountPath",
): void {
  all.forEach(({ mount }, index) => {
    const first = all.findIndex((other) => other.mount[key] === mount[key]);
    if (first < index && mount[key] !== undefined) {
      const other = first < ours ? "the volume at /tmp" : `args.volumes[${first - ours}].${key}`;
      checks.report(
        `args.volumes[${index - ours}].${key}`,
        mount[key],
        `must differ from ${other}`,
      );
    }
  });
}
