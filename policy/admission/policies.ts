import { type PolicySettings, policyRules, requireRules } from "../judge.ts";
import { PolicyLevel, type PolicyRule } from "../rule.ts";
import { patternSource } from "../rules/patterns.ts";
import { type AdmissionExpression, admissionExpressions } from "./expressions.ts";

/** The settings of admission policies. */
export interface AdmissionSettings extends PolicySettings {
  /**
   * Other levels of rules, by name.
   *
   * @default {}
   */
  readonly levels?: Readonly<Record<string, PolicyLevel | "disabled">>;
  /**
   * The namespaces in which nothing is checked.
   *
   * @default ["kube-node-lease", "kube-public", "kube-system"]
   */
  readonly exceptNamespaces?: readonly string[];
}

/** A ValidatingAdmissionPolicy or its binding, to be applied as it is. */
export interface AdmissionObject {
  /** The API group and version. */
  readonly apiVersion: "admissionregistration.k8s.io/v1";
  /** The kind. */
  readonly kind: "ValidatingAdmissionPolicy" | "ValidatingAdmissionPolicyBinding";
  /** The name. */
  readonly metadata: {
    /** The name of the object. */
    readonly name: string;
  };
  /** The other fields of the kind. */
  readonly spec: Readonly<Record<string, unknown>>;
}

const API = { apiVersion: "admissionregistration.k8s.io/v1" } as const;
const SYSTEM_NAMESPACES = ["kube-node-lease", "kube-public", "kube-system"];

/** The names of the rules that an API server can check by itself. */
export const admissionRules: readonly string[] = policyRules
  .map(({ id }) => id)
  .filter((id) => id in admissionExpressions);

/**
 * The rules that look at one object alone as ValidatingAdmissionPolicies, each with its binding: a second judge, of everything
 * that reaches the API server. A mandatory rule refuses an object, an advisory one warns.
 *
 * @param settings - what is accepted, other levels, and where nothing is checked
 * @throws Error if a setting names a rule that there is not
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export function admissionPolicies(settings: AdmissionSettings = {}): readonly AdmissionObject[] {
  const { allowed = {}, exceptNamespaces = SYSTEM_NAMESPACES, levels = {} } = settings;
  requireRules("admission policies", [...Object.keys(allowed), ...Object.keys(levels)]);
  return policyRules.flatMap((rule) => {
    const expression = admissionExpressions[rule.id];
    const level = levels[rule.id] ?? rule.level;
    if (expression === undefined || level === "disabled") return [];
    return [
      policyOf(rule, expression, allowed[rule.id] ?? []),
      bindingOf(rule, level, exceptNamespaces),
    ];
  });
}

const nameOf = ({ id }: PolicyRule): string => `${id}.pulumi-kubernetes-services`;

function policyOf(
  rule: PolicyRule,
  { expression, resources, variables = {} }: AdmissionExpression,
  allowed: readonly string[],
): AdmissionObject {
  const resourceRules = resources.map((it) => ({
    ...it,
    apiVersions: ["*"],
    operations: ["CREATE", "UPDATE"],
  }));
  const named = Object.entries(variables).map(([name, value]) => ({ name, expression: value }));
  return {
    ...API,
    kind: "ValidatingAdmissionPolicy",
    metadata: { name: nameOf(rule) },
    spec: {
      failurePolicy: "Fail",
      matchConstraints: { resourceRules },
      ...(allowed.length > 0 && {
        matchConditions: [{ name: "not-allowed", expression: notAllowed(allowed) }],
      }),
      ...(named.length > 0 && { variables: named }),
      validations: [{ expression, message: `${rule.description} To mend it, ${rule.fix}.` }],
    },
  };
}

function bindingOf(
  rule: PolicyRule,
  level: PolicyLevel,
  exceptNamespaces: readonly string[],
): AdmissionObject {
  const except = {
    key: "kubernetes.io/metadata.name",
    operator: "NotIn",
    values: [...exceptNamespaces],
  };
  return {
    ...API,
    kind: "ValidatingAdmissionPolicyBinding",
    metadata: { name: nameOf(rule) },
    spec: {
      policyName: nameOf(rule),
      validationActions: level === PolicyLevel.Mandatory ? ["Deny"] : ["Warn", "Audit"],
      ...(exceptNamespaces.length > 0 && {
        matchResources: { namespaceSelector: { matchExpressions: [except] } },
      }),
    },
  };
}

/** That an object, as `Kind namespace/name`, matches none of these patterns. */
function notAllowed(patterns: readonly string[]): string {
  const place =
    '(dyn(object).kind + " " + (request.?namespace.orValue("") == "" ? "" : request.namespace + "/") + dyn(object).metadata.?name.orValue(""))';
  return patterns
    .map((pattern) => `!${place}.matches(${JSON.stringify(patternSource(pattern))})`)
    .join(" && ");
}
