import type * as pulumi from "@pulumi/pulumi";

/**
 * Who may mount a claim at the same time.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
 */
export const AccessMode = {
  /** The Pods of one node. */
  ReadWriteOnce: "ReadWriteOnce",
  /** The Pods of all nodes, for reading. */
  ReadOnlyMany: "ReadOnlyMany",
  /** The Pods of all nodes. */
  ReadWriteMany: "ReadWriteMany",
} as const;
/** Who may mount a claim at the same time. */
export type AccessMode = (typeof AccessMode)[keyof typeof AccessMode];

/** Where an empty directory is stored. */
export const EmptyDirMedium = {
  /** On the node's disk. */
  Disk: "",
  /** In memory; it counts towards the memory limit of the container that writes. */
  Memory: "Memory",
} as const;
/** Where an empty directory is stored. */
export type EmptyDirMedium = (typeof EmptyDirMedium)[keyof typeof EmptyDirMedium];

/** A key of a ConfigMap or Secret that becomes a file. */
export interface VolumeItemArgs {
  /** The key. */
  readonly key: pulumi.Input<string>;
  /** The path of the file in the volume, relative, without `..`. */
  readonly path: pulumi.Input<string>;
  /**
   * The file's permission bits, from 0 to 0o777.
   *
   * @default - the volume's `defaultMode`
   */
  readonly mode?: pulumi.Input<number>;
}

/** Another path at which a volume is mounted. */
export interface VolumeMountArgs {
  /** The absolute path. */
  readonly mountPath: string;
  /**
   * The file or directory of the volume that is mounted, as in the volume's own `subPath`.
   *
   * @default - the whole volume
   */
  readonly subPath?: pulumi.Input<string>;
}

/**
 * Files that the container finds under a path: exactly one of `configMapName`, `secretName`,
 * `persistentVolumeClaimName` and `emptyDirSizeLimit`. Changes to a ConfigMap or Secret reach the files within minutes,
 * without a new Pod.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export interface VolumeArgs {
  /** The volume's name in the Pod. `tmp` is reserved, unless the path is `/tmp`. */
  readonly name: string;
  /** The absolute path of the files. A volume at `/tmp` replaces the Backend's own directory. */
  readonly mountPath: string;
  /**
   * The file or directory of the volume that is mounted, relative, without `..`. With the name of a file, `mountPath` is
   * the path of that file, and what the image has beside it stays. Changes to a ConfigMap or Secret do not reach it
   * before the Pod is replaced.
   *
   * @default - the whole volume
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath
   */
  readonly subPath?: pulumi.Input<string>;
  /**
   * Other paths at which the volume is mounted too.
   *
   * @default - none
   */
  readonly mounts?: VolumeMountArgs[];
  /**
   * The keys of a ConfigMap or Secret that become files.
   *
   * @default - every key, as a file of its name
   */
  readonly items?: VolumeItemArgs[];
  /**
   * The permission bits of a ConfigMap's or Secret's files, from 0 to 0o777.
   *
   * @default - 0o644, the API server's own default
   */
  readonly defaultMode?: pulumi.Input<number>;
  /**
   * The name of an existing ConfigMap, whose keys are the files.
   *
   * @default - another source is used
   */
  readonly configMapName?: pulumi.Input<string>;
  /**
   * The name of an existing Secret, whose keys are the files.
   *
   * @default - another source is used
   */
  readonly secretName?: pulumi.Input<string>;
  /**
   * The name of an existing PersistentVolumeClaim. With one, a rollout stops the old Pods before it starts new ones,
   * unless `accessMode` says that Pods of several nodes may mount it: most disks are attached to one node at a time.
   *
   * @default - another source is used
   */
  readonly persistentVolumeClaimName?: pulumi.Input<string>;
  /**
   * Who may mount the claim at the same time: one of the claim's own access modes.
   *
   * @default AccessMode.ReadWriteOnce
   */
  readonly accessMode?: AccessMode;
  /**
   * The maximum size of an empty directory that exists as long as the Pod, as a quantity. A Pod that exceeds it is
   * evicted.
   *
   * @default - another source is used
   */
  readonly emptyDirSizeLimit?: pulumi.Input<string>;
  /**
   * Where the empty directory is stored.
   *
   * @default EmptyDirMedium.Disk
   */
  readonly emptyDirMedium?: EmptyDirMedium;
  /**
   * Whether a claim is mounted read-only; ConfigMaps and Secrets always are.
   *
   * @default - false; true with `AccessMode.ReadOnlyMany`
   */
  readonly readOnly?: boolean;
}

/** The files of the container. */
export interface VolumesArgs {
  /**
   * Volumes with files. The image itself is read-only.
   *
   * @default - an empty directory of 64Mi at `/tmp`
   */
  readonly volumes?: VolumeArgs[];
}
