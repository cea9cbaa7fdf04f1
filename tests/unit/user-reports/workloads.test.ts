import { describe, expect, test } from "vitest";
import { Backend, type BackendArgs } from "../../../components/index.ts";
import { smallest } from "../support/args.ts";
import { backendOf, containerOf, deploymentOf, podOf, refusalOf } from "../support/deployment.ts";
import { escaped } from "../support/escaped.ts";
import { later, runProgram } from "../support/run-program.ts";

const DIGEST = `sha256:${"0a".repeat(32)}`;
const IMAGE = "must be a container image, such as registry.example/my-backend:1.4.2";

/** https://github.com/CodeForPhilly/chime/issues/371 */
describe("container images", () => {
  test.each([
    ["registry.example/MyApp:1.0", "; the name has no upper case letters"],
    ["MyApp:1.0", "; the name has no upper case letters"],
    ["MyTeam/app:1.0", "; the name has no upper case letters"],
    ["https://registry.example/app:1", ", without a scheme such as https://"],
    ["docker://app", ", without a scheme such as https://"],
    ["app::1@@", ""],
    ["app:", '; a tag has at most 128 letters, digits, "_", "." and "-"'],
    ["app:-1", '; a tag has at most 128 letters, digits, "_", "." and "-"'],
    [`app:${"1".repeat(129)}`, '; a tag has at most 128 letters, digits, "_", "." and "-"'],
    ["a@sha256:abc", '; a digest is "sha256:" and 64 hexadecimal digits in lower case'],
    [
      `a@sha256:${"0A".repeat(32)}`,
      '; a digest is "sha256:" and 64 hexadecimal digits in lower case',
    ],
    ["a@", '; a digest is "sha256:" and 64 hexadecimal digits in lower case'],
    ["0a".repeat(32), ""],
    ["/app", ""],
    ["app/", ""],
    ["a//b", ""],
    ["-app", ""],
    ["app ", ""],
    ["a b", ""],
    ["", ""],
    ["registry.example:port/app", ""],
    [`registry.example/${"a/".repeat(128)}a`, ", with at most 255 characters"],
  ])(
    "Backend: refuses the image %j of the container and of init containers",
    async (image, more) => {
      expect(await refusalOf({ image })).toMatch(new RegExp(`${escaped(IMAGE + more)}$`));
      expect(await refusalOf({ image: later(image) })).toContain(IMAGE + more);
      expect(await refusalOf({ initContainers: [{ name: "first", image }] })).toContain(
        IMAGE + more,
      );
    },
  );

  test.each([
    "app",
    "app:1",
    "team/app:1.0-rc.1_2",
    "registry.example/team/app:1",
    "registry.example:5000/app",
    "localhost/app",
    "localhost:5000/app:1",
    "[2001:db8::1]:5000/app:1",
    "192.0.2.1:5000/app",
    "Registry.Example/app:1",
    "a__b/c--d/e.f:1",
    `app@${DIGEST}`,
    `registry.example:5000/app:1@${DIGEST}`,
    `app@sha512:${"0a".repeat(64)}`,
    `registry.example/${"a".repeat(255)}`,
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1",
    "europe-docker.pkg.dev/project/repository/app:1",
  ])("Backend: takes the image %j", async (image) => {
    expect((await containerOf({ image })).image).toBe(image);
  });
});

/** https://github.com/coredns/deployment/issues/63 */
describe("probes of a port that is not TCP", () => {
  const ports = [
    { name: "dns", containerPort: 5353, port: 53, protocol: "UDP" as const },
    { name: "http", containerPort: 8080, port: 80 },
  ];
  const handlers = [
    { tcpSocket: { port: "dns" } },
    { httpGet: { path: "/", port: "dns" } },
    { grpc: { port: "dns" } },
  ];
  const roles = ["readinessProbe", "livenessProbe", "startupProbe"];
  const cells = roles.flatMap((role) =>
    handlers.flatMap((handler) =>
      ["UDP", "SCTP"].map((protocol) => [role, handler, protocol] as const),
    ),
  );

  test.each(cells)("Backend: refuses %s by %j of %s", async (role, handler, protocol) => {
    const given = ports.map((port) => (port.name === "dns" ? { ...port, protocol } : port));

    expect(await refusalOf({ ports: given, [role]: handler })).toMatch(
      /is "dns", must be the name of a TCP port: http; kubelets probe TCP only$/,
    );
  });

  test("Backend: names a way out when no port is TCP", async () => {
    const [dns] = ports;
    const readinessProbe = { tcpSocket: { port: "dns" } };

    expect(await refusalOf({ ports: [dns], readinessProbe })).toMatch(/and no port is; use exec;/);
    const exec = { exec: { command: ["dig"] } };
    expect(
      (await deploymentOf({ ports: [dns as never], readinessProbe: exec })).kind,
    ).toBeDefined();
  });

  test("Backend: refuses it for sidecars too", async () => {
    const sidecar = {
      name: "dns",
      image: "registry.example/dns:1",
      sidecar: true,
      ports: [{ name: "dns", containerPort: 5353, protocol: "UDP" }],
      readinessProbe: { tcpSocket: { port: "dns" } },
    };

    expect(await refusalOf({ initContainers: [sidecar] })).toContain("kubelets probe TCP only");
  });
});

