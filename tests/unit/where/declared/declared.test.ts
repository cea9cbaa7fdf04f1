import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { compareDeclared, differencesOf } from "../../../../where/declared/compare.ts";
import { declaredIn, readManifests } from "../../../../where/declared/read-declared.ts";
import type { NotSeen } from "../../../../where/state/cluster-state.ts";
import { policy } from "../cases/breakages.ts";
import { stateOf } from "../cases/case.ts";
import { pod } from "../cases/healthy-state.ts";

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "declared-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "declared.yaml");
  writeFileSync(path, text);
  return path;
}

const readDeclared = (path: string, namespace: string) =>
  declaredIn(readManifests(path), namespace);

const WEB = { apiVersion: "v1", kind: "Service", metadata: { name: "web", namespace: "shop" } };
const deployment = (name: string, url?: string) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name, namespace: "shop" },
  spec: {
    template: { spec: { containers: [{ env: url ? [{ name: "URL", value: url }] : [] }] } },
  },
});
const CALLS = "http://web.shop.svc:80";
const declared = (...manifests: readonly object[]) =>
  readDeclared(fileOf(manifests.map((it) => JSON.stringify(it)).join("\n---\n")), "shop");
const sentences = (program: ReturnType<typeof declared>, set: Record<string, unknown> = {}) =>
  compareDeclared(program, stateOf({ title: "", set })).differences.map(({ sentence }) => sentence);

const CALLER = { ...pod("client-1", "n1", "10.244.1.9", { app: "client" }) };
const LIVE_CALLER = {
  "pods.3": CALLER,
  "pods.3.metadata.ownerReferences": [
    { kind: "ReplicaSet", name: "client-6d4b75cb6d", controller: true },
  ],
  "deployments.1": { metadata: { name: "client", namespace: "shop" } },
};

/** A secret, as a state of pulumi stack export has it. */
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const template = (spec: unknown) => ({ ...deployment("odd"), spec: { template: { spec } } });
const route = (kind: string, group: string, spec: unknown) => ({
  apiVersion: `${group}/v1`,
  kind,
  metadata: { name: "odd" },
  spec,
});

describe("readDeclared", () => {
  it("reads a state of pulumi stack export, with the names that the cluster has", () => {
    const resources = [
      { type: "pulumi:pulumi:Stack", outputs: { apiVersion: "x" } },
      {
        type: "kubernetes:core/v1:Service",
        inputs: { ...WEB, metadata: { name: "web" } },
        outputs: WEB,
      },
      { type: "kubernetes:apps/v1:Deployment", inputs: deployment("client", CALLS) },
    ];

    const read = declared({ version: 3, deployment: { resources } });

    expect(read.objects.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "Service web",
      "Deployment client",
    ]);
    expect(read.connections.map(({ from, to }) => `${from.name} ${to.name}`)).toEqual([
      "client web",
    ]);
  });

  it("reads manifests, and takes those without a namespace for ones of the namespace asked", () => {
    const list = { kind: "List", items: [{ ...WEB, metadata: { name: "web" } }] };

    expect(declared(list).objects).toEqual([{ kind: "Service", namespace: "shop", name: "web" }]);
  });

  it.each([
    ["no manifest", "kind: List", /it has no manifest/],
    [
      "broken YAML, without a word of it",
      "a: [hunter2",
      /^Cannot read .*line \d+ is not valid YAML$/,
    ],
    ["an alias that is a password", "a: *hunter2", /^Cannot read [^*]*: [^*]* not valid YAML$/],
  ])("fails with %s", (_, text, message) => {
    expect(() => readDeclared(fileOf(text), "shop")).toThrow(message);
  });

  it.each([
    ["no init containers", template({ containers: [{}], initContainers: null })],
    ["a secret for its containers", template({ containers: SECRET })],
    ["an empty container", template({ containers: [null] })],
    ["no variables", template({ containers: [{ env: null }, { env: SECRET }] })],
    ["a secret for its spec", { ...deployment("odd"), spec: SECRET }],
    ["an Ingress without rules", route("Ingress", "networking.k8s.io", { rules: null })],
    [
      "a route without a backend",
      route("HTTPRoute", "gateway.networking.k8s.io", { rules: [{ backendRefs: [{}, null] }] }),
    ],
  ])("reads %s as absent, and loses nothing else", (_, odd) => {
    const read = declared(odd, WEB, deployment("client", CALLS));

    expect(read.objects.map(({ name }) => name)).toEqual(["odd", "web", "client"]);
    expect(read.connections.map(({ to }) => to.name)).toEqual(["web"]);
  });

  it("reads a list that has itself in it", () => {
    const text = `&all\nitems:\n - *all\n - ${JSON.stringify(WEB)}\n`;

    expect(readDeclared(fileOf(text), "shop").objects.map(({ name }) => name)).toEqual(["web"]);
  });

  it("counts no resource of a state that is yet to be deleted, or that the program only reads", () => {
    const type = "kubernetes:apps/v1:Deployment";
    const resources = [
      { type, outputs: deployment("old"), delete: true },
      { type, outputs: deployment("read"), external: true },
      { type, outputs: deployment("web") },
    ];

    expect(declared({ deployment: { resources } }).objects.map(({ name }) => name)).toEqual([
      "web",
    ]);
  });

  it("takes no Service of Knative for one of Kubernetes", () => {
    const { spec } = deployment("knative");
    const knative = { ...WEB, apiVersion: "serving.knative.dev/v1", spec };

    expect(declared(knative).objects).toEqual([]);
  });

  it("reads JSON without the parser of YAML, which takes no key twice", () => {
    const text = JSON.stringify(WEB).replace("{", '{"kind":"Twice",');

    expect(readDeclared(fileOf(text), "shop").objects.map(({ name }) => name)).toEqual(["web"]);
  });

  it("fails with a file that does not exist", () => {
    expect(() => readDeclared("/absent.yaml", "shop")).toThrow(/^Cannot read \/absent.yaml/);
  });
});

