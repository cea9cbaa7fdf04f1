import type * as pulumi from "@pulumi/pulumi";

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
   * The name of an existing PersistentVolumeClaim. With one, a rollout stops the old Pods before it starts new ones:
   * most disks are attached to one node at a time.
   *
   * @default - another source is used
   */
  readonly persistentVolumeClaimName?: pulumi.Input<string>;
  /**
   * The maximum size of an empty directory that exists as long as the Pod, as a quantity. A Pod that exceeds it is
   * evicted.
   *
   * @default - another source is used
   */
  readonly emptyDirSizeLimit?: pulumi.Input<string>;
  /**
   * Whether a claim is mounted read-only; ConfigMaps and Secrets always are.
   *
   * @default false
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
