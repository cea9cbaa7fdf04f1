import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { dumpYaml, NetworkingV1Api, type V1NetworkPolicySpec } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { GATEWAY, realNodes } from "../../local/nodes/names.ts";
import { waitFor } from "../../local/wait.ts";
import { type Manifest, mayConnect } from "../../testing/index.ts";
import { config, core, network, pulumi } from "../engine/rig.ts";
import { startOutside } from "./outside.ts";
import {
  type Answer,
  askFromHere,
  askFromPod,
  askFromVpc,
  forwards,
  untilRunning,
} from "./request-loop.ts";

// Three accounts of one thing: what the program's arguments declare (the table, by hand), what the evaluator makes of the
// policies that the API server has, and what becomes of packets.
const cwd = join(import.meta.dirname, "programs", "network-policies");
const stack = "dev";
const networking = config.makeApiClient(NetworkingV1Api);
const [SHOP, OPS] = ["policies-shop", "policies-ops"] as const;
const NODE_PORT = 30_050;
/** A name of which the cluster's name server itself knows that there is none. */
const NO_SUCH_NAME = `http://no-such-service.${SHOP}.svc.cluster.local.`;
/** How long an answer may take. What policies close is refused or gets no answer at all. */
const ANSWER_SECONDS = 2;
/** kube-router looks at a change at once; the machine may be busy. */
const ENFORCED_WITHIN_SECONDS = 30;

const PODS = {
  front: { namespace: SHOP, app: "front" },
  back: { namespace: SHOP, app: "back" },
  plain: { namespace: SHOP, app: "plain" },
  stranger: { namespace: SHOP, app: "stranger" },
  operator: { namespace: OPS, app: "operator" },
  admin: { namespace: OPS, app: "admin" },
  double: { namespace: OPS, app: "front" },
} as const;
type Pod = keyof typeof PODS;
type Caller = Pod | "world";

/** Whom packets are sent to: a Pod's HTTP port and its port for plain TCP, a server outside the cluster, the cluster's DNS. */
const TARGETS = {
  "front:8080": { to: "front", port: 8080 },
  "front:9090": { to: "front", port: 9090 },
  "back:8080": { to: "back", port: 8080 },
  "back:9090": { to: "back", port: 9090 },
  "plain:8080": { to: "plain", port: 8080 },
  "plain:9090": { to: "plain", port: 9090 },
  "stranger:8080": { to: "stranger", port: 8080 },
  "stranger:9090": { to: "stranger", port: 9090 },
  world: { to: "world", port: 18_080 },
  dns: { to: "dns", port: 53 },
} as const satisfies Record<string, { to: Pod | "world" | "dns"; port: number }>;
type Target = keyof typeof TARGETS;
const targets = Object.keys(TARGETS) as Target[];

/** What the program's arguments declare: the targets that each caller reaches. It reaches no other. A Pod reaches itself. */
const DECLARED: Readonly<Record<Caller, readonly Target[]>> = {
  // connectsTo, and nobody else but DNS: closeEgress
  front: ["front:8080", "front:9090", "back:8080", "dns"],
  // anybody reaches the front end on the port that its entrances lead to, and on no other
  back: [
    ...["front:8080", "back:8080", "back:9090", "plain:8080"],
    ...["stranger:8080", "stranger:9090", "world", "dns"],
  ] as Target[],
  plain: [
    ...["front:8080", "plain:8080", "plain:9090"],
    ...["stranger:8080", "stranger:9090", "world", "dns"],
  ] as Target[],
  // its own namespace reaches the Service of a Backend that says nothing of its callers, and no other port of it
  stranger: [
    ...["front:8080", "plain:8080", "stranger:8080", "stranger:9090", "world", "dns"],
  ] as Target[],
  // allowedCallers, one for each port
  operator: ["front:8080", "back:8080", "stranger:8080", "stranger:9090", "world", "dns"],
  admin: ["front:8080", "back:9090", "stranger:8080", "stranger:9090", "world", "dns"],
  // the front end's label in another namespace
  double: ["front:8080", "stranger:8080", "stranger:9090", "world", "dns"],
  world: ["front:8080", "stranger:8080", "stranger:9090"],
};
const callers = Object.keys(DECLARED) as Caller[];
const cells = callers.flatMap((caller) =>
  targets
    // What happens outside the cluster is no matter of policies.
    .filter((target) => caller !== "world" || (target !== "world" && target !== "dns"))
    .map((target) => ({ caller, target, name: `${caller} to ${target}` })),
);
type Cell = (typeof cells)[number];
const declared = cells
  .filter(({ caller, target }) => DECLARED[caller].includes(target))
  .map(({ name }) => name);

