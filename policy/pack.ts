/**
 * A Pulumi policy pack of the rules of `pulumi-kubernetes-services/policy`. It needs `@pulumi/policy`.
 *
 * @module policy/pack
 */
import {
  type Policies,
  PolicyPack,
  type ReportViolation,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
} from "@pulumi/policy";
import type { Manifest } from "../testing/manifest.ts";
import { type PolicySettings, policyRules, requireRules, violationsOf } from "./judge.ts";
import type { PolicyLevel, PolicyRule } from "./rule.ts";

/** The settings of a policy pack. */
export interface PolicyPackSettings extends PolicySettings {
  /**
   * Other levels of rules, by name.
   *
   * @default {}
   */
  readonly levels?: Readonly<Record<string, PolicyLevel | "disabled">>;
}

/**
 * Makes the policy pack of the program that calls it: the `index.ts` beside a PulumiPolicy.yaml.
 *
 * @param name - the name of the pack
 * @param settings - what is accepted, and other levels
 * @throws Error if a setting names a rule that there is not
 */
export function createPolicyPack(name: string, settings: PolicyPackSettings = {}): PolicyPack {
  const { allowed = {}, levels = {} } = settings;
  requireRules(`policy pack "${name}"`, [...Object.keys(allowed), ...Object.keys(levels)]);
  const policies: Policies = policyRules.map((rule) => policyOf(rule, settings));
  return new PolicyPack(name, { policies });
}

function policyOf(
  rule: PolicyRule,
  { allowed = {}, levels = {} }: PolicyPackSettings,
): ResourceValidationPolicy | StackValidationPolicy {
  const common = {
    name: rule.id,
    description: rule.description,
    enforcementLevel: levels[rule.id] ?? rule.level,
    remediationSteps: rule.fix,
    url: rule.link,
  };
  const accepted = allowed[rule.id] ?? [];
  const judge: Judge = (object, objects, report, urn) => {
    for (const { message, object: place } of violationsOf(rule, object, objects, accepted)) {
      report(`${place} ${message}`, urn);
    }
  };
  return rule.needsAll ? ofStack(common, judge) : ofResource(common, judge);
}

type Common = Pick<ResourceValidationPolicy, "description" | "name">;
type Judge = (
  object: Manifest,
  objects: readonly Manifest[],
  report: ReportViolation,
  urn?: string,
) => void;

function ofResource(common: Common, judge: Judge): ResourceValidationPolicy {
  return {
    ...common,
    validateResource: ({ name, props, type }, report) => {
      const object = manifestOf(type, name, props);
      if (object !== undefined) judge(object, [object], report);
    },
  };
}

function ofStack(common: Common, judge: Judge): StackValidationPolicy {
  return {
    ...common,
    validateStack: ({ resources }, report) => {
      const found = resources.flatMap(({ name, props, type, urn }) => {
        const object = manifestOf(type, name, props);
        return object === undefined ? [] : [{ object, urn }];
      });
      const objects = found.map(({ object }) => object);
      for (const { object, urn } of found) judge(object, objects, report, urn);
    },
  };
}

/** A resource as the manifest that it is; undefined for anything but an object of a cluster. Nothing is read of it, because reading an unknown value throws. */
function manifestOf(
  type: string,
  name: string,
  props: Record<string, unknown>,
): Manifest | undefined {
  const { 1: group = "", 2: kind = "" } = /^kubernetes:([^:]+\/v[^:]+):([^:]+)$/.exec(type) ?? [];
  if (kind === "" || group.startsWith("helm.sh/")) return undefined;
  const header: Readonly<Record<string, unknown>> = {
    apiVersion: group.replace(/^core\//, ""),
    kind,
  };
  const read = (target: Record<string, unknown>, key: string): unknown =>
    header[key] ?? (key === "metadata" ? (target[key] ?? { name }) : target[key]);
  return new Proxy(props, {
    get: (target, key) => (typeof key === "string" ? read(target, key) : undefined),
  }) as unknown as Manifest;
}
