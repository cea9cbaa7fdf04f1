import { describe, expect, test } from "vitest";
import type { Manifest } from "../../../testing/manifest.ts";
import { type ConnectionAttempt, mayConnect } from "../../../testing/reachability.ts";
import {
  api,
  data,
  expressions,
  labels,
  other,
  pod,
  policy,
  shop,
  stranger,
  WORLD,
  web,
} from "./policies.ts";

const NAME = "kubernetes.io/metadata.name";

/** Policies that close the ingress of `api` but for these rules. */
const into = (...ingress: object[]) => [
  policy({ podSelector: { matchLabels: { app: "api" } }, policyTypes: ["Ingress"], ingress }),
];
/** Policies that close the egress of `web` but for these rules. */
const out = (...egress: object[]) => [
  policy({ podSelector: { matchLabels: { app: "web" } }, policyTypes: ["Egress"], egress }, "shop"),
];
const from = (...peers: object[]) => into({ from: peers });
const ports = (...its: object[]) => into({ ports: its });

const ask = (policies: Manifest[], attempt: Partial<ConnectionAttempt> = {}) =>
  mayConnect([shop, data, ...policies], { from: web, to: api, port: 8080, ...attempt });

type Row = [string, boolean, Manifest[], Partial<ConnectionAttempt>?];

describe("isolation", () => {
  const all = { podSelector: {} };
  const spec = { podSelector: labels({ app: "api" }) };

  test.each<Row>([
    ["there is no policy", true, []],
    ["no rule opens its ingress", false, into()],
    ["the policy says no types, which is ingress", false, [policy(spec)]],
    [
      "the policy's list of types is empty, which is ingress",
      false,
      [policy({ ...spec, policyTypes: [] })],
    ],
    ["the policy selects other Pods", true, [policy({ podSelector: labels({ app: "other" }) })]],
    ["the policy selects every Pod of its namespace", false, [policy(all)]],
    ["the policy has no selector, which is every Pod", false, [policy({})]],
    ["the policy is in another namespace", true, [policy(all, "elsewhere")]],
    [
      "the policy is about egress of who answers",
      true,
      [policy({ ...all, policyTypes: ["Egress"] })],
    ],
    ["the policy is about ingress of who connects", true, [policy(all, "shop")]],
    ["no rule opens its egress", false, out()],
    [
      "a policy without types has an empty list of egress rules",
      true,
      [policy({ ...all, egress: [] }, "shop")],
    ],
    [
      "a policy without types has an egress rule for somebody else",
      false,
      [policy({ ...all, egress: [{ to: [{ ipBlock: { cidr: "192.0.2.0/24" } }] }] }, "shop")],
    ],
    [
      "a policy without types has egress rules, and none for ingress",
      false,
      [policy({ ...all, egress: [{}] })],
    ],
    ["only one end is opened", false, [...out({}), ...into()]],
    ["only the other end is opened", false, [...out(), ...into({})]],
    ["both ends are opened", true, [...out({}), ...into({})]],
    ["one of two policies opens it", true, [...into(), ...into({})]],
    [
      "a kind of the same name is not Kubernetes' own",
      true,
      [{ ...policy(all), apiVersion: "projectcalico.org/v3" }],
    ],
    ["it comes from the world to a closed Pod", false, into(), { from: WORLD }],
    ["it comes from the world to an open Pod", true, out(), { from: WORLD }],
    ["it goes to the world from a closed Pod", false, out(), { to: WORLD }],
    ["it goes to the world from an open Pod", true, into(), { to: WORLD }],
    ["neither end is in the cluster", true, into(), { from: WORLD, to: "203.0.113.8" }],
    ["a Pod connects to itself", true, into(), { from: api }],
  ])("mayConnect: judges whether a Pod is closed when %s: %s", (_, may, policies, attempt) => {
    expect(ask(policies, attempt)).toBe(may);
  });
});

