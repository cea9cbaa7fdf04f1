/** An existing Service that the component takes over without replacing it. */
export interface AdoptServiceArgs {
  /**
   * The URN of the Service in the stack's state, as `pulumi stack --show-urns` prints it. After `pulumi import`, state
   * its cluster IP in `patches.service`: the import records it as if the program had chosen it.
   *
   * @default - the Service is created
   */
  readonly serviceUrn?: string;
}

/** An existing Deployment and an existing Service that a Backend takes over without replacing them. */
export interface AdoptArgs extends AdoptServiceArgs {
  /**
   * The URN of the Deployment in the stack's state, as `pulumi stack --show-urns` prints it. The Deployment must be
   * named after the component and select only on `app`, because neither can be changed later.
   *
   * @default - the Deployment is created
   */
  readonly deploymentUrn?: string;
}
