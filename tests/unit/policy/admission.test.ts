import { describe, expect, it } from "vitest";
import { admissionPolicies, admissionRules, policyRules } from "../../../policy/index.ts";

// That an API server agrees with them is in tests/engine/admission-policies.test.ts.
const named = (rule: string) => `${rule}.pulumi-kubernetes-services`;
const bindingOf = (rule: string, settings = {}) =>
  admissionPolicies(settings).find(
    ({ kind, metadata }) => kind.endsWith("Binding") && metadata.name === named(rule),
  );

describe("admissionPolicies", () => {
  it("are a policy and a binding for each rule about one object, in the order of the rules", () => {
    const names = admissionPolicies().map(({ kind, metadata }) => `${kind} ${metadata.name}`);

    expect(names).toEqual(
      admissionRules.flatMap((id) => [
        `ValidatingAdmissionPolicy ${named(id)}`,
        `ValidatingAdmissionPolicyBinding ${named(id)}`,
      ]),
    );
    const needAll = policyRules.filter(({ needsAll }) => needsAll).map(({ id }) => id);
    expect(admissionRules.filter((id) => needAll.includes(id))).toEqual([]);
  });

  it.each([
    ["node-port", {}, ["Deny"]],
    ["memory-limit-missing", {}, ["Warn", "Audit"]],
    ["node-port", { levels: { "node-port": "advisory" } }, ["Warn", "Audit"]],
    ["memory-limit-missing", { levels: { "memory-limit-missing": "mandatory" } }, ["Deny"]],
  ])("%s: does what its level says when the settings are %j", (rule, settings, actions) => {
    expect(bindingOf(rule, settings)?.spec["validationActions"]).toEqual(actions);
  });

  it("leaves a rule out when it is disabled", () => {
    expect(bindingOf("node-port", { levels: { "node-port": "disabled" } })).toBeUndefined();
    expect(bindingOf("node-port")).toBeDefined();
  });

  it("checks nothing in the namespaces of the system unless the settings say otherwise", () => {
    const excepted = (settings = {}) => bindingOf("node-port", settings)?.spec["matchResources"];

    expect(excepted()).toMatchObject({
      namespaceSelector: {
        matchExpressions: [{ values: ["kube-node-lease", "kube-public", "kube-system"] }],
      },
    });
    expect(excepted({ exceptNamespaces: [] })).toBeUndefined();
  });

  it("fails when a setting names a rule that there is not", () => {
    const settings = { allowed: { nodeport: ["Service a/b"] } };

    expect(() => admissionPolicies(settings)).toThrow(
      "Cannot make admission policies: there is no rule nodeport, must be one of public-load-balancer, ",
    );
  });
});
