import type { Cause, PodRule, Rule } from "../rule.ts";
import { balancerRules } from "./balancer-settings.ts";
import { endpointRules } from "./endpoints.ts";
import { entryRules } from "./entries.ts";
import { pendingRules } from "./load-balancers.ts";
import { nameRules } from "./names.ts";
import { nodeRules } from "./nodes.ts";
import { notReadyRules } from "./pods-not-ready.ts";
import { notRunningRules } from "./pods-not-running.ts";
import { policyRules } from "./policies.ts";
import { lastRule, notSeenRule, remainderRules } from "./remainders.ts";
import { selectorRules } from "./selectors.ts";
import { portRules } from "./service-ports.ts";
import { workloadRules } from "./workloads.ts";

/** The rules on a Service as a whole, in the order in which a call passes what they look at. */
export const RULES: readonly Rule[] = [
  ...nameRules,
  ...balancerRules,
  ...pendingRules,
  ...entryRules,
  ...nodeRules,
  ...portRules,
  ...selectorRules,
  ...endpointRules,
  ...remainderRules,
  ...workloadRules,
  ...policyRules,
];

/** The rules on one Pod; the first that explains a Pod is the only one. */
export const POD_RULES: readonly PodRule[] = [...notRunningRules, ...notReadyRules];

/** Every cause that a diagnosis can name. */
export const CAUSES: readonly Cause[] = [...RULES, ...POD_RULES, lastRule, notSeenRule([])];
