/** A Service that exists already and becomes the component's own, without being replaced. */
export interface AdoptServiceArgs {
  /**
   * The URN that the Service has in the stack's state, as `pulumi stack --show-urns` prints it. One that comes from `pulumi
   * import` needs its cluster IP in `patches.service`: the import records it as if the program had chosen it.
   *
   * @default - the Service is created
   */
  readonly serviceUrn?: string;
}

/** The Deployment and the Service that exist already and become a Backend's own, without being replaced. */
export interface AdoptArgs extends AdoptServiceArgs {
  /**
   * The URN that the Deployment has in the stack's state, as `pulumi stack --show-urns` prints it. Its name has to be the
   * component's and its selector `app` alone, for a Deployment can change neither.
   *
   * @default - the Deployment is created
   */
  readonly deploymentUrn?: string;
}
