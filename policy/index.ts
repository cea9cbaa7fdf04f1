/**
 * Rules about Kubernetes objects of any origin, as pure functions. `pulumi-kubernetes-services/policy/pack` makes a
 * Pulumi policy pack of them.
 *
 * @module policy
 */
export {
  type AdmissionObject,
  type AdmissionSettings,
  admissionPolicies,
  admissionRules,
} from "./admission/policies.ts";
export { UNKNOWN_VALUE } from "./guard.ts";
export { judgeManifests, type PolicySettings, type PolicyViolation, policyRules } from "./judge.ts";
export { type PolicyContext, PolicyLevel, type PolicyRule } from "./rule.ts";
