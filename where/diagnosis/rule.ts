import type { Pod } from "../state/cluster-state.ts";
import type { Certainty, Link, ObjectRef } from "./diagnosis.ts";
import type { View } from "./view.ts";

/** What a rule has found. */
export interface Found {
  /** What is wrong, in one sentence without a full stop. */
  readonly sentence: string;
  /** What to do, in one sentence without a full stop. */
  readonly fix: string;
  /** What it is about. */
  readonly about: readonly ObjectRef[];
  /**
   * How sure it is.
   *
   * @default "broken"
   */
  readonly certainty?: Certainty;
}

/** One cause for which a call does not arrive, as the guide tells it. */
export interface Cause {
  /** The stable identifier. */
  readonly cause: string;
  /** The link that it breaks. */
  readonly link: Link;
  /** What happens, for the guide: one or two sentences. */
  readonly means: string;
  /** Which objects and fields show it, for the guide. */
  readonly evidence: string;
  /** What to do, for the guide. */
  readonly remedy: string;
}

/** Looks for one cause. */
export interface Rule extends Cause {
  /** Looks at the Service as a whole. */
  readonly find: (view: View) => Found | undefined;
}

/** Looks for one cause in a Pod that is not ready. The first rule that explains a Pod is the only one. */
export interface PodRule extends Cause {
  /** What is wrong with the Pod. */
  readonly explain: (pod: Pod, view: View) => Explanation | undefined;
}

/** What is wrong with a Pod, without its name. */
export interface Explanation {
  /** What is wrong, as the end of a sentence that begins with the name of the Pod. */
  readonly sentence: string;
  /** What to do, in one sentence without a full stop. */
  readonly fix: string;
}
