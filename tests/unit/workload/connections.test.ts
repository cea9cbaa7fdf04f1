import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import {
  Backend,
  type BackendArgs,
  Protocol,
  type ServiceTargetArgs,
} from "../../../components/index.ts";
import { minimal, smallest } from "../support/args.ts";
import { containerOf, podOf, refusalOf } from "../support/deployment.ts";
import { failureOf, later, runProgram, unknown } from "../support/run-program.ts";

/** A workload of somebody else's. */
const payments = {
  namespace: "data",
  selector: { app: "payments" },
  ports: [
    { name: "http", containerPort: 8080, port: 80 },
    { name: "admin", containerPort: 9000, port: 8443, appProtocol: "https" },
    { name: "sql", containerPort: 5432, port: 5432, appProtocol: "postgresql" },
    { name: "dns", containerPort: 5353, port: 53, protocol: Protocol.UDP },
    { name: "metrics", containerPort: 9090 },
  ],
  drainSeconds: 10,
  serviceName: "payments-service",
} satisfies ServiceTargetArgs;

const http = { target: payments, port: "http" };
const callee: BackendArgs = { ...smallest, namespace: "data", serviceName: "my-backend-service" };
const inNamespace = (name: string) => ({ matchLabels: { "kubernetes.io/metadata.name": name } });

/** Runs a callee and a Backend called `web` that connects to it. */
function runPair(itsArgs: Partial<BackendArgs> = {}, args: Partial<BackendArgs> = {}) {
  return runProgram(() => {
    const { target } = new Backend("my-backend", { ...callee, ...itsArgs });
    const connectsTo = { MY_BACKEND: { target, port: "http" } };
    return new Backend("web", { ...smallest, connectsTo, ...args });
  });
}

describe("environment", () => {
  test.each<[string, pulumi.Input<ServiceTargetArgs>]>([
    ["stated", payments],
    ["late", later(payments)],
    [
      "stated with late fields",
      { ...payments, namespace: later("data"), ports: later(payments.ports) },
    ],
  ])(
    "Backend: has host, port and URL of whom it connects to when the target is %s",
    async (_, target) => {
      const { env } = await containerOf({ connectsTo: { MY_API: { target, port: "admin" } } });

      expect(env).toEqual([
        { name: "MY_API_HOST", value: "payments-service.data.svc" },
        { name: "MY_API_PORT", value: "8443" },
        { name: "MY_API_URL", value: "https://payments-service.data.svc:8443" },
      ]);
    },
  );

  test("Backend: has the variables of a Backend's target when it is of the same program", async () => {
    const run = await runPair();

    const { containers } = run.resource("apps/v1:Deployment", "web").inputs.spec.template.spec;
    expect(containers[0].env).toEqual([
      { name: "MY_BACKEND_HOST", value: "my-backend-service.data.svc" },
      { name: "MY_BACKEND_PORT", value: "80" },
      { name: "MY_BACKEND_URL", value: "http://my-backend-service.data.svc" },
    ]);
  });

  test.each([["sql"], ["dns"]])(
    "Backend: has no URL when the port %s does not speak HTTP",
    async (port) => {
      const { env } = await containerOf({ connectsTo: { DB: { target: payments, port } } });

      expect(env.map(({ name }: { name: string }) => name)).toEqual(["DB_HOST", "DB_PORT"]);
    },
  );

  test("Backend: has an empty URL when the ports are late and the port does not speak HTTP", async () => {
    const connectsTo = { DB: { target: later(payments), port: "sql" } };

    const { env } = await containerOf({ connectsTo });

    expect(env[2]).toEqual({ name: "DB_URL", value: "" });
  });

  test("Backend: has them before those of env, which may refer to them", async () => {
    const env = { GREETING: "hello $(API_HOST)" };

    const container = await containerOf({ env, connectsTo: { API: http } });

    expect(container.env.map(({ name }: { name: string }) => name)).toEqual([
      "API_HOST",
      "API_PORT",
      "API_URL",
      "GREETING",
    ]);
  });

  test("Backend: gives them to its own container alone when it has others", async () => {
    const initContainers = [{ name: "migrate", image: "example/migrate:1" }];

    const pod = await podOf({ initContainers, connectsTo: { API: http } });

    expect(pod.initContainers[0].env).toBeUndefined();
  });

  test("Backend: keeps the rest known in a preview when the target is unknown", async () => {
    const target = unknown<ServiceTargetArgs>();
    const args = { ...minimal, env: { A: "1" }, connectsTo: { API: { target, port: "http" } } };

    const run = await runProgram(() => new Backend("web", args), { preview: true });

    const { template } = run.resource("apps/v1:Deployment", "web").inputs.spec;
    const [{ env, image }] = template.spec.containers;
    expect(image).toBe(minimal.image);
    expect(env.map(({ name }: { name: string }) => name)).toEqual([
      "API_HOST",
      "API_PORT",
      "API_URL",
      "A",
    ]);
    expect(env[3].value).toBe("1");
  });

  test("Backend: knows them in a preview when its target is of the same program", async () => {
    const run = await runProgram(
      () => {
        const { target } = new Backend("my-backend", callee);
        const connectsTo = { API: { target, port: "http" } };
        new Backend("web", { ...smallest, image: unknown(), connectsTo });
      },
      { preview: true },
    );

    const { template } = run.resource("apps/v1:Deployment", "web").inputs.spec;
    expect(template.spec.containers[0].env[2].value).toBe("http://my-backend-service.data.svc");
  });

  test("Backend: knows what of the target is known in a preview when its namespace is not", async () => {
    const target = { ...payments, namespace: unknown<string>() };
    const args = { ...minimal, connectsTo: { API: { target, port: "sql" } } };

    const run = await runProgram(() => new Backend("web", args), { preview: true });

    const { template } = run.resource("apps/v1:Deployment", "web").inputs.spec;
    const { env } = template.spec.containers[0];
    expect(env).toHaveLength(2);
    expect(env[1]).toEqual({ name: "API_PORT", value: "5432" });
  });
});

