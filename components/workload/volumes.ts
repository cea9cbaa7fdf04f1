import type { core } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import { type Checks, isRecord, type Rule } from "../validation/checks.ts";
import {
  absolutePath,
  namespaceName,
  objectName,
  oneOf,
  quantity,
  trueOrFalse,
} from "../validation/rules.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import { checkFilePaths } from "./file-paths.ts";
import {
  AccessMode,
  EmptyDirMedium,
  type VolumeArgs,
  type VolumeMountArgs,
  type VolumesArgs,
} from "./volume-args.ts";
import { fileMode, pathInVolume, readItems } from "./volume-items.ts";

/** Where a container finds a volume. */
export interface Mount {
  readonly name: string;
  readonly mountPath: string;
  readonly subPath?: pulumi.Input<string>;
  readonly readOnly?: boolean;
}

/** A volume with its mounts. */
export interface MountedVolume {
  readonly volume: core.v1.Volume;
  readonly mounts: readonly Mount[];
  /** Whether it is a claim that the Pods of one node mount at a time. */
  readonly exclusive: boolean;
}

/** The directory in which programs expect to be able to write. */
export const TEMPORARY_PATH = "/tmp";

/** Space for temporary files under the read-only root; it counts towards the container's ephemeral storage. */
const TEMPORARY_FILES: MountedVolume = {
  volume: { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
  mounts: [{ name: "tmp", mountPath: TEMPORARY_PATH }],
  exclusive: false,
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
  const own = read.some(({ mounts }) =>
    mounts.some(({ mountPath }) => mountPath === TEMPORARY_PATH),
  );
  reportRepeatedNames(checks, read, own);
  reportRepeatedPaths(checks, read);
  return own ? read : [TEMPORARY_FILES, ...read];
}

/** Whether a claim is among the volumes. */
export function hasClaim(volumes: readonly MountedVolume[]): boolean {
  return volumes.some(({ volume }) => volume.persistentVolumeClaim !== undefined);
}

/** Whether a claim is among the volumes that the Pods of one node mount at a time. */
export function hasExclusiveClaim(volumes: readonly MountedVolume[]): boolean {
  return volumes.some(({ exclusive }) => exclusive);
}

function readVolume(checks: Checks, path: string, given: VolumeArgs): MountedVolume {
  const volume = checks.object(path, given);
  const stated = SOURCES.filter((source) => volume[source] !== undefined);
  if (isRecord(given) && stated.length !== 1) {
    const must = `must have exactly one of ${SOURCES.join(", ")}`;
    checks.report(path, stated.length === 0 ? given : stated.join(" and "), must);
  }
  const name = checks.plain(`${path}.name`, volume.name, namespaceName);
  checkFilePaths(checks, path, volume);
  const accessMode = readAccessMode(checks, path, volume);
  const readOnly = readReadOnly(checks, path, volume) || accessMode === AccessMode.ReadOnlyMany;
  const isClaim = volume.persistentVolumeClaimName !== undefined;
  return {
    volume: { name, ...readSource(checks, path, volume) },
    mounts: readMounts(checks, path, volume).map((mount) => ({
      name,
      ...mount,
      ...(readOnly ? { readOnly } : {}),
    })),
    exclusive: isClaim && accessMode === AccessMode.ReadWriteOnce,
  };
}

function readMounts(checks: Checks, path: string, volume: VolumeArgs): Omit<Mount, "name">[] {
  const read = (at: string, { mountPath, subPath }: VolumeMountArgs) => ({
    mountPath: checks.plain(`${at}.mountPath`, mountPath, mountPoint),
    ...(subPath === undefined
      ? {}
      : { subPath: checks.input(`${at}.subPath`, subPath, pathInVolume) }),
  });
  const others = checks.list(`${path}.mounts`, volume.mounts ?? [], 0, "mounts");
  return [
    read(path, volume),
    ...others.map((mount, index) => {
      const at = `${path}.mounts[${index}]`;
      return read(at, checks.object(at, mount));
    }),
  ];
}

function readSource(
  checks: Checks,
  path: string,
  volume: VolumeArgs,
): Omit<core.v1.Volume, "name"> {
  const { configMapName, persistentVolumeClaimName, secretName } = volume;
  const named = (field: (typeof SOURCES)[number], name: pulumi.Input<string>) =>
    checks.input(`${path}.${field}`, name, objectName);
  const files = readFiles(checks, path, volume);
  const emptyDir = readEmptyDir(checks, path, volume);
  if (configMapName !== undefined) {
    return { configMap: { name: named("configMapName", configMapName), ...files } };
  }
  if (secretName !== undefined) {
    return { secret: { secretName: named("secretName", secretName), ...files } };
  }
  if (persistentVolumeClaimName !== undefined) {
    const claimName = named("persistentVolumeClaimName", persistentVolumeClaimName);
    return { persistentVolumeClaim: { claimName } };
  }
  return emptyDir;
}

/** Which keys of a ConfigMap or Secret become files, and with which permissions. */
function readFiles(
  checks: Checks,
  path: string,
  { configMapName, defaultMode, items, secretName }: VolumeArgs,
): Pick<core.v1.ConfigMapVolumeSource, "defaultMode" | "items"> {
  if (configMapName === undefined && secretName === undefined) {
    for (const [field, value] of Object.entries({ defaultMode, items })) {
      if (value !== undefined) {
        checks.report(
          `${path}.${field}`,
          value,
          "must not be set: it is a ConfigMap's or Secret's",
        );
      }
    }
    return {};
  }
  return withoutEmpty({
    items: readItems(checks, `${path}.items`, items),
    defaultMode:
      defaultMode === undefined
        ? undefined
        : checks.input(`${path}.defaultMode`, defaultMode, fileMode),
  });
}

function readEmptyDir(
  checks: Checks,
  path: string,
  volume: VolumeArgs,
): Pick<core.v1.Volume, "emptyDir"> {
  const { emptyDirMedium: medium = EmptyDirMedium.Disk, emptyDirSizeLimit } = volume;
  checks.plain(`${path}.emptyDirMedium`, medium, oneOf(EmptyDirMedium));
  if (emptyDirSizeLimit === undefined) {
    if (volume.emptyDirMedium !== undefined) {
      checks.report(`${path}.emptyDirMedium`, medium, "must not be set without emptyDirSizeLimit");
    }
    return {};
  }
  const sizeLimit = checks.input(`${path}.emptyDirSizeLimit`, emptyDirSizeLimit, quantity);
  return { emptyDir: { sizeLimit, ...(medium === EmptyDirMedium.Disk ? {} : { medium }) } };
}

function readAccessMode(checks: Checks, path: string, volume: VolumeArgs): AccessMode {
  const { accessMode: mode = AccessMode.ReadWriteOnce, persistentVolumeClaimName } = volume;
  const right = oneOf(AccessMode);
  return checks.plain(`${path}.accessMode`, mode, (value) =>
    volume.accessMode !== undefined && persistentVolumeClaimName === undefined
      ? "must not be set: it is a claim's"
      : right(value),
  );
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

function reportRepeatedNames(
  checks: Checks,
  volumes: readonly MountedVolume[],
  ownTemporaryFiles: boolean,
): void {
  const names = volumes.map(({ volume }) => volume.name);
  names.forEach((name, index) => {
    const first = names.indexOf(name);
    const reserved = name === "tmp" && !ownTemporaryFiles;
    if (name === undefined || (first === index && !reserved)) return;
    const other = reserved ? "the volume at /tmp" : `args.volumes[${first}].name`;
    checks.report(`args.volumes[${index}].name`, name, `must differ from ${other}`);
  });
}

/** A path has one mount. */
function reportRepeatedPaths(checks: Checks, volumes: readonly MountedVolume[]): void {
  const known = new Map<string, string>();
  volumes.forEach(({ mounts }, index) => {
    mounts.forEach(({ mountPath }, number) => {
      const inner = number === 0 ? "" : `.mounts[${number - 1}]`;
      const path = `args.volumes[${index}]${inner}.mountPath`;
      const first = known.get(mountPath);
      if (first === undefined) known.set(mountPath, path);
      else if (mountPath !== undefined) {
        checks.report(path, mountPath, `must differ from ${first}`);
      }
    });
  });
}