describe("peers", () => {
  const inShop = { namespaceSelector: labels({ [NAME]: "shop" }) };
  const apps = (operator: string, ...values: string[]) => ({
    podSelector: expressions({ key: "app", operator, values }),
    namespaceSelector: {},
  });
  const has = (operator: string, key: string) => ({
    podSelector: expressions({ key, operator }),
    namespaceSelector: {},
  });

  test.each<Row>([
    ["a rule has no peers, which is anybody", true, into({})],
    ["a rule has an empty list of peers, which is anybody", true, from()],
    ["a rule without peers is asked from the world", true, into({}), { from: WORLD }],
    [
      "a Pod selector alone means the policy's own namespace, and it is another",
      false,
      from({ podSelector: {} }),
    ],
    [
      "a Pod selector alone means the policy's own namespace, and it is that",
      true,
      from({ podSelector: {} }),
      { from: other },
    ],
    [
      "a Pod selector alone names another Pod of the namespace",
      false,
      from({ podSelector: labels({ app: "web" }) }),
      { from: other },
    ],
    ["a namespace selector alone means all its Pods", true, from(inShop)],
    [
      "a namespace selector names another namespace",
      false,
      from({ namespaceSelector: labels({ [NAME]: "data" }) }),
    ],
    [
      "a namespace selector is empty, which is every namespace",
      true,
      from({ namespaceSelector: {} }),
      { from: stranger },
    ],
    [
      "a namespace selector does not mean the world",
      false,
      from({ namespaceSelector: {} }),
      { from: WORLD },
    ],
    [
      "a namespace is selected by a label of its own",
      true,
      from({ namespaceSelector: labels({ team: "store" }) }),
    ],
    [
      "a namespace that is not among the manifests has its name",
      true,
      from({ namespaceSelector: labels({ [NAME]: "elsewhere" }) }),
      { from: stranger },
    ],
    [
      "a namespace that is not among the manifests has no other label",
      false,
      from({ namespaceSelector: labels({ team: "store" }) }),
      { from: stranger },
    ],
    [
      "both selectors of one peer match",
      true,
      from({ ...inShop, podSelector: labels({ app: "web" }) }),
    ],
    [
      "of one peer only the namespace matches",
      false,
      from({ ...inShop, podSelector: labels({ app: "x" }) }),
    ],
    [
      "of one peer only the Pod matches",
      false,
      from({ ...inShop, podSelector: labels({ app: "web" }) }),
      { from: stranger },
    ],
    [
      "the selectors are two peers, of which one matches",
      true,
      from(inShop, { podSelector: labels({ app: "x" }) }),
    ],
    [
      "every label of a selector has to match",
      false,
      from({ ...inShop, podSelector: labels({ app: "web", tier: "x" }) }),
    ],
    ["a label is in a list", true, from(apps("In", "web", "x"))],
    ["a label is not in a list it has to be in", false, from(apps("In", "x"))],
    [
      "a label is missing that has to be in a list",
      false,
      from({
        podSelector: expressions({ key: "x", operator: "In", values: ["a"] }),
        namespaceSelector: {},
      }),
    ],
    ["a label is in a list it must not be in", false, from(apps("NotIn", "web"))],
    ["a label is not in a list it must not be in", true, from(apps("NotIn", "x"))],
    [
      "a label is missing that must not be in a list",
      true,
      from({
        podSelector: expressions({ key: "x", operator: "NotIn", values: ["a"] }),
        namespaceSelector: {},
      }),
    ],
    ["a label exists that has to", true, from(has("Exists", "app"))],
    ["a label is missing that has to exist", false, from(has("Exists", "x"))],
    ["a label exists that must not", false, from(has("DoesNotExist", "app"))],
    ["a label is missing that must not exist", true, from(has("DoesNotExist", "x"))],
    [
      "labels match and an expression does not",
      false,
      from({
        namespaceSelector: {
          ...labels({ team: "store" }),
          ...expressions({ key: "tier", operator: "Exists" }),
        },
      }),
    ],
    [
      "every expression has to match",
      false,
      from({
        podSelector: expressions(
          { key: "app", operator: "Exists" },
          { key: "tier", operator: "DoesNotExist" },
        ),
        namespaceSelector: {},
      }),
    ],
    [
      "a policy selects its Pods by expressions",
      false,
      [policy({ podSelector: expressions({ key: "tier", operator: "In", values: ["back"] }) })],
    ],
    [
      "egress names the Pod that answers",
      true,
      out({
        to: [{ namespaceSelector: labels({ tier: "data" }), podSelector: labels({ app: "api" }) }],
      }),
    ],
    [
      "egress names another Pod",
      false,
      out({
        to: [
          { namespaceSelector: labels({ tier: "data" }), podSelector: labels({ app: "other" }) },
        ],
      }),
    ],
    [
      "egress has a Pod selector alone, and the Pod is in another namespace",
      false,
      out({ to: [{ podSelector: {} }] }),
    ],
  ])("mayConnect: judges who it is when %s: %s", (_, may, policies, attempt) => {
    expect(ask(policies, attempt)).toBe(may);
  });
});

