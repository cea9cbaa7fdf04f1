import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { Backend, type BackendArgs, Entrance, InvalidArgsError } from "../../components/index.ts";
import { untilRolledOut } from "../../components/readiness/rollout/until-rolled-out.ts";
import { minimal, smallest } from "./support/args.ts";
import { containerOf, deploymentOf, refusalOf } from "./support/deployment.ts";
import {
  failureOf,
  isKnown,
  later,
  outputValue,
  runProgram,
  unknown,
} from "./support/run-program.ts";

const labels = {
  app: "web",
  "app.kubernetes.io/name": "web",
  "app.kubernetes.io/instance": "web",
  "app.kubernetes.io/part-of": "shop-project",
  "app.kubernetes.io/managed-by": "pulumi",
};

describe("children", () => {
  test("Backend: has these children when nothing optional is given", async () => {
    const run = await runProgram(() => new Backend("web", smallest));

    const children = run.resources.map(({ type, name, parent }) => [type, name, parent]);
    // Independent of each other, they are registered in no particular order.
    expect(children.sort()).toEqual([
      ["kubernetes:apps/v1:Deployment", "web", "web"],
      ["kubernetes:core/v1:Service", "web-service", "web"],
      ["kubernetes:core/v1:ServiceAccount", "web-service-account", "web"],
      ["kubernetes:networking.k8s.io/v1:NetworkPolicy", "web-network-policy", "web"],
      ["kubernetes:policy/v1:PodDisruptionBudget", "web-pod-disruption-budget", "web"],
      ["pulumi-kubernetes-services:index:Backend", "web", undefined],
    ]);
  });

  test("Backend: has no Service when no port has a Service port", async () => {
    const ports = [{ name: "http", containerPort: 8080 }];
    const run = await runProgram(() => new Backend("web", { ...minimal, ports }));

    expect(run.resources.map(({ name }) => name)).toEqual(["web", "web-service-account", "web"]);
    expect(run.result.service).toBeUndefined();
    expect(run.result.address).toBeUndefined();
    expect(await outputValue(run.result.urls)).toEqual({});
  });

  test("Backend: yields exactly this Deployment when nothing optional is given", async () => {
    const deployment = await deploymentOf({});
    const hostname = "kubernetes.io/hostname";
    const labelSelector = { matchLabels: { app: "web" } };

    expect(deployment).toEqual({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", namespace: "shop", labels, annotations: untilRolledOut },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: "web" } },
        progressDeadlineSeconds: 480,
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: "web",
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            terminationGracePeriodSeconds: 45,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 10001,
              runAsGroup: 10001,
              seccompProfile: { type: "RuntimeDefault" },
            },
            affinity: {
              podAntiAffinity: {
                preferredDuringSchedulingIgnoredDuringExecution: [
                  { weight: 100, podAffinityTerm: { topologyKey: hostname, labelSelector } },
                ],
              },
            },
            topologySpreadConstraints: ["topology.kubernetes.io/zone", hostname].map(
              (topologyKey) => ({
                maxSkew: 1,
                topologyKey,
                whenUnsatisfiable: "ScheduleAnyway",
                labelSelector,
                matchLabelKeys: ["pod-template-hash"],
                nodeTaintsPolicy: "Honor",
              }),
            ),
            containers: [
              {
                name: "web",
                image: "registry.example/shop:1.0.0",
                ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
                resources: {
                  requests: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "64Mi" },
                  limits: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "256Mi" },
                },
                readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
                lifecycle: { preStop: { sleep: { seconds: 10 } } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  capabilities: { drop: ["ALL"] },
                  readOnlyRootFilesystem: true,
                },
                volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
              },
            ],
            volumes: [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }],
          },
        },
      },
    });
  });

  test("Backend: yields exactly this Service when a port has a Service port", async () => {
    const run = await runProgram(
      () => new Backend("web", { ...minimal, serviceName: "web-inside", app: "shop-web" }),
    );

    expect(run.resource("core/v1:Service", "web-service").inputs).toEqual({
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        name: "web-inside",
        namespace: "shop",
        labels: { ...labels, app: "shop-web", "app.kubernetes.io/name": "shop-web" },
        annotations: { "pulumi.com/waitFor": "jsonpath={.spec.clusterIP}" },
      },
      spec: {
        type: "ClusterIP",
        selector: { app: "shop-web" },
        ports: [{ name: "http", port: 80, targetPort: 8080, protocol: "TCP" }],
      },
    });
  });

  test("Backend: mounts no token of its ServiceAccount when nothing asks for one", async () => {
    const run = await runProgram(() => new Backend("web", minimal));

    expect(run.resource("ServiceAccount", "web-service-account").inputs).toEqual({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "web", namespace: "shop", labels },
      automountServiceAccountToken: false,
    });
  });

  test("Backend: uses the provider of its options when one is given", async () => {
    const run = await runProgram(() => {
      const provider = new Cluster("other");
      return new Backend("web", smallest, { provider });
    });

    const children = run.resources.filter(({ parent }) => parent === "web");
    expect(children).toHaveLength(5);
    expect(children.every(({ provider }) => provider.includes("::other::"))).toBe(true);
  });
});

