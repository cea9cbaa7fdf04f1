import { LockState } from "./collect/locks.ts";
import type { Facts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { clusterFindings } from "./rules/cluster-rules.ts";
import { lockFindings } from "./rules/lock-rules.ts";
import { operationFindings } from "./rules/operation-rules.ts";
import { stateFindings } from "./rules/state-rules.ts";

/** What is wrong with a stack, in the order in which it is to be cured: locks, the state, interrupted operations, objects. */
export function diagnose(facts: Facts): readonly Finding[] {
  const findings = [
    ...lockFindings(facts),
    ...stateFindings(facts),
    ...operationFindings(facts),
    ...clusterFindings(facts),
  ];
  // While an update runs, the state is behind and changes under a cure.
  const isBusy = facts.locks.some(({ state }) => state !== LockState.Stale);
  return isBusy ? findings.map(({ fix: _, ...finding }) => finding) : findings;
}
