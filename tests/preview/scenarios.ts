import type { GateOptions } from "../../preview/options.ts";
import { Verdict } from "../../preview/report.ts";
import {
  AWS_NAME,
  balancer,
  budget,
  claim,
  type Declared,
  database,
  deployment,
  INTERNAL,
  NAMESPACE,
  namespace,
  type Program,
  password,
  policy,
  service,
  settings,
} from "./programs.ts";

/** A preview that is recorded, and what the gate must say of it. */
export interface Scenario {
  /** The name of the recording. */
  readonly name: string;
  /** What is deployed before; without it, nothing. */
  readonly before?: Program;
  /** What is previewed. */
  readonly program: Program;
  /** Where the preview looks for its cluster. */
  readonly cluster?: "another" | "down" | "own" | "read-only";
  /** What the preview's policies do; without it, none are loaded. */
  readonly policies?: "pass" | "throws";
  /** What happens between the deployment and the preview, or while it runs. */
  readonly meanwhile?: "deleted" | "interrupted" | "remade" | "updated";
  /** Whether the objects are read from the cluster first. */
  readonly refresh?: boolean;
  /** Whether the gate is told the uid of the own cluster. */
  readonly tellsCluster?: boolean;
  /** How the gate judges it. */
  readonly options?: GateOptions;
  /** What it must say. */
  readonly expected: Expected;
}

/** What the gate must say of a recording. */
export interface Expected {
  readonly verdict: Verdict;
  /** The rule of the first finding, or the id of the first question that has no good answer. */
  readonly first?: string;
  /** Whether the engine's own preview is green. */
  readonly green: boolean;
}

const program = (...objects: readonly Declared[]): Program => ({
  objects: [namespace, ...objects],
});
const pass = (first?: string): Expected => ({
  verdict: Verdict.Pass,
  green: true,
  ...(first === undefined ? {} : { first }),
});
const blocked = (first: string, green = true): Expected => ({
  verdict: Verdict.Blocked,
  first,
  green,
});
const unjudged = (first: string, green = true): Expected => ({
  verdict: Verdict.Unjudged,
  first,
  green,
});

const plain = program(settings("one"), deployment());
const CANARY = "canary-7f3b2c9d1e";

/** Previews that go well. */
const harmless: readonly Scenario[] = [
  { name: "nothing-changes", before: plain, program: plain, expected: pass() },
  { name: "first-deployment", program: plain, tellsCluster: true, expected: pass() },
  {
    name: "object-created",
    before: plain,
    program: program(settings("one"), settings("two", "more"), deployment()),
    expected: pass(),
  },
  {
    name: "replicas-raised",
    before: plain,
    program: program(settings("one"), deployment({ replicas: 5 })),
    expected: pass(),
  },
  {
    name: "replicas-reduced",
    before: plain,
    program: program(settings("one"), deployment({ replicas: 2 })),
    expected: pass("replicas-reduced"),
  },
  {
    name: "image-without-digest",
    before: plain,
    program: program(settings("one"), deployment({}, "registry.example/web:2")),
    expected: pass("image-without-digest"),
  },
  {
    name: "config-map-replaced",
    before: plain,
    program: program(settings("two"), deployment()),
    expected: pass("resource-replaced"),
  },
  {
    name: "config-map-deleted",
    before: plain,
    program: program(deployment()),
    expected: pass("resource-deleted"),
  },
  {
    name: "budget-deleted",
    before: program(budget),
    program: program(),
    expected: pass("disruption-budget-removed"),
  },
  {
    name: "protection-removed",
    before: program(settings("one", "kept", { protect: true })),
    program: program(settings("two", "kept")),
    expected: pass("protection-removed"),
  },
  {
    name: "secret-created",
    before: plain,
    program: program(settings("one"), deployment(), password(`$secret:${CANARY}`)),
    expected: pass(),
  },
  {
    name: "secret-changed",
    before: program(password(`$secret:${CANARY}`)),
    program: program(password(`$secret:${CANARY}-2`)),
    expected: pass("resource-replaced"),
  },
  {
    name: "value-becomes-secret",
    before: program(service({}, { annotations: { note: "plain" } })),
    program: program(service({}, { annotations: { note: `$secret:${CANARY}` } })),
    expected: pass(),
  },
  {
    name: "internal-port-changed",
    before: program(service({})),
    program: program(service({ ports: [{ port: 81 }] })),
    expected: pass(),
  },
  {
    name: "port-opened",
    before: program(balancer()),
    program: program(
      balancer({
        ports: [
          { name: "http", port: 80 },
          { name: "tls", port: 443 },
        ],
      }),
    ),
    expected: pass("port-opened"),
  },
  {
    name: "ranges-narrowed",
    before: program(balancer({ loadBalancerSourceRanges: ["203.0.113.0/24", "198.51.100.0/24"] })),
    program: program(balancer({ loadBalancerSourceRanges: ["203.0.113.0/24"] })),
    expected: pass(),
  },
  {
    name: "selector-changed",
    before: program(service({})),
    program: program(service({ selector: { app: "other" } })),
    expected: pass("selector-changed"),
  },
  {
    name: "unknown-value",
    before: plain,
    program: {
      ...program(settings("$unknown:x", "late"), settings("one"), deployment()),
      late: "late",
    },
    expected: pass(),
  },
  {
    name: "policies-pass",
    before: plain,
    program: program(settings("one"), deployment({ replicas: 4 })),
    policies: "pass",
    options: { requiredPolicyPacks: ["preview-policies"] },
    expected: pass(),
  },
  {
    name: "policy-advises",
    before: plain,
    program: program(settings("one"), settings("longer than ten", "long"), deployment()),
    policies: "pass",
    expected: pass("policy-advice"),
  },
  {
    name: "left-behind",
    before: program(settings("one", "kept", { retainOnDelete: true })),
    program: program(),
    expected: pass("resource-left-behind"),
  },
  {
    name: "hostile-names",
    before: plain,
    program: program(settings("one"), deployment(), {
      ...settings("x"),
      name: "<img src=x>|`**[a](b)@all\u001b[31m",
      args: { metadata: { name: "hostile", namespace: NAMESPACE } },
    }),
    expected: pass(),
  },
];

