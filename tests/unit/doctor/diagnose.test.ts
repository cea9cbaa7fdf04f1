import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LockState } from "../../../doctor/collect/locks.ts";
import { diagnose } from "../../../doctor/diagnose.ts";
import type { ClusterFacts, Facts, StateResource } from "../../../doctor/facts.ts";
import { fixText } from "../../../doctor/finding.ts";
import { findingsText, verdictOf } from "../../../doctor/print.ts";
import { isManagedObject } from "../../../doctor/rules/cluster-rules.ts";
import { checkout } from "../../../local/paths.ts";

const NOW = Date.parse("2026-11-30T12:00:00Z");
const PROVIDER = "urn:pulumi:dev::shop::pulumi:providers:kubernetes::cluster::id";
const urnOf = (type: string, name: string) => `urn:pulumi:dev::shop::kubernetes:${type}::${name}`;

function resource(name: string, more: Partial<StateResource> = {}): StateResource {
  const type = "kubernetes:core/v1:Service";
  return { urn: urnOf("core/v1:Service", name), type, provider: PROVIDER, ...more };
}

const service = (name: string, uid: string, more: object = {}) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace: "shop", uid, ...more },
});

const [web, api] = [resource("web"), resource("api")];
const root: StateResource = {
  urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev",
  type: "pulumi:pulumi:Stack",
};
const sound: ClusterFacts = {
  provider: PROVIDER,
  uid: "cluster-1",
  objects: [
    { urn: web.urn, uid: "1", live: service("web", "1") },
    { urn: api.urn, uid: "2", live: service("api", "2") },
  ],
  others: [],
};

const facts = (more: Partial<Facts> = {}): Facts => ({
  stack: "dev",
  locks: [],
  state: { resources: [root, web, api], pendingOperations: [] },
  clusters: [sound],
  now: NOW,
  ...more,
});
const withCluster = (more: Partial<ClusterFacts>) => facts({ clusters: [{ ...sound, ...more }] });
const withResource = (more: Partial<StateResource>) =>
  facts({ state: { resources: [root, resource("web", more), api], pendingOperations: [] } });
const pending = (type: string, live: ReturnType<typeof service> | undefined) => {
  const created = resource("new");
  return facts({
    state: { resources: [root, web, api], pendingOperations: [{ type, resource: created }] },
    clusters: [{ ...sound, objects: [...sound.objects, { urn: created.urn, live }] }],
  });
};
const lock = (state: LockState) => ({
  path: "/state/locks/1.json",
  holder: "process 12 on host build-1",
  state,
});
const system = resource("cluster-kube-system", {
  external: true,
  outputs: { metadata: { uid: "cluster-2" } },
});

const REFRESH = "pulumi refresh --stack dev --yes --skip-preview --target";
const NEW = urnOf("core/v1:Service", "new");
const broken: readonly [string, Facts, string, string, string?][] = [
  [
    "a lock whose process has ended",
    facts({ locks: [lock(LockState.Stale)] }),
    "stale-lock",
    'Stack "dev" is locked by process 12 on host build-1, which has ended',
    "rm /state/locks/1.json",
  ],
  [
    "a lock of another machine",
    facts({ locks: [lock(LockState.Elsewhere)] }),
    "lock-of-another-machine",
    'Stack "dev" is locked by process 12 on host build-1',
  ],
  [
    "a state that cannot be read",
    facts({ state: undefined, stateProblem: "unexpected end of JSON input", clusters: [] }),
    "state-unreadable",
    'The state of stack "dev" cannot be read: unexpected end of JSON input',
  ],
  [
    "a reference to a resource that is not in the state",
    withResource({ dependencies: [urnOf("core/v1:Secret", "gone")] }),
    "broken-state",
    'The state of stack "dev" refers to resources that it does not have: Service "web" needs Secret "gone"',
    "pulumi state repair --stack dev --yes",
  ],
  [
    "an old object of a replacement",
    withResource({ delete: true }),
    "replaced-not-deleted",
    'Service "web" was replaced, and the old object is still to be deleted',
  ],
  [
    "an object that did not become ready",
    withResource({ initErrors: ["no address"] }),
    "never-ready",
    'The last update has not seen Service "web" become ready: no address',
  ],
  [
    "a creation that took place and was not recorded",
    pending("creating", service("new", "3")),
    "creation-not-recorded",
    'An update was interrupted after it created Service "new": the cluster has it, the state does not',
  ],
  [
    "a creation that did not take place",
    pending("creating", undefined),
    "creation-not-begun",
    'An update was interrupted before it created Service "new": the cluster has no such object',
  ],
  [
    "a creation of which nothing is known",
    facts({
      state: {
        resources: [root, web, api],
        pendingOperations: [{ type: "creating", resource: resource("bucket") }],
      },
    }),
    "unknown-creation",
    'An update was interrupted while it created Service "bucket", and whether it exists is not known',
  ],
  [
    "an interrupted deletion",
    pending("deleting", service("new", "3")),
    "interrupted-operation",
    'An update was interrupted while it was deleting Service "new"',
    `${REFRESH} ${NEW}`,
  ],
  [
    "a cluster that does not answer",
    withCluster({ problem: "connect ECONNREFUSED", objects: [] }),
    "cluster-unreachable",
    'The cluster of provider "cluster" cannot be read: connect ECONNREFUSED',
  ],
  [
    "another cluster than the pinned one",
    facts({ state: { resources: [root, web, api, system], pendingOperations: [] } }),
    "wrong-cluster",
    'Provider "cluster" leads to another cluster: its uid is cluster-1, the stack\'s is cluster-2',
  ],
  [
    "a cluster that has none of the objects",
    withCluster({ objects: sound.objects.map((it) => ({ ...it, live: undefined })) }),
    "wrong-cluster",
    'Provider "cluster" probably leads to another cluster: it has none of the stack\'s 2 objects',
  ],
  [
    "an object that somebody has deleted",
    withCluster({ objects: sound.objects.map((it, at) => (at ? it : { ...it, live: undefined })) }),
    "object-missing",
    'Service "web" is in the state and not in the cluster',
    `${REFRESH} ${web.urn}`,
  ],
  [
    "an object that somebody has made anew",
    withCluster({
      objects: sound.objects.map((it, at) => (at ? it : { ...it, live: service("web", "9") })),
    }),
    "object-recreated",
    'Service "web" is another object than the stack created: its uid is 9, was 1',
  ],
  [
    "an object whose finalizer nobody removes",
    withCluster({
      objects: sound.objects.map((it, at) => (at ? it : { ...it, live: deletedFor(300) })),
    }),
    "stuck-deletion",
    'Service "shop/web" has been deleted for 300 s and is still there',
  ],
  [
    "an object of Pulumi's that is not in the state",
    withCluster({ others: [service("lost", "7")] }),
    "object-without-state",
    'Service "shop/lost" was written by Pulumi and is not in the state of stack "dev"',
  ],
];

