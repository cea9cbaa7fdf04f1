import fc from "fast-check";
import { expect, test } from "vitest";
import type { Manifest } from "../../../testing/manifest.ts";
import { type ConnectionAttempt, mayConnect } from "../../../testing/reachability.ts";
import {
  api,
  data,
  expressions,
  labels,
  other,
  policy,
  shop,
  stranger,
  WORLD,
  web,
} from "./policies.ts";

const pods = [web, api, other, stranger];
const someLabels = fc.constantFrom<object>(
  {},
  labels({ app: "web" }),
  labels({ team: "store" }),
  expressions({ key: "tier", operator: "Exists" }),
  expressions({ key: "app", operator: "NotIn", values: ["api"] }),
);
const somePeer = fc.oneof(
  fc.record(
    { podSelector: someLabels, namespaceSelector: someLabels },
    { requiredKeys: ["podSelector"] },
  ),
  fc.record({ namespaceSelector: someLabels }),
  fc
    .constantFrom("10.1.0.0/30", "0.0.0.0/0")
    .map((cidr) => ({ ipBlock: { cidr, except: ["10.1.0.1/32"] } })),
);
const somePort = fc.constantFrom<object>({}, { port: 8080 }, { port: "http" }, { protocol: "UDP" });
const someRule = (peers: "from" | "to") =>
  fc.record({
    [peers]: fc.array(somePeer, { maxLength: 2 }),
    ports: fc.array(somePort, { maxLength: 2 }),
  });
const someSpec = fc.record(
  {
    podSelector: someLabels,
    policyTypes: fc.subarray(["Ingress", "Egress"]),
    ingress: fc.array(someRule("from"), { maxLength: 2 }),
    egress: fc.array(someRule("to"), { maxLength: 2 }),
  },
  { requiredKeys: ["podSelector"] },
);
const somePolicy = fc
  .tuple(someSpec, fc.constantFrom("shop", "data"))
  .map(([spec, its]) => policy(spec, its));
const somePolicies = fc.array(somePolicy, { maxLength: 4 });
const anEnd = fc.constantFrom<Manifest | string>(...pods, WORLD);
const someAttempt = fc.record({
  from: anEnd,
  to: anEnd,
  port: fc.constantFrom(8080, 53),
  protocol: fc.constantFrom("TCP", "UDP"),
});

/** The policy with one more rule. Its types are stated: a rule more decides them where they are not. */
function opened(closed: Manifest, direction: "ingress" | "egress", rule: object): Manifest {
  const spec = closed["spec"] as { ingress?: object[]; egress?: object[]; policyTypes?: string[] };
  const { egress = [], policyTypes = [] } = spec;
  const both = egress.length > 0 ? ["Ingress", "Egress"] : ["Ingress"];
  const types = policyTypes.length > 0 ? policyTypes : both;
  return {
    ...closed,
    spec: { ...spec, policyTypes: types, [direction]: [...(spec[direction] ?? []), rule] },
  };
}

const judge = (policies: readonly Manifest[], attempt: ConnectionAttempt) =>
  mayConnect([shop, data, ...policies], attempt);

test("mayConnect: allows everything when there is no policy", () => {
  fc.assert(
    fc.property(someAttempt, (attempt) => {
      expect(judge([], attempt)).toBe(true);
    }),
  );
});

test.each([
  ["ingress", "from"],
  ["egress", "to"],
] as const)(
  "mayConnect: closes nothing when a policy has one more rule for %s",
  (direction, peers) => {
    fc.assert(
      fc.property(
        somePolicy,
        somePolicies,
        someRule(peers),
        someAttempt,
        (one, rest, rule, attempt) => {
          fc.pre(judge([one, ...rest], attempt));

          expect(judge([opened(one, direction, rule), ...rest], attempt)).toBe(true);
        },
      ),
    );
  },
);

test("mayConnect: opens nothing when there is one more policy on Pods that no other selects", () => {
  fc.assert(
    fc.property(somePolicy, someAttempt, (one, attempt) => {
      fc.pre(!judge([one], attempt));

      expect(judge([], attempt)).toBe(true);
    }),
  );
});

test("mayConnect: closes nothing when there is one more policy on Pods that are closed already", () => {
  const closed = ["shop", "data"].map((its) =>
    policy({ podSelector: {}, policyTypes: ["Ingress", "Egress"] }, its),
  );
  fc.assert(
    fc.property(somePolicies, somePolicy, someAttempt, (policies, one, attempt) => {
      fc.pre(judge([...closed, ...policies], attempt));

      expect(judge([...closed, ...policies, one], attempt)).toBe(true);
    }),
  );
});

test("mayConnect: answers the same when the manifests come in another order", () => {
  fc.assert(
    fc.property(somePolicies, someAttempt, (policies, attempt) => {
      expect(mayConnect([...policies, data, shop].reverse(), attempt)).toBe(
        judge(policies, attempt),
      );
    }),
  );
});

test("mayConnect: is what both ends say when only one of them has policies", () => {
  fc.assert(
    fc.property(somePolicies, someAttempt, (policies, attempt) => {
      const typed = (type: string) =>
        policies.map((it) => ({
          ...it,
          spec: { ...(it["spec"] as object), policyTypes: [type] },
        }));

      expect(judge([...typed("Ingress"), ...typed("Egress")], attempt)).toBe(
        judge(typed("Ingress"), attempt) && judge(typed("Egress"), attempt),
      );
    }),
  );
});