describe("arguments", () => {
  test.each([0, 1, 7])("Backend: runs %i Pods when replicas says so", async (replicas) => {
    expect((await deploymentOf({ replicas })).spec.replicas).toBe(replicas);
  });

  test("Backend: drains long enough for a load balancer when one is among the entrances", async () => {
    const entrances = [Entrance.NodePort, Entrance.LoadBalancer];
    const { spec } = await deploymentOf({ entrances, longestRequestSeconds: 5 });

    expect(spec.template.spec.containers[0].lifecycle.preStop.sleep.seconds).toBe(60);
    expect(spec.template.spec.terminationGracePeriodSeconds).toBe(70);
    expect(spec.minReadySeconds).toBe(11);
  });

  test("Backend: passes an Output on when the image is one", async () => {
    expect((await containerOf({ image: later("late:1") })).image).toBe("late:1");
  });

  test("Backend: has environment variables when env is given", async () => {
    const container = await containerOf({ env: { MODE: "fast", LATE: later("value") } });

    expect(container.env).toEqual([
      { name: "MODE", value: "fast" },
      { name: "LATE", value: "value" },
    ]);
  });

  test("Backend: keeps a secret secret when env has one", async () => {
    const run = await runProgram(
      () => new Backend("web", { ...minimal, env: { PASSWORD: pulumi.secret("hunter22") } }),
    );

    const { deployment } = run.result;
    expect(await pulumi.isSecret(deployment.spec)).toBe(true);
  });

  test("Backend: keeps everything else known in a preview when the image is unknown", async () => {
    const run = await runProgram(() => new Backend("web", { ...minimal, image: unknown() }), {
      preview: true,
    });

    const { spec } = run.resource("apps/v1:Deployment", "web").inputs;
    expect(spec.selector).toEqual({ matchLabels: { app: "web" } });
    expect(pulumi.isUnknown(spec.template.spec.containers[0].image)).toBe(true);
    expect(await isKnown(run.result.target)).toBe(true);
    expect(await isKnown(run.result.urls)).toBe(true);
  });

  test("Backend: has more labels and annotations on its Pods when they are given", async () => {
    const { template } = (
      await deploymentOf({
        labels: { tier: "api", "app.kubernetes.io/part-of": "store" },
        annotations: { "example.com/scrape": "true" },
      })
    ).spec;

    expect(template.metadata).toEqual({
      labels: { ...labels, tier: "api", "app.kubernetes.io/part-of": "store" },
      annotations: { "example.com/scrape": "true" },
    });
  });

  test("Backend: runs as another user when one is given", async () => {
    const { template } = (await deploymentOf({ runAsUser: 101, runAsGroup: later(102) })).spec;

    expect(template.spec.securityContext).toMatchObject({ runAsUser: 101, runAsGroup: 102 });
  });

  test("Backend: has every field of a port when all are given", async () => {
    const ports = [
      { name: "grpc", containerPort: 9000, port: 90, appProtocol: "kubernetes.io/h2c" },
      { name: "dns", containerPort: 9000, port: 90, protocol: "UDP" as const },
    ];
    const readinessProbe = { tcpSocket: { port: "grpc" } };
    const run = await runProgram(() => new Backend("web", { ...minimal, ports, readinessProbe }));

    expect(run.resource("core/v1:Service", "web-service").inputs.spec.ports).toEqual([
      {
        name: "grpc",
        port: 90,
        targetPort: 9000,
        protocol: "TCP",
        appProtocol: "kubernetes.io/h2c",
      },
      { name: "dns", port: 90, targetPort: 9000, protocol: "UDP" },
    ]);
  });

  test("Backend: has an imagePullPolicy and a liveness probe when they are given", async () => {
    const container = await containerOf({
      imagePullPolicy: "Never",
      livenessProbe: { exec: { command: ["/bin/true"] }, periodSeconds: later(7) },
    });

    expect(container.imagePullPolicy).toBe("Never");
    expect(container.livenessProbe).toEqual({ exec: { command: ["/bin/true"] }, periodSeconds: 7 });
  });
});