function deletedFor(seconds: number) {
  const deletionTimestamp = new Date(NOW - seconds * 1000);
  const finalizers = ["service.kubernetes.io/load-balancer-cleanup"];
  return service("web", "1", { deletionTimestamp, finalizers });
}

describe("diagnose", () => {
  test("diagnose: finds nothing when nothing is wrong", () => {
    expect(diagnose(facts())).toEqual([]);
  });

  test.each(broken)("diagnose: names the cause and the cure when there is %s", (...row) => {
    const [, given, rule, message, fix] = row;

    const [finding, ...rest] = diagnose(given);

    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ rule, message });
    expect(finding?.cure).not.toBe("");
    expect(finding?.fix && fixText(finding.fix)).toBe(fix);
  });

  test("diagnose: names who removes the finalizer of a stuck deletion", () => {
    const [, given] = broken.find(([, , rule]) => rule === "stuck-deletion") ?? [];

    const [finding] = given === undefined ? [] : diagnose(given);

    expect(finding?.cure).toContain("removed by the cluster's cloud controller manager");
  });

  test("diagnose: finds nothing when a deletion has just begun", () => {
    const objects = sound.objects.map((it, at) => (at ? it : { ...it, live: deletedFor(5) }));

    expect(diagnose(withCluster({ objects }))).toEqual([]);
  });

  test("diagnose: offers no cure when another update holds the lock", () => {
    const given = { ...pending("deleting", undefined), locks: [lock(LockState.Held)] };

    const findings = diagnose(given);

    expect(findings.map(({ rule }) => rule)).toEqual(["update-running", "interrupted-operation"]);
    expect(findings.flatMap(({ fix }) => fix ?? [])).toEqual([]);
  });

  test.each([
    ["updating", "interrupted-operation"],
    ["deleting", "interrupted-operation"],
    ["creating", "unknown-creation"],
  ])("diagnose: refreshes nothing that was %s when the cluster is another one", (type, rule) => {
    const { state, ...given } = pending(type, undefined);
    const resources = [root, web, api, system];

    const findings = diagnose({ ...given, state: { pendingOperations: [], ...state, resources } });

    expect(findings.map((it) => it.rule)).toEqual([rule, "wrong-cluster"]);
    expect(findings.flatMap(({ fix }) => fix ?? [])).toEqual([]);
  });

  test("diagnose: refreshes what was interrupted and is in no cluster", () => {
    const bucket = {
      urn: "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::logs",
      type: "aws:s3:Bucket",
    };
    const pendingOperations = [{ type: "updating", resource: bucket }];
    const given = facts({ state: { resources: [root, web, api, bucket], pendingOperations } });

    expect(diagnose(given).map(({ fix }) => fix && fixText(fix))).toEqual([
      `${REFRESH} ${bucket.urn}`,
    ]);
  });

  test.each([
    ["creation-not-begun", undefined],
    ["creation-not-recorded", service("web", "3")],
  ])("diagnose: finds %s of a replacement when the object to be replaced exists", (rule, live) => {
    const pendingOperations = [{ type: "creating", resource: web }];
    const given = facts({
      state: { resources: [root, web, api], pendingOperations },
      clusters: [{ ...sound, objects: [...sound.objects, { urn: web.urn, live }] }],
    });

    expect(diagnose(given).map((it) => it.rule)).toEqual([rule]);
  });

  test("diagnose: takes in what was created before it clears the rest", () => {
    const [begun, done] = [resource("begun"), resource("done")];
    const given = facts({
      state: {
        resources: [root, web, api],
        pendingOperations: [begun, done].map((it) => ({ type: "creating", resource: it })),
      },
      clusters: [
        {
          ...sound,
          objects: [
            ...sound.objects,
            { urn: begun.urn, live: undefined },
            { urn: done.urn, live: service("done", "3") },
          ],
        },
      ],
    });

    const rules = diagnose(given).map(({ rule }) => rule);

    expect(rules).toEqual(["creation-not-recorded", "creation-not-begun"]);
  });

  test("diagnose: names the object that is to be taken into the state", () => {
    const [finding] = diagnose(pending("creating", service("new", "3")));

    expect(finding?.cure).toContain(
      `--import-pending-creates '${NEW}' --import-pending-creates shop/new`,
    );
  });
});