describe("NetworkPolicy", () => {
  test("Backend: is let in by a policy in the callee's namespace when the callee limits its callers", async () => {
    const run = await runPair({ app: "api" }, { app: "web-app" });

    expect(run.resource("NetworkPolicy", "web-to-my-backend")).toMatchObject({
      parent: "web",
      dependencies: ["my-backend-network-policy"],
      inputs: {
        metadata: { name: "shop.web-to-my-backend", namespace: "data", labels: { app: "web-app" } },
        spec: {
          podSelector: { matchLabels: { app: "api" } },
          policyTypes: ["Ingress"],
          ingress: [
            {
              from: [
                {
                  namespaceSelector: inNamespace("shop"),
                  podSelector: { matchLabels: { app: "web-app" } },
                },
              ],
              ports: [{ port: 8080, protocol: "TCP" }],
            },
          ],
        },
      },
    });
    expect(Object.keys(run.result.connectionPolicies)).toEqual(["MY_BACKEND"]);
  });

  test("Backend: makes no policy for a callee when the callee limits nobody", async () => {
    const run = await runPair({ networkPolicy: false });

    expect(names(run)).not.toContain("web-to-my-backend");
    expect(run.result.connectionPolicies).toEqual({});
  });

  test.each<[string, pulumi.Input<ServiceTargetArgs>]>([
    ["stated", payments],
    ["another stack's", later(payments)],
  ])("Backend: makes no policy for a callee when its target is %s", async (_, target) => {
    const connectsTo = { API: { target, port: "http" } };

    const run = await runProgram(() => new Backend("web", { ...smallest, connectsTo }));

    expect(names(run)).not.toContain("web-to-api");
  });

  test.each<[string, pulumi.Input<ServiceTargetArgs>]>([
    ["stated", payments],
    ["another stack's", later(payments)],
  ])(
    "Backend: is let out to the callee when egress is closed and its target is %s",
    async (_, target) => {
      const connectsTo = { DNS: { target, port: "dns" } };

      const run = await runProgram(
        () => new Backend("web", { ...smallest, closeEgress: true, connectsTo }),
      );

      const { egress } = run.resource("NetworkPolicy", "web-network-policy").inputs.spec;
      expect(egress.slice(2)).toEqual([
        {
          to: [
            {
              namespaceSelector: inNamespace("data"),
              podSelector: { matchLabels: { app: "payments" } },
            },
          ],
          ports: [{ port: 5353, protocol: "UDP" }],
        },
      ]);
    },
  );

  test("Backend: states no egress when egress is open, which would close the rest", async () => {
    const run = await runPair();

    const { spec } = run.resource("NetworkPolicy", "web-network-policy").inputs;
    expect(spec.policyTypes).toEqual(["Ingress"]);
    expect(spec.egress).toBeUndefined();
  });

  test("Backend: has its policies before its Pods when it connects to somebody", async () => {
    const run = await runPair();

    expect(run.resource("apps/v1:Deployment", "web").dependencies).toEqual(
      expect.arrayContaining(["web-network-policy", "web-to-my-backend"]),
    );
  });
});

const names = (run: { resources: readonly { name: string }[] }) =>
  run.resources.map(({ name }) => name);

const KEY =
  'must be at most 63 upper case letters, digits and single "_", starting with a letter and ending with a letter or digit, such as MY_BACKEND';
const unserved = "must be a port of the target's own Service; give the target's port a port";