/** Previews that are dangerous; the engine is content with all of them. */
const dangerous: readonly Scenario[] = [
  {
    name: "balancer-deleted",
    before: program(balancer()),
    program: program(),
    expected: blocked("load-balancer-deleted"),
  },
  {
    name: "balancer-replaced",
    before: program(balancer()),
    program: program(
      balancer(
        { externalTrafficPolicy: "Local" },
        {},
        { replaceOnChanges: ["spec.externalTrafficPolicy"] },
      ),
    ),
    expected: blocked("load-balancer-replaced"),
  },
  {
    name: "balancer-renamed",
    before: program(balancer()),
    program: program({
      ...balancer(),
      args: {
        ...balancer().args,
        metadata: {
          name: "other",
          namespace: NAMESPACE,
          annotations: { "pulumi.com/skipAwait": "true" },
        },
      },
    }),
    expected: blocked("load-balancer-replaced"),
  },
  {
    name: "balancer-class-changed",
    before: program(balancer({ loadBalancerClass: "example.com/one" })),
    program: program(balancer({ loadBalancerClass: "example.com/two" })),
    expected: unjudged("engine", false),
  },
  {
    name: "balancer-name-changed",
    before: program(balancer({}, { [AWS_NAME]: "one" })),
    program: program(balancer({}, { [AWS_NAME]: "two" })),
    expected: blocked("load-balancer-identity"),
  },
  {
    name: "balancer-becomes-internal-only",
    before: program(balancer()),
    program: program(service({})),
    expected: blocked("load-balancer-deleted"),
  },
  {
    name: "internal-to-public",
    before: program(balancer({}, INTERNAL)),
    program: program(balancer()),
    expected: blocked("load-balancer-identity"),
  },
  {
    name: "cluster-to-public",
    before: program(service({})),
    program: program(balancer()),
    expected: blocked("exposure-widened"),
  },
  {
    name: "public-created",
    before: plain,
    program: program(settings("one"), deployment(), balancer()),
    expected: blocked("exposure-widened"),
  },
  {
    name: "node-port-created",
    before: program(service({})),
    program: program(service({ type: "NodePort" })),
    expected: blocked("exposure-widened"),
  },
  {
    name: "ranges-widened",
    before: program(balancer({ loadBalancerSourceRanges: ["203.0.113.0/24"] })),
    program: program(balancer({ loadBalancerSourceRanges: ["203.0.113.0/24", "0.0.0.0/0"] })),
    expected: blocked("source-ranges-widened"),
  },
  {
    name: "ranges-removed",
    before: program(balancer({ loadBalancerSourceRanges: ["203.0.113.0/24"] })),
    program: program(balancer()),
    expected: blocked("source-ranges-widened"),
  },
  {
    name: "claim-deleted",
    before: program(claim),
    program: program(),
    expected: blocked("stateful-deleted"),
  },
  {
    name: "stateful-set-refused",
    before: program(database()),
    program: program(database({ serviceName: "other" })),
    expected: unjudged("engine", false),
  },
  {
    name: "stateful-set-replaced",
    before: program(database()),
    program: program(database({ replicas: 2 }, { replaceOnChanges: ["spec.replicas"] })),
    expected: blocked("stateful-deleted"),
  },
  {
    name: "namespace-deleted",
    before: program(settings("one")),
    program: { objects: [] },
    expected: blocked("stateful-deleted"),
  },
  {
    name: "network-policy-deleted",
    before: program(policy),
    program: program(),
    expected: blocked("security-removed"),
  },
  {
    name: "no-replicas",
    before: plain,
    program: program(settings("one"), deployment({ replicas: 0 })),
    expected: blocked("replicas-removed"),
  },
  {
    name: "drift",
    before: plain,
    program: plain,
    meanwhile: "deleted",
    refresh: true,
    options: { expectNoChanges: true },
    expected: unjudged("objects"),
  },
  {
    name: "change-where-none-is-expected",
    before: plain,
    program: program(settings("one"), deployment({ replicas: 4 })),
    options: { expectNoChanges: true },
    expected: { verdict: Verdict.Blocked, green: true },
  },
];

