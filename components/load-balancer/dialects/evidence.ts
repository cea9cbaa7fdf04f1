import type { Evidence } from "../../readiness/controller/evidence.ts";

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