type Refused = [string, Record<string, unknown>];
test.each<Refused>([
  ['args.connectsTo is "api", must be an object', { connectsTo: "api" }],
  ['args.connectsTo.API is "api", must be an object', { connectsTo: { API: "api" } }],
  ...["my-backend", "_A", "A_", "A__B", "1A", "A".repeat(64)].map(
    (key): Refused => [`args.connectsTo key is "${key}", ${KEY}`, { connectsTo: { [key]: http } }],
  ),
  [
    'args.connectsTo.API.port is "https", must be a port that the target declares: http, admin, sql, dns, metrics',
    { connectsTo: { API: { target: payments, port: "https" } } },
  ],
  [
    `args.connectsTo.API.port is "metrics", ${unserved}`,
    { connectsTo: { API: { target: payments, port: "metrics" } } },
  ],
  [
    `args.connectsTo.API.port is "metrics", ${unserved}`,
    { connectsTo: { API: { target: later(payments), port: "metrics" } } },
  ],
  [
    "args.connectsTo.API.port is an Output, must be a plain value: it decides what is created and under which name; write the value itself, and name the resource it comes from in dependsOn",
    { connectsTo: { API: { target: payments, port: later("http") } } },
  ],
  [
    'args.connectsTo.API.port is "", must be at most 15 lower case letters, digits and single "-", with a letter, starting and ending with a letter or digit',
    { connectsTo: { API: { target: payments, port: "" } } },
  ],
  [
    "args.connectsTo.API.target is undefined, must be an object",
    { connectsTo: { API: { port: "http" } } },
  ],
  [
    'args.connectsTo.API.target.ports is "http", must be a list of at least one declared port',
    { connectsTo: { API: { target: { ...payments, ports: "http" }, port: "http" } } },
  ],
  [
    "args.connectsTo.API.target.ports[0] is null, must be an object",
    { connectsTo: { API: { target: { ...payments, ports: [null] }, port: "http" } } },
  ],
  [
    "args.connectsTo.API.target.serviceName is undefined, must be the name of the target's own Service, which is what Pods connect to",
    { connectsTo: { API: { target: { ...payments, serviceName: undefined }, port: "http" } } },
  ],
  [
    'args.connectsTo.API.target.namespace is "Data", must be at most 63 lower case letters, digits and "-", starting and ending with a letter or digit',
    { connectsTo: { API: { target: { ...payments, namespace: later("Data") }, port: "http" } } },
  ],
  [
    "args.connectsTo.API.target.selector is an object, must be an object of at least one label",
    { connectsTo: { API: { target: { ...payments, selector: {} }, port: "http" } } },
  ],
  ...["env", "secretEnv"].map(
    (field): Refused => [
      `args.connectsTo key is "API", must be another key, or args.${field} must not have API_HOST, which the connection sets`,
      { connectsTo: { API: http }, [field]: { API_HOST: "a" } },
    ],
  ),
  ...["envFromSecretKeys", "envFromConfigMapKeys"].map(
    (field): Refused => [
      `args.connectsTo key is "API", must be another key, or args.${field} must not have API_URL, which the connection sets; or state an appProtocol that is not HTTP for the target's port, and there is no such variable`,
      { connectsTo: { API: http }, [field]: { API_URL: { name: "a", key: "b" } } },
    ],
  ),
])("Backend: fails with %s", async (message, args) => {
  expect(await refusalOf(args)).toBe(message);
});

test("Backend: takes a variable of the same name when the target's port has an appProtocol that is not HTTP, as the text says", async () => {
  const ports = http.target.ports.map((port) => ({ ...port, appProtocol: "kubernetes.io/h2c" }));
  const connectsTo = { API: { ...http, target: { ...http.target, ports } } };

  const { env } = await containerOf({ connectsTo, env: { API_URL: "http://api" } });

  expect(env.filter(({ name }: { name: string }) => name === "API_URL")).toEqual([
    { name: "API_URL", value: "http://api" },
  ]);
});

test("Backend: takes a variable of the same name as a URL when the connection has none", async () => {
  const connectsTo = { DB: { target: payments, port: "sql" } };

  const { env } = await containerOf({ connectsTo, env: { DB_URL: "postgres://$(DB_HOST)" } });

  expect(env[2]).toEqual({ name: "DB_URL", value: "postgres://$(DB_HOST)" });
});

test("Backend: fails with the port alone when the Backend it connects to has no Service", async () => {
  const { message } = await failureOf(() => {
    const ports = [{ name: "http", containerPort: 8080 }];
    const { target } = new Backend("api", { ...smallest, ports });
    new Backend("web", { ...smallest, connectsTo: { API: { target, port: "http" } } });
  });

  expect(message).toBe(
    `Cannot create Backend "web": args.connectsTo.API.port is "http", ${unserved}`,
  );
});