describe("outputs", () => {
  test("Backend: registers exactly these outputs when it has a Service", async () => {
    const run = await runProgram(() => new Backend("web", smallest));

    const outputs = await run.outputs(run.result);
    expect(Object.keys(outputs).sort()).toEqual(["address", "backendRefs", "target", "urls"]);
    expect(outputs).toMatchObject({
      address: { host: "web.shop.svc", kind: "hostname" },
      target: {
        namespace: "shop",
        selector: { app: "web" },
        ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
        drainSeconds: 10,
      },
      urls: { http: "http://web.shop.svc" },
      backendRefs: { http: { name: "web", namespace: "shop", port: 80 } },
    });
  });

  test("Backend: refers routes to the ports of its Service when it has others too", async () => {
    const ports = [
      { name: "http", containerPort: 8080, port: 80 },
      { name: "metrics", containerPort: 9090 },
    ];
    const args = { ...minimal, ports, serviceName: "front" };

    const run = await runProgram(() => new Backend("web", args));

    expect(await outputValue(run.result.backendRefs)).toEqual({
      http: { name: "front", namespace: "shop", port: 80 },
    });
  });

  test("Backend: registers exactly these outputs when it has no Service", async () => {
    const ports = [{ name: "http", containerPort: 8080 }];
    const run = await runProgram(() => new Backend("web", { ...minimal, ports }));

    const outputs = await run.outputs(run.result);
    expect(outputs["backendRefs"]).toEqual({});
    expect(Object.keys(outputs).sort()).toEqual(["backendRefs", "target", "urls"]);
  });
});

describe("selector", () => {
  test("Backend: fails when the labels contain the selector's key", async () => {
    expect(await refusalOf({ labels: { app: "other" } })).toBe(
      'args.labels key is "app", must not be set: Services select on it; set args.app instead',
    );
  });

  test("Backend: keeps two of them apart when both are in one namespace", async () => {
    const run = await runProgram(() => [new Backend("a", minimal), new Backend("b", minimal)]);

    const selectors = ["a", "b"].map((name) => [
      run.resource("core/v1:Service", `${name}-service`).inputs.spec.selector,
      run.resource("apps/v1:Deployment", name).inputs.spec.selector.matchLabels,
    ]);
    expect(selectors).toEqual([
      [{ app: "a" }, { app: "a" }],
      [{ app: "b" }, { app: "b" }],
    ]);
  });

  test("Backend: fails when another one of the namespace has the same app", async () => {
    const program = () => [
      new Backend("one", { ...minimal, app: "web" }),
      new Backend("two", { ...minimal, app: "web" }),
    ];

    expect((await failureOf(program)).message).toBe(
      'Cannot create Backend "two": args.app is "web", must differ from the app of Backend "one" in namespace "shop", ' +
        "or each one's Services select the other's Pods; set args.app",
    );
  });

  test("Backend: may have the app of another one when the namespace is another", async () => {
    const run = await runProgram(() => [
      new Backend("one", { ...minimal, app: "web" }),
      new Backend("two", { ...minimal, app: "web", namespace: "other" }),
    ]);

    expect(run.resources).toHaveLength(8);
  });

  test("Backend: may have the app of another one when the cluster is another", async () => {
    const run = await runProgram(() => {
      const provider = new Cluster("other");
      return [
        new Backend("one", { ...minimal, app: "web" }),
        new Backend("two", { ...minimal, app: "web" }, { provider }),
      ];
    });

    expect(run.resources).toHaveLength(9);
  });

  test("Backend: may have the app of one of an earlier run when the process is the same", async () => {
    await runProgram(() => new Backend("web", minimal));

    await expect(runProgram(() => new Backend("web", minimal))).resolves.toBeDefined();
  });
});

