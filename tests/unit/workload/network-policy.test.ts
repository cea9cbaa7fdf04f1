import { expect, test } from "vitest";
import {
  Backend,
  type BackendArgs,
  Entrance,
  Exposure,
  LoadBalancerController,
  LoadBalancerService,
  NodePortService,
} from "../../../components/index.ts";
import { smallest } from "../support/args.ts";
import { backendOf, refusalOf } from "../support/deployment.ts";
import { failureOf, later, runProgram } from "../support/run-program.ts";

const ports = [
  { name: "http", containerPort: 8080, port: 80 },
  { name: "metrics", containerPort: 9090 },
  { name: "dns", containerPort: 5353, port: 53, protocol: "UDP" as const },
];
const cluster = { controller: LoadBalancerController.MetalLb, allowNodePort: true };
const metrics = [{ port: 9090, targetPort: "metrics" }];
const service = [
  { port: 8080, protocol: "TCP" },
  { port: 5353, protocol: "UDP" },
];
const namespaceSelector = { matchLabels: { "kubernetes.io/metadata.name": "shop" } };

/** The spec of the NetworkPolicy of a Backend called `web`. */
async function policyOf(args: Partial<BackendArgs>) {
  const run = await backendOf({ ports, ...args });
  return run.resource("NetworkPolicy", "web-network-policy").inputs.spec;
}

test("Backend: opens its Service's ports to its namespace when nothing is said", async () => {
  const run = await backendOf({ ports, app: "shop" });

  expect(run.resource("NetworkPolicy", "web-network-policy").inputs).toMatchObject({
    metadata: { name: "web", namespace: "shop", labels: { app: "shop" } },
  });
  expect(await policyOf({ app: "shop" })).toEqual({
    podSelector: { matchLabels: { app: "shop" } },
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ namespaceSelector }], ports: service }],
  });
});

const toAnybody = [
  { port: 8080, protocol: "TCP" },
  { port: 5353, protocol: "UDP" },
];
test.each([Entrance.NodePort, Entrance.LoadBalancer])(
  "Backend: opens its Service's ports and no other to anybody when there is an entrance %s",
  async (entrance) => {
    const { ingress } = await policyOf({ entrances: [entrance] });

    expect(ingress).toEqual([
      { ports: toAnybody },
      { from: [{ namespaceSelector }], ports: service },
    ]);
  },
);

test("Backend: opens its entrances' ports alone when no caller may connect", async () => {
  const { ingress } = await policyOf({ entrances: [Entrance.LoadBalancer], allowedCallers: [] });

  expect(ingress).toEqual([{ ports: toAnybody }]);
});

test.each<[string, BackendArgs["ports"], number[]]>([
  [
    "they are named",
    [
      { name: "http", containerPort: 8080, port: 80, entrance: false },
      { name: "public", containerPort: 8443, entrance: true },
    ],
    [8443],
  ],
  ["there is one alone", [{ name: "http", containerPort: 8080 }], [8080]],
  [
    "a second one is named",
    [
      { name: "http", containerPort: 8080, port: 80 },
      { name: "more", containerPort: 8081, entrance: true },
    ],
    [8080, 8081],
  ],
])("Backend: opens the ports of its entrances when %s", async (_, own, numbers) => {
  const { ingress } = await policyOf({
    ...{ ports: own, readinessProbe: { exec: { command: ["true"] } } },
    ...{ entrances: [Entrance.NodePort], allowedCallers: [] },
  });

  expect(ingress).toEqual([{ ports: numbers.map((port) => ({ port, protocol: "TCP" })) }]);
});

type EntranceOf = (target: Backend["target"]) => NodePortService | LoadBalancerService;
const toMetrics: [string, EntranceOf][] = [
  ["NodePortService", (target) => new NodePortService("dev", { cluster, target, ports: metrics })],
  [
    "LoadBalancerService",
    (target) =>
      new LoadBalancerService("dev", {
        ...{ cluster, target, ports: metrics, exposure: Exposure.Internal, addressPool: "inside" },
        sourceRanges: ["10.0.0.0/8"],
      }),
  ],
];
const entrances = [Entrance.NodePort, Entrance.LoadBalancer];

test.each(toMetrics)(
  "%s: opens the port it leads to when its Backend does not",
  async (_, entrance) => {
    const run = await runProgram(() =>
      entrance(new Backend("web", { ...smallest, ports, entrances, allowedCallers: [] }).target),
    );

    expect(run.resource("NetworkPolicy", "dev-network-policy")).toMatchObject({
      parent: "dev",
      inputs: {
        metadata: { name: "dev.entrance", namespace: "shop" },
        spec: {
          podSelector: { matchLabels: { app: "web" } },
          policyTypes: ["Ingress"],
          ingress: [{ ports: [{ port: 9090, protocol: "TCP" }] }],
        },
      },
    });
    expect(run.resource("NetworkPolicy", "web-network-policy").inputs.spec.ingress).toEqual([
      { ports: toAnybody },
    ]);
  },
);

