/** How a controller shows what became of a Service: by reasons of its events, and by the Service's address. */
export interface Evidence {
  /** What it says when it begins. Without one among what is said since a change, an acceptance is of something older. */
  readonly begun: readonly string[];
  /** What it says when it has carried out a Service. */
  readonly accepted: readonly string[];
  /** What it says when it refuses a Service, before it tries again. */
  readonly refused: readonly string[];
  /** What is in the message of such a refusal where the cloud is merely not done yet. */
  readonly unfinished: readonly string[];
  /** Whether it says one or the other after each change. Where not, an address and no refusal are all there is to see. */
  readonly answersEachChange: boolean;
}

/**
 * The service controller that most clouds' controller managers share. What it says of changed nodes (UpdatedLoadBalancer,
 * UpdateLoadBalancerFailed) is left out: it looks at nothing else of the Service then.
 *
 * @see https://github.com/kubernetes/cloud-provider/blob/master/controllers/service/controller.go (read at 0.37)
 */
export const cloudServiceController: Evidence = {
  begun: ["EnsuringLoadBalancer"],
  accepted: ["EnsuredLoadBalancer"],
  refused: ["SyncLoadBalancerFailed"],
  unfinished: [],
  answersEachChange: true,
};

/** A controller that gives an address, and has nothing to say where nothing has to be done. */
export const addressAlone: Evidence = {
  begun: [],
  accepted: [],
  refused: [],
  unfinished: [],
  answersEachChange: false,
};