/** https://github.com/kubernetes/website/issues/51114 */
describe("the limit of ephemeral storage", () => {
  const cache = (emptyDirSizeLimit: unknown, name = "cache") => ({
    name,
    mountPath: `/${name}`,
    emptyDirSizeLimit: emptyDirSizeLimit as string,
  });
  const limitOf = async (args: Partial<BackendArgs>) =>
    (await containerOf(args)).resources.limits["ephemeral-storage"];

  test.each([
    [[], "256Mi"],
    [[cache("5Gi")], "5376Mi"],
    [[cache("100M")], "368435456"],
    [[cache("1Gi"), cache("1Gi", "other")], "2304Mi"],
    [[{ ...cache("2Gi"), mountPath: "/tmp" }], "2240Mi"],
    [[cache("0.5Gi")], "768Mi"],
  ])("Backend: covers the directories by default in %j", async (volumes, limit) => {
    expect(await limitOf({ volumes })).toBe(limit);
  });

  test("Backend: covers a directory whose size arrives later", async () => {
    expect(await limitOf({ volumes: [cache(later("5Gi"))] })).toBe("5376Mi");
  });

  const stated = (limit: unknown) => ({ limits: { "ephemeral-storage": limit as string } });
  const REFUSAL = /ephemeral-storage is "1Gi", must be at least 5184Mi, .* evicted$/;

  test("Backend: refuses a stated limit that the directories exceed", async () => {
    const volumes = [cache("5Gi")];

    expect(await refusalOf({ volumes, resources: stated("1Gi") })).toMatch(REFUSAL);
    expect(await refusalOf({ volumes, resources: stated(later("1Gi")) })).toMatch(REFUSAL);
    const late = [cache(later("5Gi"))];
    expect(await refusalOf({ volumes: late, resources: stated("1Gi") })).toMatch(REFUSAL);
  });

  test("Backend: takes a stated limit that covers them, alone or with that of a sidecar", async () => {
    const volumes = [cache("5Gi")];
    const container = { name: "proxy", image: "proxy:1", resources: stated("5Gi") };

    expect(await limitOf({ volumes, resources: stated("5184Mi") })).toBe("5184Mi");
    const sidecar = [{ ...container, sidecar: true }];
    expect(await limitOf({ volumes, resources: stated("1Gi"), initContainers: sidecar })).toBe(
      "1Gi",
    );
    // An init container has ended by then.
    expect(
      await refusalOf({ volumes, resources: stated("1Gi"), initContainers: [container] }),
    ).toMatch(REFUSAL);
  });

  test("Backend: sets no limit where only a request is stated", async () => {
    const resources = { requests: { "ephemeral-storage": "1Gi" } };

    expect(await limitOf({ volumes: [cache("5Gi")], resources })).toBeUndefined();
  });
});

/** Public charts of redis, and the databases and queues beside it. */
describe("the URL of a connection", () => {
  async function variables(port: { name: string; port: number; appProtocol?: string }) {
    const run = await runProgram(() => {
      const callee = new Backend("callee", {
        ...smallest,
        ports: [{ ...port, containerPort: 8080 }],
        readinessProbe: { tcpSocket: { port: port.name } },
      });
      const connectsTo = { CALLEE: { target: callee.target, port: port.name } };
      return new Backend("caller", { ...smallest, connectsTo });
    });
    const { containers } = run.resource("apps/v1:Deployment", "caller").inputs.spec.template.spec;
    return Object.fromEntries(
      containers[0].env.map(({ name, value }: { name: string; value: string }) => [name, value]),
    );
  }

  test.each([
    [{ name: "redis", port: 6379 }],
    [{ name: "postgres", port: 5432 }],
    [{ name: "amqp", port: 5672 }],
    [{ name: "grpc", port: 50051 }],
    [{ name: "http", port: 80, appProtocol: "kubernetes.io/h2c" }],
    [{ name: "httpbin", port: 8000 }],
  ])("Backend: is not there where the port is not known to be HTTP: %j", async (port) => {
    expect(Object.keys(await variables(port))).toEqual(["CALLEE_HOST", "CALLEE_PORT"]);
  });

  test.each([
    [{ name: "web", port: 80 }, "http://callee.shop.svc"],
    [{ name: "web", port: 443 }, "https://callee.shop.svc"],
    [{ name: "web", port: 8080 }, "http://callee.shop.svc:8080"],
    [{ name: "web", port: 8443 }, "https://callee.shop.svc:8443"],
    [{ name: "http", port: 3000 }, "http://callee.shop.svc:3000"],
    [{ name: "https-admin", port: 9443 }, "https://callee.shop.svc:9443"],
    [{ name: "redis", port: 6379, appProtocol: "http" }, "http://callee.shop.svc:6379"],
  ])("Backend: is there where it is known: %j", async (port, url) => {
    expect((await variables(port))["CALLEE_URL"]).toBe(url);
  });
});