test("Backend: opens nothing to anybody when a port is for entrances and there are none", async () => {
  const own = [{ name: "http", containerPort: 8080, port: 80, entrance: true }];

  expect(await policyOf({ ports: own, entrances: [], allowedCallers: [] })).toEqual({
    podSelector: { matchLabels: { app: "web" } },
    policyTypes: ["Ingress"],
  });
});

test.each<[string, Partial<BackendArgs>]>([
  ["opens the port", { ports: [{ name: "metrics", containerPort: 9090 }] }],
  ["has no NetworkPolicy", { ports, networkPolicy: false }],
])("NodePortService: has no NetworkPolicy when its Backend %s", async (_, args) => {
  const run = await runProgram(() => {
    const readinessProbe = { exec: { command: ["true"] } };
    const { target } = new Backend("web", { ...smallest, ...args, readinessProbe, entrances });
    return new NodePortService("dev", { cluster, target, ports: metrics });
  });

  expect(run.resources.map(({ name }) => name)).not.toContain("dev-network-policy");
});

const closed =
  'args.ports[0].targetPort is "metrics", must be a port of the target that entrances lead to: http, dns; give it `entrance: true` there';
test.each(toMetrics)(
  "%s: fails when entrances are said not to lead to the port",
  async (_, entrance) => {
    const [http, metrics, dns] = ports;
    const shut = [http, { ...metrics, entrance: false }, dns] as BackendArgs["ports"];
    const failure = await failureOf(() =>
      entrance(new Backend("web", { ...smallest, ports: shut, entrances }).target),
    );

    expect(failure.message).toContain(closed);
  },
);

test("NodePortService: fails when a Backend of another program keeps the port closed", async () => {
  const failure = await failureOf(() => {
    const { target } = new Backend("web", { ...smallest, ports, entrances });
    new NodePortService("dev", { cluster, target: target.apply((it) => it), ports: metrics });
  });

  expect(failure.message).toContain(closed);
});

test("Backend: opens to its callers alone when they are listed", async () => {
  const { ingress } = await policyOf({
    allowedCallers: [
      { podLabels: { app: later("front") } },
      { namespace: later("monitoring"), ports: ["metrics"] },
    ],
  });

  expect(ingress).toEqual([
    {
      from: [{ namespaceSelector, podSelector: { matchLabels: { app: "front" } } }],
      ports: service,
    },
    {
      from: [
        { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } } },
      ],
      ports: [{ port: 9090, protocol: "TCP" }],
    },
  ]);
});

test.each([
  ["no caller may", { allowedCallers: [] }],
  ["it has no Service", { ports: [{ name: "http", containerPort: 8080 }] }],
])("Backend: lets nobody connect when %s", async (_, args) => {
  expect(await policyOf(args)).toEqual({
    podSelector: { matchLabels: { app: "web" } },
    policyTypes: ["Ingress"],
  });
});

const podsIn = (namespace: string) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
});
const both = (port: number) => ["UDP", "TCP"].map((protocol) => ({ port, protocol }));

test("Backend: leaves its Pods nothing but DNS when egress is closed", async () => {
  const { egress, policyTypes } = await policyOf({ closeEgress: true });

  expect(policyTypes).toEqual(["Ingress", "Egress"]);
  expect(egress).toEqual([
    {
      to: [podsIn("kube-system"), { ipBlock: { cidr: "169.254.20.10/32" } }],
      ports: both(53),
    },
    { to: [podsIn("openshift-dns")], ports: both(5353) },
  ]);
});

test("Backend: lets its Pods ask more DNS servers when they are named", async () => {
  const { egress } = await policyOf({
    closeEgress: true,
    dnsServerRanges: ["10.96.0.10/32", later("fd00::10/128")],
  });

  expect(egress[0].to.slice(2)).toEqual([
    { ipBlock: { cidr: "10.96.0.10/32" } },
    { ipBlock: { cidr: "fd00::10/128" } },
  ]);
});

test("Backend: has no NetworkPolicy when it is turned off", async () => {
  const run = await backendOf({ networkPolicy: false });

  expect(run.resources.map(({ name }) => name)).not.toContain("web-network-policy");
  expect(Object.keys(await run.outputs(run.result))).not.toContain("networkPolicy");
});

const plain =
  "must be a plain value: it decides what is created and under which name; write the value itself, and name the resource it comes from in dependsOn";
