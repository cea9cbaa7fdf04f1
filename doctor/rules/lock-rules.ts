import { LockState } from "../collect/locks.ts";
import type { Facts } from "../facts.ts";
import { type Finding, Severity } from "../finding.ts";

/** Locks, which let only one update work on a stack at a time. */
export function lockFindings({ locks, stack }: Facts): readonly Finding[] {
  return locks.map(({ holder, path, state }) => {
    switch (state) {
      case LockState.Stale:
        return {
          rule: "stale-lock",
          severity: Severity.Problem,
          message: `Stack "${stack}" is locked by ${holder}, which has ended`,
          cure: "Remove the lock; pulumi cancel would remove all locks of the stack",
          fix: { removes: path },
        };
      case LockState.Held:
        return {
          rule: "update-running",
          severity: Severity.Note,
          message: `Stack "${stack}" is locked by ${holder}, which is at work`,
          cure: "Wait until it ends; nothing is changed meanwhile",
        };
      default:
        return {
          rule: "lock-of-another-machine",
          severity: Severity.Problem,
          message: `Stack "${stack}" is locked by ${holder}`,
          cure: `Ask there whether the update still runs; if it does not, run pulumi cancel --stack ${stack}`,
        };
    }
  });
}
