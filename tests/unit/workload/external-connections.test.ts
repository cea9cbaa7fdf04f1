import { expect, test } from "vitest";
import { Backend, type BackendArgs } from "../../../components/index.ts";
import { smallest } from "../support/args.ts";
import { backendOf, containerOf, refusalOf } from "../support/deployment.ts";
import { failureOf, later } from "../support/run-program.ts";

const database = { addresses: ["10.20.0.5", "10.20.0.6"], port: 5432 };
const payments = { externalName: "api.payments.example", port: 443 };

test("Backend: has the address of an external host in its variables when it is named", async () => {
  const run = await backendOf({ connectsToExternal: { PAYMENTS: payments } });

  const [container] = run.resource("Deployment", "web").inputs.spec.template.spec.containers;
  expect(container.env).toEqual([
    { name: "PAYMENTS_HOST", value: "api.payments.example" },
    { name: "PAYMENTS_PORT", value: "443" },
    { name: "PAYMENTS_URL", value: "https://api.payments.example" },
  ]);
  expect(run.resources.map(({ type }) => type)).not.toContain(
    "kubernetes:discovery.k8s.io/v1:EndpointSlice",
  );
  expect(Object.keys(await run.outputs(run.result))).not.toContain("externalServices");
});

test("Backend: makes a Service and an EndpointSlice when something external has addresses", async () => {
  const run = await backendOf({ connectsToExternal: { DATABASE: database } });

  expect(run.resource("core/v1:Service", "web-to-database-service")).toMatchObject({
    parent: "web",
    inputs: {
      metadata: { name: "web-to-database", namespace: "shop" },
      spec: {
        type: "ClusterIP",
        ipFamilies: ["IPv4"],
        ports: [{ port: 5432, targetPort: 5432, protocol: "TCP" }],
      },
    },
  });
  const { inputs } = run.resource("EndpointSlice", "web-to-database-endpoint-slice");
  expect(inputs).toMatchObject({
    metadata: {
      name: "web-to-database",
      labels: { "kubernetes.io/service-name": "web-to-database" },
    },
    addressType: "IPv4",
    endpoints: [{ addresses: ["10.20.0.5"] }, { addresses: ["10.20.0.6"] }],
    ports: [{ port: 5432, protocol: "TCP" }],
  });
  const [container] = run.resource("Deployment", "web").inputs.spec.template.spec.containers;
  expect(container.env).toEqual([
    { name: "DATABASE_HOST", value: "web-to-database.shop.svc" },
    { name: "DATABASE_PORT", value: "5432" },
  ]);
  expect(run.resource("core/v1:Service", "web-to-database-service").inputs.spec).not.toHaveProperty(
    "selector",
  );
});

test("Backend: makes a Service of type ExternalName when a host and a Service are named", async () => {
  const connection = { ...payments, serviceName: "payments" };
  const run = await backendOf({ connectsToExternal: { PAYMENTS: connection } });

  expect(run.resource("core/v1:Service", "web-to-payments-service").inputs.spec).toEqual({
    type: "ExternalName",
    externalName: "api.payments.example",
    ports: [{ port: 443, targetPort: 443, protocol: "TCP" }],
  });
  const { env } = await containerOf({ connectsToExternal: { PAYMENTS: connection } });
  expect(env[0]).toEqual({ name: "PAYMENTS_HOST", value: "payments.shop.svc" });
});

test("Backend: may still connect to what is external when its egress is closed", async () => {
  const run = await backendOf({
    closeEgress: true,
    connectsToExternal: {
      DATABASE: { ...database, addresses: ["2001:db8::5"] },
      PAYMENTS: { ...payments, ranges: ["203.0.113.0/24"] },
    },
  });

  const { egress } = run.resource("NetworkPolicy", "web-network-policy").inputs.spec;
  expect(egress.slice(2)).toEqual([
    {
      to: [{ ipBlock: { cidr: "2001:db8::5/128" } }],
      ports: [{ port: 5432, protocol: "TCP" }],
    },
    {
      to: [{ ipBlock: { cidr: "203.0.113.0/24" } }],
      ports: [{ port: 443, protocol: "TCP" }],
    },
  ]);
});