describe("patches that choose another alternative", () => {
  const ofDeployment = (spec: object) => ({ patches: { deployment: { spec } } });
  const ofContainer = (container: object) =>
    ofDeployment({ template: { spec: { containers: [{ name: "web", ...container }] } } });

  test("Backend: drops the rolling update's figures when the strategy is Recreate", async () => {
    const { strategy } = (await deploymentOf(ofDeployment({ strategy: { type: "Recreate" } })))
      .spec;

    expect(strategy).toEqual({ type: "Recreate" });
  });

  test("Backend: keeps them when the strategy stays", async () => {
    const patch = { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 2 } } };
    const { strategy } = (await deploymentOf(ofDeployment(patch))).spec;

    expect(strategy.rollingUpdate).toEqual({ maxSurge: 2, maxUnavailable: 0 });
  });

  test("Backend: refuses figures of a rolling update beside Recreate", async () => {
    const patch = { strategy: { type: "Recreate", rollingUpdate: { maxSurge: 2 } } };

    expect(await refusalOf(ofDeployment(patch))).toBe(
      "args.patches.deployment.spec.strategy.rollingUpdate is an object, must not be set unless type is RollingUpdate; set that too",
    );
  });

  test.each([[{ exec: { command: ["true"] } }], [{ httpGet: { path: "/stop", port: 8080 } }]])(
    "Backend: drops the sleep before the stop when it is %j",
    async (preStop) => {
      const { lifecycle } = await containerOf(ofContainer({ lifecycle: { preStop } }));

      expect(lifecycle).toEqual({ preStop });
    },
  );

  test.each(["readinessProbe", "livenessProbe", "startupProbe"])(
    "Backend: drops the other handler of a %s, and keeps its figures",
    async (role) => {
      const probe = { httpGet: { path: "/readyz", port: "http" }, periodSeconds: 7 };
      const exec = { command: ["true"] };
      const patched = await containerOf({ [role]: probe, ...ofContainer({ [role]: { exec } }) });

      expect(patched[role]).toEqual({ exec, periodSeconds: 7 });
    },
  );

  test("Backend: drops a variable's value when the patch refers to a Secret", async () => {
    const valueFrom = { secretKeyRef: { name: "s", key: "k" } };
    const patch = ofContainer({ env: [{ name: "MODE", valueFrom }] });

    expect((await containerOf({ env: { MODE: "fast" }, ...patch })).env).toEqual([
      { name: "MODE", valueFrom },
    ]);
  });

  test("Backend: drops a volume's source when the patch has another", async () => {
    const volumes = [{ name: "tmp", emptyDir: null, hostPath: { path: "/srv" } }];
    const resources = { requests: { storage: "1Gi" } };
    const spec = { accessModes: ["ReadWriteOnce"], resources };
    const ephemeral = { volumeClaimTemplate: { spec } };
    const patch = (given: object[]) => ofDeployment({ template: { spec: { volumes: given } } });

    expect((await podOf(patch(volumes))).volumes).toEqual([
      { name: "tmp", hostPath: { path: "/srv" } },
    ]);
    expect((await podOf(patch([{ name: "tmp", ephemeral }]))).volumes).toEqual([
      { name: "tmp", ephemeral },
    ]);
  });

  test("Backend: drops maxUnavailable of the budget when minAvailable is set", async () => {
    const run = await backendOf({
      patches: { podDisruptionBudget: { spec: { minAvailable: "50%" } } },
    });
    const { spec } = run.resource(
      "policy/v1:PodDisruptionBudget",
      "web-pod-disruption-budget",
    ).inputs;

    expect(spec).toMatchObject({ minAvailable: "50%" });
    expect(spec).not.toHaveProperty("maxUnavailable");
  });

  test("Backend: drops the time of a session affinity that ends", async () => {
    const run = await backendOf({
      sessionAffinity: "ClientIP",
      sessionAffinityTimeoutSeconds: 60,
      patches: { service: { spec: { sessionAffinity: "None" } } },
    } as Partial<BackendArgs>);

    expect(run.resource("core/v1:Service", "web-service").inputs.spec).not.toHaveProperty(
      "sessionAffinityConfig",
    );
  });

  test("Backend: refuses a patch that sets two alternatives", async () => {
    const preStop = { sleep: { seconds: 1 }, exec: { command: ["true"] } };

    expect(await refusalOf(ofContainer({ lifecycle: { preStop } }))).toMatch(
      /preStop is "sleep and exec", must be one field: Kubernetes accepts only one of them$/,
    );
  });
});