describe("compareDeclared", () => {
  it("finds no difference when all that is declared is there, and nothing else", () => {
    expect(sentences(declared(WEB, deployment("web")))).toEqual([]);
  });

  it("names what is declared and absent, and what is present and not declared", () => {
    expect(sentences(declared(deployment("web"), deployment("cache")))).toEqual([
      "Deployment shop/cache is declared, and absent",
      "Service shop/web is present, and not declared",
    ]);
  });

  it("compares no kind that was not read, and no other namespace", () => {
    const elsewhere = { ...WEB, metadata: { name: "pay", namespace: "billing" } };

    expect(
      sentences(declared(WEB, deployment("cache"), elsewhere), { deployments: undefined }),
    ).toEqual([]);
  });

  it("does not miss the API server's own Service in a program", () => {
    const api = { metadata: { name: "kubernetes", namespace: "default" } };
    const own = { metadata: { name: "own", namespace: "default" } };
    const state = stateOf({ title: "", set: { services: [api, own] } });
    const asked = { ...state.asked, namespace: "default" };

    const found = compareDeclared({ objects: [], connections: [] }, { ...state, asked });

    expect(found.differences.map(({ sentence }) => sentence)).toEqual([
      "Service default/own is present, and not declared",
    ]);
  });

  it("names a connection to a Service that is absent", () => {
    const program = declared(WEB, deployment("web", "http://cache.shop.svc"));

    expect(sentences(program)).toEqual([
      "Deployment shop/web is declared to connect to Service shop/cache, which is absent",
    ]);
  });

  it("names a connection that a policy blocks, and none that it admits", () => {
    const program = declared(WEB, deployment("web"), deployment("client", CALLS));
    const closed = { podSelector: { matchLabels: { app: "web" } }, policyTypes: ["Ingress"] };
    const open = { ...closed, ingress: [{ from: [{ podSelector: {} }] }] };

    const blocked = sentences(program, {
      ...LIVE_CALLER,
      networkPolicies: [policy("closed", closed)],
    });
    const admitted = sentences(program, {
      ...LIVE_CALLER,
      networkPolicies: [policy("open", open)],
    });

    expect(blocked).toEqual([
      expect.stringMatching(
        /^Deployment shop\/client is declared to connect to Service shop\/web: .*closed/,
      ),
    ]);
    expect(admitted).toEqual([]);
  });

  it("finds no difference where policies are not seen or cannot be decided, and names them when they are not seen", () => {
    const program = declared(WEB, deployment("web"), deployment("client", CALLS));
    const foundIn = (set: Record<string, unknown>, ...notSeen: NotSeen[]) =>
      compareDeclared(program, stateOf({ title: "", set, notSeen }));
    const from = [{ namespaceSelector: { matchLabels: { team: "a" } } }];
    const undecided = { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ from }] };

    const unseen = foundIn(
      { ...LIVE_CALLER, networkPolicies: undefined },
      { kind: "networkPolicies", namespace: "shop", reason: "forbidden" },
    );
    const unknown = foundIn({
      ...LIVE_CALLER,
      networkPolicies: [policy("team", undecided)],
      namespaces: undefined,
    });

    expect(unseen.differences).toEqual([]);
    expect(unseen.notCompared).toContain("NetworkPolicy");
    expect(unknown.differences).toEqual([]);
  });
});

describe("differencesOf", () => {
  it("keeps to what was asked for, unless all are asked for", () => {
    const program = declared(deployment("cache"));
    const state = stateOf({ title: "", set: {} });

    const { differences } = differencesOf(program, state, false);
    expect(differences.map(({ sentence }) => sentence)).toEqual([
      "Service shop/web is present, and not declared",
    ]);
    expect(differencesOf(program, state, true).differences).toHaveLength(3);
  });

  it("names the kinds that it did not compare, of one Service only its own", () => {
    const program = declared(deployment("cache"), { ...WEB, apiVersion: "batch/v1", kind: "Job" });
    const all = { services: [], deployments: [], statefulSets: [], daemonSets: [], ingresses: [] };
    const kinds = (set: Record<string, unknown>, isAll = true) =>
      differencesOf(program, stateOf({ title: "", set }), isAll).notCompared;

    expect(kinds(all)).toEqual(["Job"]);
    expect(kinds({ ...all, deployments: undefined, daemonSets: undefined })).toEqual([
      "Deployment",
      "DaemonSet",
      "Job",
    ]);
    expect(kinds({ ...all, deployments: undefined }, false)).toEqual([]);
  });
});