test("Backend: lets env refer to the address of what is external", async () => {
  const { env } = await containerOf({
    env: { DSN: "postgres://$(DATABASE_HOST):$(DATABASE_PORT)/shop" },
    connectsToExternal: { DATABASE: database },
  });

  expect(env.map(({ name }: { name: string }) => name)).toEqual([
    "DATABASE_HOST",
    "DATABASE_PORT",
    "DSN",
  ]);
});

const KEY = "args.connectsToExternal.A";
test.each<[Partial<BackendArgs>, string]>([
  [
    { connectsToExternal: { A: { port: 1 } } },
    `${KEY} is an object, must have exactly one of externalName and addresses`,
  ],
  [
    { connectsToExternal: { A: { ...database, externalName: "a.example" } } },
    `${KEY} is "externalName and addresses", must have exactly one of externalName and addresses`,
  ],
  [
    { connectsToExternal: { A: { port: 1, addresses: ["10.0.0.1", later("fd00::1")] } } },
    `${KEY}.addresses[1] is "fd00::1", must be of one family with ${KEY}.addresses[0]; state the others under another key`,
  ],
  [
    { closeEgress: true, connectsToExternal: { A: payments } },
    `${KEY}.ranges is undefined, must be given with args.closeEgress, because a NetworkPolicy knows no DNS names; ["0.0.0.0/0"] is every IPv4 address`,
  ],
  [
    { connectsToExternal: { A: { ...payments, ranges: ["10.0.0.0/8"] } } },
    `${KEY}.ranges is a list, must not be set without args.closeEgress and externalName, which need it`,
  ],
  [
    { env: { A_HOST: "b" }, connectsToExternal: { A: payments } },
    'args.connectsToExternal key is "A", must be another key, or args.env must not have A_HOST, which the connection sets',
  ],
  [
    { connectsToExternal: { a: payments } },
    'args.connectsToExternal key is "a", must be at most 63 upper case letters, digits and single "_", starting with a letter and ending with a letter or digit, such as MY_BACKEND',
  ],
  [
    { connectsToExternal: { [`A${"A".repeat(59)}`]: database } },
    `args.connectsToExternal.A${"A".repeat(59)}.serviceName is undefined, must be given: the Backend's name and the key are too long for a Service's name`,
  ],
])("Backend: fails when what is external is stated as in %j", async (args, message) => {
  expect(await refusalOf(args)).toBe(message);
});

test.each(["namespace", "serviceName"])(
  "Backend: fails when the %s of an external host cannot be made a string",
  async (place) => {
    const odd = Object.create(null);
    const args =
      place === "namespace"
        ? { namespace: odd, connectsToExternal: { A: database } }
        : { connectsToExternal: { A: { ...database, serviceName: odd } } };

    expect(await refusalOf(args)).toContain(`${place} is an object, must be at most 63`);
  },
);

test("Backend: fails when another one has the Service that stands for what is external", async () => {
  const failure = await failureOf(() => {
    const connectsToExternal = { A: { ...database, serviceName: "database" } };
    new Backend("web", { ...smallest, connectsToExternal });
    return new Backend("api", { ...smallest, connectsToExternal });
  });

  expect(failure.message).toContain(
    `${KEY}.serviceName is "database", must differ from the Service of component "web" in namespace "shop"`,
  );
});

test("Backend: says which argument takes the URL's variable away, and has none when it is followed", async () => {
  const env = { PAYMENTS_URL: "https://eu.payments.example" };

  expect(await refusalOf({ connectsToExternal: { PAYMENTS: payments }, env })).toBe(
    'args.connectsToExternal key is "PAYMENTS", must be another key, or args.env must not have PAYMENTS_URL, which the connection sets; or set args.connectsToExternal.PAYMENTS.appProtocol to one that is not HTTP, and there is no such variable',
  );
  const connection = { ...payments, appProtocol: "example.com/payments" };
  const followed = await containerOf({ connectsToExternal: { PAYMENTS: connection }, env });
  expect(followed.env.map(({ name }: { name: string }) => name)).toEqual([
    "PAYMENTS_HOST",
    "PAYMENTS_PORT",
    "PAYMENTS_URL",
  ]);
});
