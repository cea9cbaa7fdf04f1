/**
 * Changes to the Backend's objects, for settings that have no argument. Each has the shape of its object, such as `{
 * spec: { revisionHistoryLimit: 3 } }`. Objects are merged by field, and list items by their key (a mount by its
 * `mountPath`, a container by its `name`); other lists are replaced, and `null` removes a field. Names, selectors and
 * ports cannot be changed, because they connect the objects.
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
   * Changes to the headless Service beside it.
   *
   * @default - none
   */
  // biome-ignore lint/suspicious/noExplicitAny: a part of any object
  readonly headlessService?: any;
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
   * Changes to the NetworkPolicy, such as its rules. Its types cannot be changed; `closeEgress` adds the type for
   * egress.
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
 * Changes to the Service of a NodePortService or LoadBalancerService, for settings that have no argument, merged like a
 * Backend's patches. Its name, type, selector and ports cannot be changed, nor the fields that decide who can reach it.
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
