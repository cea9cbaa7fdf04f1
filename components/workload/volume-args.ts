import type * as pulumi from "@pulumi/pulumi";

/**
 * Files that the container finds under a path: exactly one of `configMapName`, `secretName`,
 * `persistentVolumeClaimName` and `emptyDirSizeLimit`. What others change in a ConfigMap or Secret arrives in the files
 * within minutes, without a new Pod.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export interface VolumeArgs {
  /** The volume's name in the Pod. `tmp` is taken, unless the path is `/tmp`. */
  readonly name: string;
  /** The absolute path of the files. At `/tmp` it takes the place of the Backend's own directory. */
  readonly mountPath: string;
  /**
   * The name of an existing ConfigMap, whose keys are the files.
   *
   * @default - the files come from elsewhere
   */
  readonly configMapName?: pulumi.Input<string>;
  /**
   * The name of an existing Secret, whose keys are the files.
   *
   * @default - the files come from elsewhere
   */
  readonly secretName?: pulumi.Input<string>;
  /**
   * The name of an existing PersistentVolumeClaim. With one, a rollout stops the old Pods before it starts new ones:
   * most disks are attached to one node at a time.
   *
   * @default - the files come from elsewhere
   */
  readonly persistentVolumeClaimName?: pulumi.Input<string>;
  /**
   * How large an empty directory that lives as long as the Pod may grow, as a quantity. A Pod that exceeds it is evicted.
   *
   * @default - the files come from elsewhere
   */
  readonly emptyDirSizeLimit?: pulumi.Input<string>;
  /**
   * Whether a claim's files are only read; those of a ConfigMap or Secret always are.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}

/** The files of the container. */
export interface VolumesArgs {
  /**
   * Files besides the image's, which itself cannot be written to.
   *
   * @default - an empty directory of 64Mi at `/tmp`
   */
  readonly volumes?: VolumeArgs[];
}
