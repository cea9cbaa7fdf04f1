import { describeManifest, type Manifest } from "../testing/manifest.ts";
import { guarded, UnknownValueRead } from "./guard.ts";
import type { PolicyLevel, PolicyRule } from "./rule.ts";
import { patternSource } from "./rules/patterns.ts";
import { podRules } from "./rules/pod-rules.ts";
import { programRules } from "./rules/program-rules.ts";
import { serviceRules } from "./rules/service-rules.ts";

/** Every rule. */
export const policyRules: readonly PolicyRule[] = [...serviceRules, ...podRules, ...programRules];

/** The settings of the rules. */
export interface PolicySettings {
  /**
   * The objects that a rule accepts, by the rule's name: `Kind namespace/name`, with `*` for any characters.
   *
   * @default {}
   */
  readonly allowed?: Readonly<Record<string, readonly string[]>>;
}

/** An object that breaks a rule. */
export interface PolicyViolation {
  /** The rule. */
  readonly rule: string;
  /** How much it matters. */
  readonly level: PolicyLevel;
  /** The object, as `Kind namespace/name`. */
  readonly object: string;
  /** What is wrong and what to do about it. */
  readonly message: string;
}

/**
 * Judges Kubernetes objects of any origin. An unknown value that a rule reads is a violation of that rule, never a
 * pass.
 *
 * @param objects - all objects of a program, such as those of `renderManifests`
 * @param settings - what is accepted
 * @param rules - the rules; all, if there are none given
 */
export function judgeManifests(
  objects: readonly Manifest[],
  settings: PolicySettings = {},
  rules: readonly PolicyRule[] = policyRules,
): readonly PolicyViolation[] {
  const seen = objects.map((it) => guarded(it));
  return rules.flatMap((rule) => {
    const allowed = settings.allowed?.[rule.id] ?? [];
    return seen.flatMap((object) => violationsOf(rule, object, seen, allowed));
  });
}

/** The violations of one rule by one object. */
export function violationsOf(
  rule: PolicyRule,
  object: Manifest,
  objects: readonly Manifest[],
  allowed: readonly string[],
): readonly PolicyViolation[] {
  let place = object.kind;
  try {
    place = describeManifest(object);
    if (allowed.some((pattern) => new RegExp(patternSource(pattern)).test(place))) return [];
    const problems = rule.check(object, { objects, allowed });
    return problems.map((problem) => violation(rule, place, `${problem}; ${rule.fix}`));
  } catch (error) {
    const path = unknownPath(error);
    if (path === undefined) throw error;
    return [
      violation(rule, place, `cannot be judged, because ${path} is not known before the update`),
    ];
  }
}

/** The path of the unknown value that a rule has read: ours, or the one of Pulumi's own proxy. */
function unknownPath(error: unknown): string | undefined {
  if (error instanceof UnknownValueRead) return error.path;
  return error instanceof Error && error.constructor.name === "UnknownValueError"
    ? "a value that it reads"
    : undefined;
}

const violation = (
  { id, level }: PolicyRule,
  object: string,
  message: string,
): PolicyViolation => ({ rule: id, level, object, message });

/** Throws an error, which says what cannot be made, if there is no rule of one of these names. */
export function requireRules(what: string, names: readonly string[]): void {
  const known = policyRules.map(({ id }) => id);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new Error(
    `Cannot make ${what}: there is no rule ${unknown.join(", ")}, must be one of ${known.join(", ")}`,
  );
}