let pods: Readonly<Record<Pod, { readonly name: string; readonly ip: string }>>;
let dnsPod: Manifest;
let world: ChildProcess;

/** The cells that are open to packets. */
async function openToPackets(): Promise<string[]> {
  const open = await Promise.all(cells.map(isOpen));
  return cells.filter((_, index) => open[index]).map(({ name }) => name);
}

async function isOpen({ caller, target }: Cell): Promise<boolean> {
  const { text, ok } = await send(caller, target);
  // A name server that says that there is no such name has answered.
  return target === "dns" ? text.includes("no such host") : ok;
}

function send(caller: Caller, target: Target): Promise<Answer> {
  const question = { ...questionOf(target), seconds: ANSWER_SECONDS };
  if (caller === "world") return askFromVpc(question);
  return askFromPod({ namespace: PODS[caller].namespace, name: pods[caller].name }, question);
}

function questionOf(target: Target) {
  const { to, port } = TARGETS[target];
  if (to === "dns") return { target: NO_SUCH_NAME };
  const host = to === "world" ? GATEWAY : pods[to].ip;
  const tcp = port === 9090;
  return { tcp, target: tcp ? `${host}:${port}` : `http://${host}:${port}/hostname` };
}

/** The cells that the evaluator calls open, from what the API server has now. */
async function openToEvaluator(): Promise<string[]> {
  const [policies, namespaces, live] = await Promise.all([
    networking.listNetworkPolicyForAllNamespaces(),
    core.listNamespace(),
    core.listPodForAllNamespaces(),
  ]);
  const manifests = (apiVersion: string, kind: string, items: readonly object[]) =>
    // The client's objects have some fields under other names.
    items.map((item) => parse(dumpYaml({ ...item, apiVersion, kind })) as Manifest);
  const podManifests = manifests("v1", "Pod", live.items);
  const all = [
    ...manifests("networking.k8s.io/v1", "NetworkPolicy", policies.items),
    ...manifests("v1", "Namespace", namespaces.items),
    ...podManifests,
  ];
  const end = (it: Pod | "world" | "dns"): Manifest | string => {
    if (it === "world") return GATEWAY;
    if (it === "dns") return dnsPod;
    const found = podManifests.find(({ metadata }) => metadata.name === pods[it].name);
    return found ?? `no Pod ${it}`;
  };
  return cells
    .filter(({ caller, target }) => {
      const { port, to } = TARGETS[target];
      const protocol = to === "dns" ? "UDP" : "TCP";
      return mayConnect(all, { from: end(caller), to: end(to), port, protocol });
    })
    .map(({ name }) => name);
}

/** Waits until packets go where the evaluator says, and returns both accounts as they then are, or at the limit. */
async function bothAccounts() {
  let evaluated: string[] = [];
  let sent: string[] = [];
  const agree = async () => {
    [evaluated, sent] = await Promise.all([openToEvaluator(), openToPackets()]);
    return evaluated.join() === sent.join();
  };
  const awaited = "packets to go where the evaluator says";
  // What they say at the limit is more useful than that it was reached.
  await waitFor(agree, { awaited, timeoutSeconds: ENFORCED_WITHIN_SECONDS }).catch(() => {});
  return { evaluated, sent };
}

/** What has changed against what is declared. */
const differences = (open: readonly string[]) => ({
  opened: open.filter((name) => !declared.includes(name)),
  closed: declared.filter((name) => !open.includes(name)),
});

beforeAll(async () => {
  await pulumi(["stack", "init", stack, "--no-select"], { cwd });
  const up = await pulumi(["up", "--yes", "--skip-preview", "--stack", stack], { cwd });
  expect(up.exitCode, up.output).toBe(0);
  const found = Object.entries(PODS).map(async ([key, { namespace, app }]) => {
    const { items } = await core.listNamespacedPod({ namespace, labelSelector: `app=${app}` });
    expect(items).toHaveLength(1);
    const name = items[0]?.metadata?.name ?? "";
    return [key, { name, ip: await untilRunning(name, namespace) }];
  });
  pods = Object.fromEntries(await Promise.all(found));
  const dns = await core.listNamespacedPod({
    namespace: "kube-system",
    labelSelector: "k8s-app=kube-dns",
  });
  dnsPod = parse(dumpYaml({ ...dns.items[0], apiVersion: "v1", kind: "Pod" })) as Manifest;
  world = await startOutside({ http: 18_080, tcp: 19_090 });
});