test.each([
  [{ networkPolicy: "no" }, 'args.networkPolicy is "no", must be true or false'],
  [{ networkPolicy: later(true) }, `args.networkPolicy is an Output, ${plain}`],
  [
    { networkPolicy: false, closeEgress: true },
    "args.networkPolicy is false, must be true with allowedCallers and closeEgress, which need it",
  ],
  [
    { networkPolicy: false, allowedCallers: [] },
    "args.networkPolicy is false, must be true with allowedCallers and closeEgress, which need it",
  ],
  [
    { dnsServerRanges: ["10.96.0.10/32"] },
    "args.dnsServerRanges is a list, must not be set unless args.closeEgress is true, which it adds to",
  ],
  [
    { closeEgress: true, dnsServerRanges: [later("10.96.0.10/8")] },
    'args.dnsServerRanges[0] is "10.96.0.10/8", must be an address range in its canonical form; use 10.0.0.0/8',
  ],
  [
    { entrances: ["NodePort"], ports: [{ ...ports[0], entrance: "yes" }] },
    'args.ports[0].entrance is "yes", must be true or false',
  ],
  [{ closeEgress: 1 }, "args.closeEgress is 1, must be true or false"],
  [{ allowedCallers: "all" }, 'args.allowedCallers is "all", must be a list of callers'],
  [{ allowedCallers: ["all"] }, 'args.allowedCallers[0] is "all", must be an object'],
  [
    { allowedCallers: [{ namespace: later("Shop") }] },
    'args.allowedCallers[0].namespace is "Shop", must be at most 63 lower case letters, digits and "-", starting and ending with a letter or digit',
  ],
  [
    { allowedCallers: [{ podLabels: { app: "a b" } }] },
    'args.allowedCallers[0].podLabels["app"] is "a b", must be at most 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit',
  ],
  [
    { allowedCallers: [{ ports: ["https"] }] },
    'args.allowedCallers[0].ports[0] is "https", must be "http"',
  ],
  [
    { allowedCallers: [{ ports: [] }] },
    "args.allowedCallers[0].ports is an empty list, must be a list of at least one port name",
  ],
  [
    { ports: [{ name: "http", containerPort: 8080 }], allowedCallers: [{}] },
    "args.allowedCallers[0].ports is undefined, must name the ports to open, because the Backend has no Service",
  ],
])("Backend: fails when its access is %j", async (args, message) => {
  expect(await refusalOf(args)).toBe(message);
});

test.each([
  [{ anyNamespace: true }, { namespaceSelector: {} }],
  [
    { anyNamespace: true, podLabels: { app: "scraper" } },
    { namespaceSelector: {}, podSelector: { matchLabels: { app: "scraper" } } },
  ],
  [
    { namespaceLabels: { team: "payments" } },
    { namespaceSelector: { matchLabels: { team: "payments" } } },
  ],
])("Backend: admits Pods of the namespaces that the caller %j has", async (caller, peer) => {
  const { ingress } = await policyOf({ allowedCallers: [caller] });

  expect(ingress).toEqual([{ from: [peer], ports: service }]);
});

test("Backend: admits addresses outside of the cluster when a caller has ranges", async () => {
  const { ingress } = await policyOf({
    allowedCallers: [{ ranges: ["10.20.0.0/16", "fd00::/8"], ports: ["http"] }],
  });

  expect(ingress).toEqual([
    {
      from: [{ ipBlock: { cidr: "10.20.0.0/16" } }, { ipBlock: { cidr: "fd00::/8" } }],
      ports: [{ port: 8080, protocol: "TCP" }],
    },
  ]);
});

test.each([
  [
    { ranges: ["10.0.0.0/8"], podLabels: { app: "a" } },
    "podLabels is an object, must not be set with ranges; state the Pods as another caller",
  ],
  [{ ranges: [] }, "ranges is an empty list, must be a list of at least one address range"],
  [
    { anyNamespace: true, namespace: "shop" },
    'namespace is "shop", must not be set with anyNamespace; remove one of them',
  ],
  [
    { anyNamespace: true, namespaceLabels: { team: "a" } },
    "namespaceLabels is an object, must not be set with anyNamespace; remove one of them",
  ],
  [
    { namespaceLabels: {} },
    "namespaceLabels is an object, must have at least one label; anyNamespace admits Pods of every namespace",
  ],
])("Backend: fails when the caller is %j", async (caller, message) => {
  expect(await refusalOf({ ports, allowedCallers: [caller] })).toBe(
    `args.allowedCallers[0].${message}`,
  );
});

test("Backend: connects to stated addresses besides DNS when its egress is closed", async () => {
  const { egress } = await policyOf({
    closeEgress: true,
    allowedEgress: [
      { ranges: ["0.0.0.0/0"], ports: [{ port: 443 }, { port: 1024, endPort: 2048 }] },
      { ranges: ["10.0.0.0/8"] },
    ],
  });

  expect(egress.slice(2)).toEqual([
    {
      to: [{ ipBlock: { cidr: "0.0.0.0/0" } }],
      ports: [
        { port: 443, protocol: "TCP" },
        { port: 1024, endPort: 2048, protocol: "TCP" },
      ],
    },
    { to: [{ ipBlock: { cidr: "10.0.0.0/8" } }] },
  ]);
});

test.each([
  [
    { allowedEgress: [] },
    "args.allowedEgress is an empty list, must not be set unless args.closeEgress is true, which it adds to",
  ],
  [
    { closeEgress: true, allowedEgress: [{ ranges: [] }] },
    "args.allowedEgress[0].ranges is an empty list, must be a list of at least one address range",
  ],
  [
    {
      closeEgress: true,
      allowedEgress: [{ ranges: ["10.0.0.0/8"], ports: [{ port: 443, endPort: 80 }] }],
    },
    "args.allowedEgress[0].ports[0].endPort is 80, must be an integer from 443 to 65535; it is the last port of the range",
  ],
])("Backend: fails when it has %j", async (args, message) => {
  expect(await refusalOf({ ports, ...args })).toBe(message);
});