describe("addresses", () => {
  const block = (cidr: string, ...except: string[]) => ({ ipBlock: { cidr, except } });
  const V6 = "2001:db8::1";

  test.each<Row>([
    ["it is in the range", true, from(block("203.0.113.0/24")), { from: WORLD }],
    ["it is not in the range", false, from(block("198.51.100.0/24")), { from: WORLD }],
    ["it is the only one in the range", true, from(block("203.0.113.7/32")), { from: WORLD }],
    ["it is anywhere", true, from(block("0.0.0.0/0")), { from: WORLD }],
    ["it is excepted", false, from(block("203.0.113.0/24", "203.0.113.0/28")), { from: WORLD }],
    [
      "another one is excepted",
      true,
      from(block("203.0.113.0/24", "203.0.113.128/25")),
      { from: WORLD },
    ],
    [
      "it is excepted, and another peer has it",
      true,
      from(block("0.0.0.0/0", "203.0.113.0/24"), block("203.0.113.7/32")),
      { from: WORLD },
    ],
    [
      "there are no exceptions",
      true,
      from({ ipBlock: { cidr: "203.0.113.0/24" } }),
      { from: WORLD },
    ],
    ["it is of the other family", false, from(block("0.0.0.0/0")), { from: V6 }],
    ["it is of the other family, the other way round", false, from(block("::/0")), { from: WORLD }],
    ["it is an IPv6 one", true, from(block("2001:db8::/32", "2001:db8:1::/48")), { from: V6 }],
    [
      "it is an IPv6 one that is excepted",
      false,
      from(block("2001:db8::/32", "2001:db8::/64")),
      { from: V6 },
    ],
    ["it is a Pod's", true, from(block("10.1.0.1/32"))],
    ["it is another Pod's", false, from(block("10.1.0.3/32"))],
    [
      "it is where the connection goes",
      true,
      out({ to: [block("203.0.113.0/24")] }),
      { to: WORLD },
    ],
    [
      "it is not where the connection goes",
      false,
      out({ to: [block("198.51.100.0/24")] }),
      { to: WORLD },
    ],
  ])("mayConnect: judges an address when %s: %s", (_, may, policies, attempt) => {
    expect(ask(policies, attempt)).toBe(may);
  });

  const nowhere = pod("shop", { app: "web" });

  test("mayConnect: fails when the answer depends on an address that is not known", () => {
    expect(() => ask(from(block("10.1.0.1/32")), { from: nowhere })).toThrow(
      new TypeError(
        "Cannot judge a connection: it depends on the address of a Pod, which is not known; give a Pod with status.podIP",
      ),
    );
  });

  test.each<[string, boolean, Manifest[]]>([
    ["another rule opens it", true, from(block("10.1.0.1/32"), { namespaceSelector: {} })],
    [
      "the port is closed to everybody",
      false,
      into({ from: [block("0.0.0.0/0")], ports: [{ port: 1 }] }),
    ],
  ])("mayConnect: needs no address when %s", (_, may, policies) => {
    expect(ask(policies, { from: nowhere })).toBe(may);
  });
});