/** Previews that cannot be believed. */
const lies: readonly Scenario[] = [
  { name: "server-down-first", program: plain, cluster: "down", expected: unjudged("clusters") },
  {
    name: "server-down-update",
    before: plain,
    program: program(settings("one"), deployment({ replicas: 5 })),
    cluster: "down",
    expected: unjudged("clusters"),
  },
  {
    name: "server-down-unchanged",
    before: plain,
    program: plain,
    cluster: "down",
    expected: unjudged("clusters"),
  },
  {
    name: "another-cluster-first",
    program: plain,
    cluster: "another",
    tellsCluster: true,
    expected: unjudged("clusters"),
  },
  {
    name: "another-cluster-update",
    before: plain,
    program: program(settings("one"), deployment({ replicas: 5 })),
    cluster: "another",
    expected: unjudged("engine", false),
  },
  {
    name: "another-cluster-create",
    before: plain,
    program: program(settings("one"), settings("two", "more"), deployment()),
    cluster: "another",
    expected: unjudged("clusters"),
  },
  {
    name: "another-cluster-unchanged",
    before: plain,
    program: plain,
    cluster: "another",
    expected: unjudged("clusters"),
  },
  { name: "cluster-not-stated", program: plain, expected: unjudged("clusters") },
  {
    name: "policies-not-loaded",
    before: plain,
    program: program(settings("one"), deployment({ replicas: 5 })),
    options: { requiredPolicyPacks: ["preview-policies"] },
    expected: unjudged("policies"),
  },
  {
    name: "policy-reads-unknown",
    before: plain,
    program: {
      ...program(settings("$unknown:x", "late"), settings("one"), deployment()),
      late: "late",
    },
    policies: "pass",
    expected: unjudged("policies"),
  },
  {
    name: "exposure-unknown",
    before: plain,
    program: {
      ...program(
        settings("one"),
        deployment(),
        balancer({}, { "service.beta.kubernetes.io/aws-load-balancer-internal": "$unknown:true" }),
      ),
      late: "late",
    },
    expected: unjudged("exposure"),
  },
  {
    name: "exposure-secret",
    before: plain,
    program: program(
      settings("one"),
      deployment(),
      balancer({ loadBalancerSourceRanges: ["$secret:10.0.0.0/8"] }),
    ),
    expected: unjudged("exposure"),
  },
  {
    name: "role-may-not-write",
    before: plain,
    program: program(settings("one"), deployment({ replicas: 5 })),
    cluster: "read-only",
    expected: unjudged("dry-run"),
  },
  {
    name: "state-moved",
    before: plain,
    program: program(settings("one"), deployment({ replicas: 5 })),
    meanwhile: "updated",
    expected: unjudged("state"),
  },
  {
    name: "object-gone",
    before: plain,
    program: plain,
    meanwhile: "deleted",
    expected: unjudged("objects"),
  },
  {
    name: "object-made-anew",
    before: plain,
    program: plain,
    meanwhile: "remade",
    expected: unjudged("objects"),
  },
  {
    name: "update-interrupted",
    before: plain,
    program: plain,
    meanwhile: "interrupted",
    expected: unjudged("state"),
  },
];

/** Previews that the engine itself does not like. */
const failing: readonly Scenario[] = [
  {
    name: "program-fails",
    before: plain,
    program: { ...plain, fails: "The program is broken" },
    expected: unjudged("engine", false),
  },
  {
    name: "policy-violated",
    before: plain,
    program: program(settings("one"), deployment(), service({ type: "NodePort" })),
    policies: "pass",
    expected: blocked("policy-violation", false),
  },
  {
    name: "policy-throws",
    before: plain,
    program: program(settings("one"), deployment({ replicas: 5 })),
    policies: "throws",
    expected: unjudged("engine", false),
  },
  {
    name: "server-refuses",
    before: plain,
    program: program(settings("one"), deployment(), service({ ports: [{ port: 99_999 }] })),
    expected: unjudged("engine", false),
  },
];

/** Every scenario. */
export const scenarios: readonly Scenario[] = [...harmless, ...dangerous, ...lies, ...failing];
