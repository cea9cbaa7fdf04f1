import { WAIT_FOR } from "../../service/wait-for.ts";

/**
 * What the status of a complete rollout has, in RFC 9535. The provider looks at it only when the controller has seen the
 * last change. Its parser stops at a blank before a second `&&`.
 */
const COMPLETE = [
  "@.observedGeneration",
  "(@.replicas==$.spec.replicas||$.spec.replicas==0)",
  "@.updatedReplicas==@.replicas",
  "@.availableReplicas==@.replicas",
].join("&&");

/**
 * Makes `up` wait until a Deployment's rollout is complete: its controller has seen the last change, every Pod is new and
 * available, and no old one is left. By default the provider may read the status from before the change and find it
 * complete: if a previous template returns, or if several Deployments of a namespace change at once. With a condition it
 * ignores every status that is older than the change.
 */
export const untilRolledOut = {
  [WAIT_FOR]: JSON.stringify(["condition=Available", `jsonpath={$[?${COMPLETE}]}`]),
};