describe("ports", () => {
  test.each<Row>([
    ["a rule has no ports, which is every one", true, into({}), { port: 1, protocol: "SCTP" }],
    ["a rule has an empty list of ports, which is every one", true, ports(), { protocol: "UDP" }],
    ["it is the port", true, ports({ port: 8080 })],
    ["it is another port", false, ports({ port: 8081 })],
    ["it is one of the ports", true, ports({ port: 1 }, { port: 8080 })],
    ["the protocol is stated", true, ports({ port: 8080, protocol: "UDP" }), { protocol: "UDP" }],
    [
      "the protocol is not stated, which is TCP, and it is another",
      false,
      ports({ port: 8080 }),
      { protocol: "UDP" },
    ],
    ["the protocol is another", false, ports({ port: 8080, protocol: "UDP" })],
    [
      "there is only a protocol, which is every port of it",
      true,
      ports({ protocol: "UDP" }),
      { port: 1, protocol: "UDP" },
    ],
    ["there is only a protocol, and it is another", false, ports({ protocol: "UDP" })],
    ["there is an empty port, which is every one of TCP", true, ports({}), { port: 1 }],
    ["it is the first of a range", true, ports({ port: 8080, endPort: 8090 })],
    ["it is the last of a range", true, ports({ port: 8000, endPort: 8080 })],
    ["it is below a range", false, ports({ port: 8081, endPort: 8090 })],
    ["it is above a range", false, ports({ port: 8000, endPort: 8079 })],
    ["it is the port of that name", true, ports({ port: "http" })],
    ["it is not the port of that name", false, ports({ port: "http" }), { port: 8081 }],
    [
      "the name is that of a port of another protocol",
      false,
      ports({ port: "dns" }),
      { port: 5353 },
    ],
    [
      "the name and the protocol are right",
      true,
      ports({ port: "dns", protocol: "UDP" }),
      { port: 5353, protocol: "UDP" },
    ],
    ["nobody has a port of that name", false, ports({ port: "metrics" })],
    [
      "the name is a port of who answers, as seen from who connects",
      true,
      out({ ports: [{ port: "http" }] }),
    ],
    [
      "the name is asked of the world, which has no names",
      false,
      out({ ports: [{ port: "http" }] }),
      { to: WORLD },
    ],
    [
      "peer and port are of different rules",
      false,
      into(
        { from: [{ namespaceSelector: {} }], ports: [{ port: 1 }] },
        { from: [{ podSelector: {} }] },
      ),
    ],
  ])("mayConnect: judges a port when %s: %s", (_, may, policies, attempt) => {
    expect(ask(policies, attempt)).toBe(may);
  });
});

test("mayConnect: reads the labels and ports of a Deployment's Pods when that is an end", () => {
  const template = { metadata: { labels: { app: "api" } }, spec: { containers: [] } };
  const to = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "b", namespace: "data", labels: { app: "not-this" } },
    spec: { template },
  };

  expect(ask(into(), { to })).toBe(false);
  expect(ask([policy({ podSelector: labels({ app: "not-this" }) })], { to })).toBe(true);
  expect(ask(into(), { from: to, to })).toBe(false);
});

test.each<[string, Partial<ConnectionAttempt>]>([
  ['"nowhere" is no IP address', { from: "nowhere" }],
  ["Namespace shop makes no Pods", { to: shop }],
  ["undefined makes no Pods", { to: undefined as unknown as Manifest }],
  [
    "Pod shop/web is in the network of its node",
    { from: { ...web, spec: { hostNetwork: true, containers: [] } } },
  ],
])("mayConnect: fails when %s", (why, attempt) => {
  expect(() => ask([], attempt)).toThrow(new TypeError(`Cannot judge a connection: ${why}`));
});

test("mayConnect: fails when a selector has an operator that Kubernetes does not know", () => {
  const podSelector = expressions({ key: "app", operator: "Near", values: ["a"] });

  expect(() => ask(from({ podSelector }), { from: other })).toThrow(
    new TypeError('A selector has the operator "Near", which Kubernetes does not know'),
  );
});
