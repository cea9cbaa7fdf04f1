import type { Asked, ClusterState, NotSeen } from "../../../../where/state/cluster-state.ts";
import { healthyState } from "./healthy-state.ts";

/** What differs from the healthy state: values by path, such as `pods.*.status.phase`; `undefined` removes. */
export type Changes = Readonly<Record<string, unknown>>;

/** A state and what a diagnosis must make of it. */
export interface Case {
  /** What is special, in a few words. */
  readonly title: string;
  /** What differs from the healthy state, in `objects`. */
  readonly set: Changes;
  /** What differs in the question. */
  readonly asked?: Partial<Asked>;
  /** What could not be read. */
  readonly notSeen?: readonly NotSeen[];
  /** What does not exist. */
  readonly missing?: ClusterState["missing"];
}

/** A case with the cause of its first finding. */
export interface BrokenCase extends Case {
  readonly cause: string;
}

/** The state of a case. */
export function stateOf({ asked, missing, notSeen, set }: Case): ClusterState {
  const state = healthyState();
  for (const [path, value] of Object.entries(set)) change(state.objects, path.split("."), value);
  return {
    ...state,
    asked: { ...state.asked, ...asked },
    missing: missing ?? [],
    notSeen: notSeen ?? [],
  };
}

/** Sets a value at a path; `*` stands for every item of a list. */
function change(target: unknown, [field = "", ...rest]: readonly string[], value: unknown): void {
  const owner = target as Record<string, unknown>;
  for (const key of field === "*" ? Object.keys(owner) : [field]) {
    if (rest.length > 0) {
      owner[key] ??= /^(\*|\d+)$/.test(rest[0] ?? "") ? [] : {};
      change(owner[key], rest, value);
    } else if (value === undefined) delete owner[key];
    else owner[key] = structuredClone(value);
  }
}
