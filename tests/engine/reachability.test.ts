import { join } from "node:path";
import { dumpYaml, NetworkingV1Api } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Manifest, mayConnect } from "../../testing/index.ts";
import { config, core, pulumi } from "./rig.ts";

// What the unit tests cannot show: that the policies say this as the API server keeps them, with the Pods that it has.
const cwd = join(import.meta.dirname, "programs", "reachability");
const stack = "dev";
const networking = config.makeApiClient(NetworkingV1Api);

const [FRONT, BACK, OTHER] = ["front", "back", "other"].map((it) => `reachability-${it}`) as [
  string,
  string,
  string,
];
const WORLD = "203.0.113.7";
/** Answers at port 53 too, and is nobody's DNS server. */
const RESOLVER = "203.0.113.53";
/** A Pod of the cluster's DNS, of which a cluster with simulated nodes has none. */
const DNS: Manifest = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "dns", namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
};

const PODS = {
  front: { namespace: FRONT, app: "frontend" },
  back: { namespace: BACK, app: "backend" },
  /** In the back end's namespace. */
  dev: { namespace: BACK, app: "dev" },
  /** Has the front end's label. */
  stranger: { namespace: OTHER, app: "frontend" },
} as const;

type End = keyof typeof PODS | "dns" | "resolver" | "world";
type Cell = readonly [from: End, to: End, port: number, protocol: "TCP" | "UDP", may: boolean];

/** What the program's arguments declare. */
const DECLARED: readonly Cell[] = [
  ["front", "back", 8080, "TCP", true], // connectsTo, across namespaces
  ["front", "back", 9090, "TCP", false], // another port of the same callee
  ["front", "back", 8080, "UDP", false],
  ["dev", "back", 8080, "TCP", false], // allowedCallers: []
  ["stranger", "back", 8080, "TCP", false],
  ["world", "back", 8080, "TCP", false],
  ["world", "front", 8080, "TCP", true], // the entrance
  ["back", "front", 8080, "TCP", true], // the entrance is for anybody
  ["front", "dns", 53, "UDP", true], // closeEgress leaves DNS
  ["front", "dns", 53, "TCP", true],
  ["front", "resolver", 53, "UDP", false],
  ["front", "world", 443, "TCP", false], // closeEgress
  ["front", "dev", 8080, "TCP", false],
  ["back", "dns", 53, "UDP", true],
  ["back", "world", 443, "TCP", true], // egress is open
  ["dev", "world", 443, "TCP", true], // a Pod without policies
  ["world", "stranger", 8080, "TCP", true],
];

const CONNECTION = "front to back 8080/TCP";
const nameOf = ([from, to, port, protocol]: Cell) => `${from} to ${to} ${port}/${protocol}`;

/** The objects as the API server has them. */
async function deployed(): Promise<readonly Manifest[]> {
  const [policies, namespaces, pods] = await Promise.all([
    networking.listNetworkPolicyForAllNamespaces(),
    core.listNamespace(),
    core.listPodForAllNamespaces(),
  ]);
  const manifests = (apiVersion: string, kind: string, items: readonly object[]) =>
    // The client's objects have some fields under other names.
    items.map((item) => parse(dumpYaml({ ...item, apiVersion, kind })) as Manifest);
  return [
    ...manifests("networking.k8s.io/v1", "NetworkPolicy", policies.items),
    ...manifests("v1", "Namespace", namespaces.items),
    ...manifests("v1", "Pod", pods.items),
  ];
}

/** What the policies make of each cell. */
function evaluate(manifests: readonly Manifest[]): readonly Cell[] {
  const endOf = (end: End) => {
    if (end === "world") return WORLD;
    if (end === "dns" || end === "resolver") return end === "dns" ? DNS : RESOLVER;
    const { app, namespace } = PODS[end];
    const found = manifests.filter(
      ({ kind, metadata }) =>
        kind === "Pod" &&
        metadata.namespace === namespace &&
        (metadata["labels"] as Record<string, string>)["app"] === app,
    );
    expect(found).toHaveLength(1);
    return found[0] as Manifest;
  };
  return DECLARED.map(([from, to, port, protocol]) => {
    const attempt = { from: endOf(from), to: endOf(to), port, protocol };
    return [from, to, port, protocol, mayConnect(manifests, attempt)];
  });
}

/** The names of the cells that are not as declared. */
async function flipped(): Promise<readonly string[]> {
  const cells = evaluate(await deployed());
  return cells.filter((cell, index) => cell[4] !== DECLARED[index]?.[4]).map(nameOf);
}

beforeAll(async () => {
  await pulumi(["stack", "init", stack, "--no-select"], { cwd });
  const up = await pulumi(["up", "--yes", "--skip-preview", "--stack", stack], { cwd });
  expect(up.exitCode, up.output).toBe(0);
});

afterAll(async () => {
  await pulumi(["destroy", "--yes", "--skip-preview", "--stack", stack], { cwd });
});

describe("reachability on a real API server", () => {
  test("is what the arguments declare", async ({ annotate }) => {
    const wrong = await flipped();

    expect(wrong).toEqual([]);
    const right = DECLARED.length - wrong.length;
    await annotate(`NetworkPolicies: ${right} of ${DECLARED.length} cells as declared`, "figure");
  });

  const back = ["dev to back 8080/TCP", "stranger to back 8080/TCP", "world to back 8080/TCP"];
  const front = [
    "front to back 9090/TCP",
    "front to back 8080/UDP",
    "front to resolver 53/UDP",
    "front to world 443/TCP",
    "front to dev 8080/TCP",
  ];
  // Each takes one more policy away, and names all cells that are then not as declared.
  test.each([
    ["the connection's policy is gone", BACK, `${FRONT}.frontend-to-backend`, [CONNECTION]],
    // The front end reaches it again, and still nothing else: its own egress is closed.
    ["the back end's own policy is gone too", BACK, "backend", back],
    ["the front end's own policy is gone too", FRONT, "frontend", [...back, ...front]],
  ])("flips the cells that it was there for when %s", async (_, namespace, name, flips) => {
    await networking.deleteNamespacedNetworkPolicy({ namespace, name });

    expect((await flipped()).toSorted()).toEqual(flips.toSorted());
  });
});
