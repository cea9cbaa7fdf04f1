/**
 * Changes to the Backend's objects, for whatever has no argument. Each has the shape of its object, such as
 * `{ spec: { revisionHistoryLimit: 3 } }`: objects are merged by field, the items of lists by what Kubernetes knows them by
 * (a mount by its `mountPath`, a container by its `name`), other lists are replaced, and `null` removes a field. Names, selectors and ports stay: they connect the objects.
 */
export interface PatchesArgs {
  /**
   * Changes to the Deployment.
   *
   * @default - none
   */
  // biome-ignore lint/suspicious/noExplicitAny: a part of any object
  readonly deployment?: any;
  /**
   * Changes to the ClusterIP Service.
   *
   * @default - none
   */
  // biome-ignore lint/suspicious/noExplicitAny: a part of any object
  readonly service?: any;
  /**
   * Changes to the ServiceAccount.
   *
   * @default - none
   */
  // biome-ignore lint/suspicious/noExplicitAny: a part of any object
  readonly serviceAccount?: any;
  /**
   * Changes to the Secret of `secretEnv`.
   *
   * @default - none
   */
  // biome-ignore lint/suspicious/noExplicitAny: a part of any object
  readonly secret?: any;
  /**
   * Changes to the NetworkPolicy, such as its rules. Its types stay: `closeEgress` adds the one for egress.
   *
   * @default - none
   */
  // biome-ignore lint/suspicious/noExplicitAny: a part of any object
  readonly networkPolicy?: any;
  /**
   * Changes to the PodDisruptionBudget.
   *
   * @default - none
   */
  // biome-ignore lint/suspicious/noExplicitAny: a part of any object
  readonly podDisruptionBudget?: any;
  /**
   * Changes to the HorizontalPodAutoscaler, such as its `behavior`.
   *
   * @default - none
   */
  // biome-ignore lint/suspicious/noExplicitAny: a part of any object
  readonly horizontalPodAutoscaler?: any;
}

/**
 * Changes to the Service of an entrance, for whatever has no argument, merged as a Backend's are. Its name, type,
 * selector and ports stay, and so does whatever decides who can reach it.
 */
export interface ServicePatchesArgs {
  /**
   * Changes to the Service.
   *
   * @default - none
   */
  // biome-ignore lint/suspicious/noExplicitAny: a part of any object
  readonly service?: any;
}