afterAll(async () => {
  world?.kill();
  // What its Pods take to end is not waited for.
  await Promise.all([SHOP, OPS].map((name) => core.deleteNamespace({ name })));
});

/** What is left of the declared cells when a policy closes the namespace. */
const OPEN_WHEN_CLOSED = [
  ...["front to front:8080", "front to front:9090", "front to dns"],
  ...["back to back:8080", "back to back:9090"],
  ...["plain to plain:8080", "plain to plain:9090"],
  ...["stranger to stranger:8080", "stranger to stranger:9090"],
  ...["operator to front:8080", "operator to world", "operator to dns"],
  ...["admin to front:8080", "admin to world", "admin to dns"],
  ...["double to front:8080", "double to world", "double to dns"],
  "world to front:8080",
];

const remove = (name: string) =>
  networking.deleteNamespacedNetworkPolicy({ namespace: SHOP, name });

const add = (spec: V1NetworkPolicySpec) =>
  networking.createNamespacedNetworkPolicy({
    namespace: SHOP,
    body: { metadata: { name: "closed" }, spec },
  });

describe("network policies and packets", () => {
  test("lets through what is declared, and nothing else", async ({ annotate }) => {
    const { evaluated, sent } = await bothAccounts();

    expect(differences(evaluated)).toEqual({ opened: [], closed: [] });
    expect(differences(sent)).toEqual({ opened: [], closed: [] });
    // A closed cell says something only where somebody is there: each target answers somebody.
    expect(targets.filter((target) => !sent.some((it) => it.endsWith(` to ${target}`)))).toEqual(
      [],
    );
    await annotate(
      `NetworkPolicies: ${cells.length} of ${cells.length} cells as declared, to the evaluator and to packets (${sent.length} open, ${cells.length - sent.length} closed)`,
      "figure",
    );
  });

  test("lets in whoever comes through an entrance", async () => {
    const production = await core.readNamespacedService({ name: "production", namespace: SHOP });
    const host = production.status?.loadBalancer?.ingress?.[0]?.hostname;
    const listeners = forwards().listeners.filter(({ dnsName }) => dnsName === host);
    expect(listeners).toHaveLength(1);

    const answers = await Promise.all([
      ...realNodes(network()).map(({ address }) =>
        askFromVpc({ target: `http://${address}:${NODE_PORT}/hostname` }),
      ),
      ...listeners.flatMap(({ address, hostPort }) => [
        askFromVpc({ target: `http://${address}/hostname` }),
        askFromHere({ target: `http://127.0.0.1:${hostPort}/hostname` }),
      ]),
    ]);

    expect(answers).toEqual(answers.map(() => ({ ok: true, text: pods.front.name })));
  });

  // Each changes one thing more, and names all cells that are then not as declared.
  test.for([
    {
      change: "the connection's policy is gone",
      make: () => remove(`${SHOP}.front-to-back`),
      opened: [],
      closed: ["front to back:8080"],
    },
    {
      // The front end reaches it again, and still nothing else: its own egress is closed.
      change: "the back end's own policy is gone too",
      make: () => remove("back"),
      opened: [
        ...["plain to back:8080", "plain to back:9090"],
        ...["stranger to back:8080", "stranger to back:9090"],
        ...["operator to back:9090", "admin to back:8080"],
        ...["double to back:8080", "double to back:9090"],
        ...["world to back:8080", "world to back:9090"],
      ],
      closed: [],
    },
    {
      // What other policies open stays open. A Pod reaches itself in any case.
      change: "a policy of the namespace closes everything",
      make: () => add({ podSelector: {}, policyTypes: ["Ingress", "Egress"] }),
      opened: [],
      closed: declared.filter((name) => !OPEN_WHEN_CLOSED.includes(name)),
    },
  ])(
    "turns the cells that it decides when $change",
    async ({ change, make, opened, closed }, { annotate }) => {
      await make();

      const { evaluated, sent } = await bothAccounts();

      expect(differences(evaluated)).toEqual({ opened, closed });
      expect(differences(sent)).toEqual({ opened, closed });
      const turned = `${opened.length} cells opened and ${closed.length} closed`;
      await annotate(`NetworkPolicies, control: ${turned} when ${change}`, "figure");
    },
  );
});