test("Backend: is a worker, which nobody may connect to, when it has no port", async () => {
  const readinessProbe = { exec: { command: ["/bin/ready"] } };
  const worker = { ...smallest, ports: [], readinessProbe };
  const { resources } = await runProgram(() => new Backend("worker", worker));

  const of = (kind: string) => resources.filter(({ type }) => type.endsWith(`:${kind}`));
  const [deployment] = of("Deployment");
  const [policy] = of("NetworkPolicy");
  expect(of("Service")).toEqual([]);
  expect(deployment?.inputs.spec.template.spec.containers[0]).not.toHaveProperty("ports");
  expect(policy?.inputs.spec).toMatchObject({ policyTypes: ["Ingress"] });
  expect(policy?.inputs.spec).not.toHaveProperty("ingress");
});

describe("refusals", () => {
  test("Backend: fails with every problem at once when there are several", async () => {
    const args = { ...minimal, namespace: "Shop", replicas: -1, image: "" };
    const failure = await failureOf(() => new Backend("web", args));

    expect(failure).toBeInstanceOf(InvalidArgsError);
    expect(failure).toMatchObject({ hideStack: true, resource: expect.any(Backend) });
    expect(failure.problems).toEqual([
      {
        path: "args.namespace",
        propertyPath: "namespace",
        message:
          'is "Shop", must be at most 63 lower case letters, digits and "-", starting and ending with a letter or digit',
      },
      {
        path: "args.image",
        propertyPath: "image",
        message: 'is "", must be a container image, such as registry.example/my-backend:1.4.2',
      },
      {
        path: "args.replicas",
        propertyPath: "replicas",
        message: "is -1, must be an integer from 0 to 2147483647",
      },
    ]);
    expect(failure.message).toBe(
      [
        'Cannot create Backend "web", 3 problems:',
        '  args.namespace is "Shop", must be at most 63 lower case letters, digits and "-", starting and ending with a letter or digit',
        '  args.image is "", must be a container image, such as registry.example/my-backend:1.4.2',
        "  args.replicas is -1, must be an integer from 0 to 2147483647",
      ].join("\n"),
    );
  });

  test("Backend: fails as an InputPropertiesError of every problem when a plugin host asks", async () => {
    const ports = [{ name: "http", containerPort: 0 }];
    const failure = await failureOf(() => new Backend("web", { ...minimal, replicas: -1, ports }));

    expect(pulumi.InputPropertiesError.isInstance(failure)).toBe(true);
    expect(failure).toHaveProperty("errors", [
      {
        propertyPath: "ports[0].containerPort",
        reason: "is 0, must be an integer from 1 to 65535",
      },
      { propertyPath: "replicas", reason: "is -1, must be an integer from 0 to 2147483647" },
    ]);
  });

  // The engine shows the value that it finds at a property's path.
  test.each([
    ["secretEnv", { PASSWORD: 31415926 }, "args.secretEnv.PASSWORD"],
    ["secretEnv", ["hunter22"], "args.secretEnv"],
  ])(
    "Backend: names no property of the inputs when the value of %s may be secret",
    async (field, value, path) => {
      const args = { ...minimal, [field]: value } as unknown as BackendArgs;
      const failure = await failureOf(() => new Backend("web", args));

      expect(failure).toHaveProperty("errors", [expect.objectContaining({ propertyPath: path })]);
    },
  );

  test("Backend: registers no child when it is refused", async () => {
    const run = await runProgram(() => {
      expect(() => new Backend("web", { ...minimal, replicas: -1 })).toThrow(InvalidArgsError);
    });

    expect(run.resources.map(({ type }) => type)).toEqual([
      "pulumi-kubernetes-services:index:Backend",
    ]);
  });

  test("Backend: registers no Deployment when its image is refused later", async () => {
    const types: string[] = [];
    const failure = await failureOf(() => {
      const backend = new Backend("web", { ...minimal, image: later("") });
      backend.deployment.urn.apply((urn) => types.push(urn));
    });

    expect(failure).toBeInstanceOf(InvalidArgsError);
    expect(types).toEqual([]);
  });

  test("Backend: fails when another component's Service has its name", async () => {
    const failure = await failureOf(() => [
      new Backend("one", { ...minimal, serviceName: "web" }),
      new Backend("web", minimal),
    ]);

    expect(failure.message).toBe(
      'Cannot create Backend "web": args.serviceName is "web", must differ from the Service of component "one" in namespace "shop"',
    );
  });

  const portNumberRule = "must be an integer from 1 to 65535";
  const refused: [Record<string, unknown>, string][] = [
    [
      { ports: [] },
      'args.readinessProbe.httpGet.port is "http", must name a declared port, and there is none; declare it in ports, or use exec',
    ],
    [
      {
        ports: [],
        readinessProbe: { exec: { command: ["true"] } },
        entrances: [Entrance.NodePort],
      },
      "args.entrances is a list, must be empty: there is no port to lead to",
    ],
    [
      { ports: [{ name: "http", containerPort: 0 }] },
      `args.ports[0].containerPort is 0, ${portNumberRule}`,
    ],
    [
      { ports: [{ name: "http", containerPort: 65536 }] },
      `args.ports[0].containerPort is 65536, ${portNumberRule}`,
    ],
    [
      { ports: [{ name: "http", containerPort: "8080" }] },
      `args.ports[0].containerPort is "8080", ${portNumberRule}; remove the quotes; of configuration use getNumber`,
    ],
    [
      { ports: [{ name: "http", containerPort: 8080, port: Number.NaN }] },
      `args.ports[0].port is NaN, ${portNumberRule}`,
    ],
    [
      { ports: [...minimal.ports, { name: "http", containerPort: 8081 }] },
      'args.ports[1].name is "http", must differ from the name of args.ports[0]; name the port',
    ],
    [
      { ports: [...minimal.ports, { name: "more", containerPort: 8081, port: 80 }] },
      "args.ports[1].port is 80, must differ from args.ports[0].port, which has the same protocol TCP",
    ],
    [
      { ports: [{ name: "http", containerPort: 8080, protocol: "tcp" }] },
      'args.ports[0].protocol is "tcp", must be "TCP" or "UDP" or "SCTP"',
    ],
    [
      { ports: [{ name: "http", containerPort: 8080, appProtocol: "a b" }] },
      'args.ports[0].appProtocol is "a b", must be a name of at most 63 letters, digits, "-", "_" and ".", optionally after a DNS name and "/"',
    ],
    [
      { ports: later([]) },
      "args.ports is an Output, must be a plain value: it decides what is created and under which name; write the value itself, and name the resource it comes from in dependsOn",
    ],
    [
      { replicas: later(2) },
      "args.replicas is an Output, must be a plain value: it decides what is created and under which name; write the value itself, and name the resource it comes from in dependsOn",
    ],
    [{ replicas: 1.5 }, "args.replicas is 1.5, must be an integer from 0 to 2147483647"],
    [
      { replicas: "2" },
      'args.replicas is "2", must be an integer from 0 to 2147483647; remove the quotes; of configuration use getNumber',
    ],
    [
      { imagePullPolicy: "always" },
      'args.imagePullPolicy is "always", must be "Always" or "IfNotPresent" or "Never"',
    ],
    [
      { entrances: ["nodePort"] },
      'args.entrances[0] is "nodePort", must be "NodePort" or "LoadBalancer"',
    ],
    [
      { longestRequestSeconds: -1 },
      "args.longestRequestSeconds is -1, must be an integer from 0 up",
    ],
    [{ runAsUser: 0 }, "args.runAsUser is 0, must be an integer from 1 to 2147483647; 0 is root"],
    [
      { env: { "1st": "x" } },
      'args.env key is "1st", must be letters, digits, "-", "_" and ".", not starting with a digit or ".."',
    ],
    [
      { env: { SECRET: 12345 } },
      "args.env.SECRET is refused, must be a string; quote numbers and booleans",
    ],
    [{ env: null }, "args.env is null, must be an object"],
    [
      { annotations: { "a b": "x" } },
      'args.annotations key is "a b", must be a name of at most 63 letters, digits, "-", "_" and ".", optionally after a DNS name and "/"',
    ],
    [
      { annotations: { a: "x".repeat(262_075) } },
      "args.annotations is an object, must be at most 262075 bytes, keys and values together",
    ],
    [
      { serviceAccountAnnotations: { a: "x".repeat(262_144) } },
      "args.serviceAccountAnnotations is an object, must be at most 262144 bytes, keys and values together",
    ],
    [
      { secretEnv: { A: "ä".repeat(524_288), B: "x" } },
      "args.secretEnv is refused, must be at most 1048576 bytes, values together",
    ],
    [
      { imagePullSecrets: ["a", "b", "a"] },
      'args.imagePullSecrets[2] is "a", must differ from args.imagePullSecrets[0]',
    ],
    [
      { annotations: { a: true } },
      'args.annotations["a"] is true, must be a string; quote numbers and booleans',
    ],
    [{ readinessProbe: undefined }, "args.readinessProbe is undefined, must be an object"],
    [
      { app: "" },
      'args.app is "", must be 1 to 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit',
    ],
    [
      { serviceName: "1st" },
      'args.serviceName is "1st", must be at most 63 lower case letters, digits and "-", starting with a letter and ending with a letter or digit',
    ],
  ];
  test.each(refused.map(([args, message]) => ({ args, message })))(
    "Backend: fails when $message",
    async ({ args, message }) => {
      expect(await refusalOf(args)).toBe(message);
    },
  );

  test("Backend: fails when there are no arguments at all", async () => {
    const failure = await failureOf(() => new Backend("web", undefined as unknown as BackendArgs));

    expect(failure.message).toBe(
      'Cannot create Backend "web": args is undefined, must be an object',
    );
  });

  test.each([
    ["an Output", later("")],
    ["a Promise", Promise.resolve("")],
  ])("Backend: fails when a wrong image arrives as %s", async (_, image) => {
    const failure = await failureOf(() => new Backend("web", { ...minimal, image }));

    expect(failure).toBeInstanceOf(InvalidArgsError);
    expect(failure.message).toBe(
      'Cannot create Backend "web": args.image is "", must be a container image, such as registry.example/my-backend:1.4.2',
    );
  });

  test("Backend: fails without showing it when a wrong value is secret", async () => {
    const image = pulumi.secret("hunter 22");
    const failure = await failureOf(() => new Backend("web", { ...minimal, image }));

    expect(failure.message).toBe(
      'Cannot create Backend "web": args.image is refused, must be a container image, such as registry.example/my-backend:1.4.2',
    );
  });
});

class Cluster extends pulumi.ProviderResource {
  constructor(name: string) {
    super("kubernetes", name, {});
  }
}
