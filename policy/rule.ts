import type { Manifest } from "../testing/manifest.ts";

/** How much a violation matters, in the words of Pulumi's policies. */
export const PolicyLevel = {
  /** It stops the preview and the update. */
  Mandatory: "mandatory",
  /** It is reported. */
  Advisory: "advisory",
} as const;
/** How much a violation matters, in the words of Pulumi's policies. */
export type PolicyLevel = (typeof PolicyLevel)[keyof typeof PolicyLevel];

/** What a rule judges an object by. */
export interface PolicyContext {
  /** All objects of the program. */
  readonly objects: readonly Manifest[];
  /** The objects that the rule accepts, as `Kind namespace/name` with `*` for any characters. */
  readonly allowed: readonly string[];
}

/** A rule about Kubernetes objects of any origin. */
export interface PolicyRule {
  /** The name. */
  readonly id: string;
  /** How much a violation matters, unless a setting says otherwise. */
  readonly level: PolicyLevel;
  /** What the rule demands, in one sentence. */
  readonly description: string;
  /** What to do about a violation. */
  readonly fix: string;
  /** The page on which the rule stands. */
  readonly link: string;
  /** Whether it needs the other objects of the program. */
  readonly needsAll: boolean;
  /** What is wrong with an object; nothing where it is fine. */
  readonly check: (object: Manifest, context: PolicyContext) => readonly string[];
}

/** The single problem of an object, if there is one. */
export function when(wrong: boolean, problem: string): readonly string[] {
  return wrong ? [problem] : [];
}