describe("isManagedObject", () => {
  test.each([
    ["kubernetes:core/v1:Service", true],
    ["kubernetes:example.com/v1:Widget", true],
    ["kubernetes:core/v1:ServicePatch", false],
    ["kubernetes:helm.sh/v3:Release", false],
    ["kubernetes:helm.sh/v4:Chart", false],
    ["kubernetes:yaml:ConfigGroup", false],
    ["kubernetes:yaml/v2:ConfigFile", false],
    ["kubernetes:kustomize:Directory", false],
    ["kubernetes:kustomize/v2:Directory", false],
    ["pulumi:providers:kubernetes", false],
  ])("isManagedObject: of %s is %s", (type, expected) => {
    expect(isManagedObject(resource("web", { type }))).toBe(expected);
    expect(isManagedObject(resource("web", { type, external: true }))).toBe(false);
  });
});

describe("verdictOf", () => {
  const verdictFor = (rule: string) =>
    verdictOf(broken.filter(([, , it]) => it === rule).flatMap(([, given]) => diagnose(given)));

  test.each([
    ["stale-lock", 1],
    ["object-missing", 1],
    ["state-unreadable", 2],
    ["cluster-unreachable", 2],
    ["object-without-state", 0],
  ])("verdictOf: of %s is %i", (rule, verdict) => {
    expect(verdictFor(rule)).toBe(verdict);
  });
});

describe("findingsText", () => {
  test("findingsText: says what --fix runs", () => {
    const findings = diagnose(facts({ locks: [lock(LockState.Stale)] }));

    expect(findingsText({ stack: "dev", fixed: [], findings })).toBe(
      'problem: Stack "dev" is locked by process 12 on host build-1, which has ended (stale-lock)\n' +
        "  Remove the lock; pulumi cancel would remove all locks of the stack\n" +
        "  --fix runs: rm /state/locks/1.json\n",
    );
  });

  test("findingsText: says what was cured when nothing is left", () => {
    expect(findingsText({ stack: "dev", fixed: ["stale-lock"], findings: [] })).toBe(
      'cured: stale-lock\nStack "dev" is sound\n',
    );
  });
});

describe("docs/guide/doctor.md", () => {
  const page = readFileSync(join(checkout, "docs/guide/doctor.md"), "utf8");
  const rows = new Map(
    [...page.matchAll(/^\| `([\w-]+)` \| .* \| (.*) \|$/gm)].map(([, rule, fix]) => [rule, fix]),
  );

  test("docs/guide/doctor.md: shows what the doctor prints", () => {
    const findings = [
      ...diagnose(facts({ locks: [lock(LockState.Stale)] })),
      ...diagnose(pending("creating", service("new", "3"))),
    ];
    const [, shown] = /```console\n\$ pulumi-kubernetes-doctor [^\n]*\n(.*?)```/s.exec(page) ?? [];

    expect(shown).toBe(findingsText({ stack: "dev", fixed: [], findings }));
  });

  test("docs/guide/doctor.md: has a row for each rule", () => {
    const rules = new Set(broken.map(([, , rule]) => rule)).add("update-running");

    expect([...rows.keys()].sort()).toEqual([...rules].sort());
  });

  test.each(broken)("docs/guide/doctor.md: says whether --fix cures %s", (...[, , rule, , fix]) => {
    expect(rows.get(rule)?.startsWith("–")).toBe(fix === undefined);
  });
});