test("Backend: names the cure when a variable is undefined", async () => {
  expect(await refusalOf({ env: { API_KEY: undefined } })).toBe(
    "args.env.API_KEY is refused, must be a string, but is undefined: set it, or leave its key out",
  );
});

/** gruntwork-io/helm-kubernetes-services#115, gruntwork, onechart#58, bjw-s-labs/helm-charts#348 */
describe("a ConfigMap at the path of a file", () => {
  const nginx = {
    name: "nginx",
    configMapName: "nginx",
    mountPath: "/etc/nginx/nginx.conf",
  };

  test.each([
    ["/etc/nginx/nginx.conf", "nginx.conf"],
    ["/app/application.yml", "application.yml"],
    ["/run/tls.crt", "tls.crt"],
  ])("Backend: refuses %s, and takes what the error says", async (mountPath, file) => {
    const volume = { ...nginx, mountPath };

    expect(await refusalOf({ volumes: [volume] })).toBe(
      `args.volumes[0].mountPath is "${mountPath}", must be a directory, because a ConfigMap or Secret becomes one; for a single file set subPath "${file}", or the key of the file`,
    );
    const { volumeMounts } = await containerOf({ volumes: [{ ...volume, subPath: file }] });
    expect(volumeMounts).toContainEqual(expect.objectContaining({ mountPath, subPath: file }));
  });

  test("Backend: refuses it at another path of the volume too, and for Secrets", async () => {
    const mounts = [{ mountPath: "/etc/tls.key" }];
    const volume = { name: "tls", secretName: "tls", mountPath: "/etc/tls", mounts };

    expect(await refusalOf({ volumes: [volume] })).toContain("args.volumes[0].mounts[0].mountPath");
  });

  test.each(["/etc/nginx/conf.d", "/opt/app-1.2", "/etc/nginx", "/srv/data.v2"])(
    "Backend: takes the directory %s",
    async (mountPath) => {
      const { volumeMounts } = await containerOf({ volumes: [{ ...nginx, mountPath }] });

      expect(volumeMounts).toContainEqual(expect.objectContaining({ mountPath }));
    },
  );

  test("Backend: takes an empty directory with any name", async () => {
    const volume = { name: "cache", emptyDirSizeLimit: "1Gi", mountPath: "/var/cache.json" };

    expect((await podOf({ volumes: [volume] })).volumes).toHaveLength(2);
  });
});

describe("a patched grace period", () => {
  const graceOf = (terminationGracePeriodSeconds: number | null) => ({
    patches: { deployment: { spec: { template: { spec: { terminationGracePeriodSeconds } } } } },
  });

  test("Backend: refuses one that is shorter than the preStop sleep, as the API server does", async () => {
    expect(await refusalOf(graceOf(9))).toBe(
      "args.patches.deployment.spec.template.spec.terminationGracePeriodSeconds is 9, must be at least 10: a preStop sleep takes that long; set drainSeconds of the Backend to change the sleep",
    );
    expect((await podOf(graceOf(10))).terminationGracePeriodSeconds).toBe(10);
  });

  test("Backend: counts the API server's default where a patch takes it away", async () => {
    expect(await refusalOf({ drainSeconds: 31, ...graceOf(null) })).toContain(
      "is 30, must be at least 31",
    );
    expect(await podOf({ drainSeconds: 30, ...graceOf(null) })).not.toHaveProperty(
      "terminationGracePeriodSeconds",
    );
  });

  test("Backend: counts the sleep of a patched container", async () => {
    const preStop = { sleep: { seconds: 120 } };
    const containers = [{ name: "web", lifecycle: { preStop } }];

    expect(
      await refusalOf({
        patches: { deployment: { spec: { template: { spec: { containers } } } } },
      }),
    ).toContain("must be at least 120");
  });
});

describe("the API server's own Service", () => {
  const named = { serviceName: "kubernetes", namespace: "default" };

  test("Backend: does not take its place", async () => {
    expect(await refusalOf(named)).toContain(
      'must be another name: in namespace "default" it is the Service of the API server itself',
    );
    expect((await backendOf({ ...named, namespace: "shop" })).result).toBeDefined();
  });
});
