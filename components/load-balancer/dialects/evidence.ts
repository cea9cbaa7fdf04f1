import type { Evidence } from "../../readiness/controller/evidence.ts";

/**
 * The service controller that most clouds' controller managers share. Its events about changed nodes
 * (UpdatedLoadBalancer, UpdateLoadBalancerFailed) are ignored, because it does not sync the rest of the Service then.
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

/** A controller that assigns an address, and reports nothing if it has nothing to do. */
export const addressAlone: Evidence = {
  begun: [],
  accepted: [],
  refused: [],
  unfinished: [],
  answersEachChange: false,
};
