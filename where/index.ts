/**
 * Where is my Pod? The command `where-is-my-pod` reads a cluster and calls these functions.
 *
 * @module where
 */
export { reportOn } from "./commands/answer.ts";
export type { Difference } from "./declared/compare.ts";
export { diagnose } from "./diagnosis/diagnose.ts";
export {
  Certainty,
  type Diagnosis,
  type Finding,
  Health,
  Link,
  type ObjectRef,
} from "./diagnosis/diagnosis.ts";
export { type Answer, ExitCode, type Report } from "./report.ts";
export type { Asked, Caller, CallerPod } from "./state/cluster-state.ts";
export { readState } from "./state/read-state.ts";
