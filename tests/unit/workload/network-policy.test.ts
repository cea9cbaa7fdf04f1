import { expect, test } from "vitest";
import { type BackendArgs, Entrance } from "../../../components/index.ts";
import { backendOf, refusalOf } from "../support/deployment.ts";
import { later } from "../support/run-program.ts";

const ports = [
  { name: "http", containerPort: 8080, port: 80 },
  { name: "metrics", containerPort: 9090 },
  { name: "dns", containerPort: 5353, port: 53, protocol: "UDP" as const },
];
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

test.each([Entrance.NodePort, Entrance.LoadBalancer])(
  "Backend: opens every port to anybody when there is an entrance %s",
  async (entrance) => {
    const { ingress } = await policyOf({ entrances: [entrance] });

    expect(ingress).toEqual([
      {
        ports: [
          { port: 8080, protocol: "TCP" },
          { port: 9090, protocol: "TCP" },
          { port: 5353, protocol: "UDP" },
        ],
      },
      { from: [{ namespaceSelector }], ports: service },
    ]);
  },
);

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

test("Backend: leaves its Pods nothing but DNS when egress is closed", async () => {
  const { egress, policyTypes } = await policyOf({ closeEgress: true });

  expect(policyTypes).toEqual(["Ingress", "Egress"]);
  expect(egress).toEqual([
    {
      ports: [
        { port: 53, protocol: "UDP" },
        { port: 53, protocol: "TCP" },
      ],
    },
  ]);
});

test("Backend: has no NetworkPolicy when it is turned off", async () => {
  const run = await backendOf({ networkPolicy: false });

  expect(run.resources.map(({ name }) => name)).not.toContain("web-network-policy");
  expect(Object.keys(await run.outputs(run.result))).not.toContain("networkPolicy");
});

const plain = "must be a plain value, it decides what is created and under which name";
test.each([
  [{ networkPolicy: "no" }, 'args.networkPolicy is "no", must be true or false'],
  [{ networkPolicy: later(true) }, `args.networkPolicy is an Output, ${plain}`],
  [
    { networkPolicy: false, closeEgress: true },
    "args.networkPolicy is false, must be true with allowedCallers and closeEgress, which it enforces",
  ],
  [
    { networkPolicy: false, allowedCallers: [] },
    "args.networkPolicy is false, must be true with allowedCallers and closeEgress, which it enforces",
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
    "args.allowedCallers[0].ports is undefined, must name the ports to open, the Backend has no Service",
  ],
])("Backend: fails when its access is %j", async (args, message) => {
  expect(await refusalOf(args)).toBe(message);
});
