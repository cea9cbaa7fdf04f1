import { join } from "node:path";
import type { V1Pod } from "@kubernetes/client-node";
import { AppsV1Api } from "@kubernetes/client-node";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { checkout } from "../../local/paths.ts";
import { waitFor } from "../../local/wait.ts";
import { core, discovery, config as kubeConfig, pulumi, stackConfig } from "./rig.ts";

const cwd = join(import.meta.dirname, "programs", "readiness");
const stack = "dev";
const LIMIT_SECONDS = 30;
const apps = kubeConfig.makeApiClient(AppsV1Api);

afterEach(async () => {
  await pulumi(["destroy", "--yes", "--skip-preview", "--stack", stack], { cwd });
});

/** A Pod that belongs to nothing, as those of a controller nobody here knows. */
function pod(name: string, labels: Record<string, string>, more: Partial<Container> = {}): V1Pod {
  const { failure, portName = "http" } = more;
  const readinessProbe = { httpGet: { path: "/readyz", port: portName } };
  const ports = [{ name: portName, containerPort: 8080 }];
  return {
    metadata: {
      name,
      labels,
      ...(failure === undefined ? {} : { annotations: { "simulated.node/failure": failure } }),
    },
    spec: { containers: [{ name: "web", image: "example/web:1", ports, readinessProbe }] },
  };
}
interface Container {
  readonly failure: string;
  readonly portName: string;
}

/** What is wrong, what makes it right, and what is said meanwhile. */
interface Cause {
  readonly cause: string;
  readonly pods: readonly V1Pod[];
  readonly readyWithinSeconds: number;
  readonly says: readonly string[];
  /** What plain Pulumi, which knows nothing of it, ends in. Absent where it waits for ten minutes. */
  readonly plain?: "success";
}

const web = { app: "web" };
const causes: readonly Cause[] = [
  {
    cause: "the selector is wrong",
    pods: [pod("api-0", { app: "api" }), pod("api-1", { app: "api" }), pod("db-0", { app: "db" })],
    readyWithinSeconds: 120,
    says: [
      'Cannot prove NodePortService "dev": args.target.selector is app=web, must be labels of Pods in namespace ' +
        '"NAMESPACE"; the Pods there have app: api (2), app: db (1)',
    ],
    plain: "success",
  },
  {
    cause: "the port has another name",
    pods: [pod("web-0", web, { portName: "web" })],
    readyWithinSeconds: 120,
    says: [
      'Cannot prove NodePortService "dev": args.target.ports has http 8080/TCP, must be declared by all Pods with ' +
        "app=web; they declare web 8080/TCP",
    ],
    plain: "success",
  },
  {
    cause: "there are no endpoints, for there is no Pod",
    pods: [],
    readyWithinSeconds: 120,
    says: [
      'Cannot prove NodePortService "dev": args.target.selector is app=web, must be labels of Pods in namespace ' +
        '"NAMESPACE"; there is no Pod at all',
    ],
    plain: "success",
  },
  {
    cause: "the Pods never pass their probe",
    pods: [pod("web-0", web, { failure: "NotReady" })],
    readyWithinSeconds: 5,
    says: [
      'Cannot prove NodePortService "dev": args.target.selector is app=web, must choose Pods that are ready within ' +
        "5 s; 0 of 1 Pods are ready",
      "Pod web-0 is Running: container web runs and is not ready, its readiness probe is HTTP GET on port " +
        "http every 10 s, 3 failures count",
      "last warning: Unhealthy, Readiness probe failed: HTTP probe failed with statuscode: 503",
    ],
  },
  {
    cause: "the image cannot be pulled",
    pods: [pod("web-0", web, { failure: "ImagePullBackOff" })],
    readyWithinSeconds: 5,
    says: [
      "Pod web-0 is Pending: container web is waiting: ImagePullBackOff, Back-off pulling image example/web:1",
    ],
  },
];

const measured: number[] = [];
let plainSuccesses = 0;

describe("a target that is not ours", () => {
  it.each(causes)("fails twice, and then not any more, when $cause", async (cause) => {
    const namespace = await newNamespace();
    await createPods(namespace, cause.pods);
    const { readyWithinSeconds } = cause;
    const up = upWith({ namespace, selector: web, readyWithinSeconds });

    const start = performance.now();
    const first = await up();
    measured.push((performance.now() - start) / 1000);
    const second = await up();
    await mend(namespace);
    const third = await up();
    const preview = await pulumi(
      [
        "preview",
        "--expect-no-changes",
        "--stack",
        stack,
        ...configured({ namespace, selector: web }),
      ],
      { cwd },
    );

    for (const { exitCode, output } of [first, second]) {
      for (const line of cause.says) {
        expect(output).toContain(line.replace("NAMESPACE", namespace));
      }
      expect(exitCode).not.toBe(0);
    }
    expect(third).toMatchObject({ exitCode: 0 });
    expect(preview).toMatchObject({ exitCode: 0 });
  });

  it.each(causes.filter(({ plain }) => plain === "success"))(
    "passes unnoticed with plain @pulumi/kubernetes when $cause",
    async ({ pods }) => {
      const namespace = await newNamespace();
      await createPods(namespace, pods);

      const { exitCode } = await upWith({ namespace, selector: web, component: false })();

      expect(exitCode).toBe(0);
      plainSuccesses += 1;
    },
  );

  it("fails within half a minute, whatever the cause", async ({ annotate }) => {
    const slowest = Math.max(...measured);

    await annotate(
      `T8: ${measured.length} of ${causes.length} causes fail at up, the slowest in ${slowest.toFixed(1)} s; ` +
        `control: plain @pulumi/kubernetes reports success for ${plainSuccesses}`,
      "figure",
    );
    expect(measured).toHaveLength(causes.length);
    expect(slowest).toBeLessThanOrEqual(LIMIT_SECONDS);
  });

  it("is proved when it has the labels that Helm gives a release", async () => {
    const namespace = await newNamespace();
    const selector = {
      "app.kubernetes.io/name": "shop",
      "app.kubernetes.io/instance": "shop-release",
    };
    const template = pod("unused", selector);
    const { spec } = template;
    await apps.createNamespacedDeployment({
      namespace,
      body: {
        metadata: { name: "shop-release", labels: selector },
        spec: {
          selector: { matchLabels: selector },
          template: { metadata: { labels: selector }, ...(spec === undefined ? {} : { spec }) },
        },
      },
    });

    const { exitCode } = await upWith({ namespace, selector })();

    expect(exitCode).toBe(0);
    expect(await readyEndpoints(namespace, "dev")).toBe(1);
  });
});

describe("the example of a StatefulSet", () => {
  const example = join(checkout, "examples", "stateful-set");

  it("comes up with a proved entrance, and changes nothing again", async () => {
    const configFile = stackConfig({}, cwd);
    const options = ["--stack", stack, "--config-file", configFile];
    await pulumi(["stack", "init", stack, "--no-select"], { cwd: example });
    onTestFinished(async () => {
      await pulumi(["destroy", "--yes", "--skip-preview", ...options], { cwd: example });
    });

    const up = await pulumi(["up", "--yes", "--skip-preview", ...options], { cwd: example });
    const again = await pulumi(["preview", "--expect-no-changes", ...options], { cwd: example });

    expect(up).toMatchObject({ exitCode: 0 });
    expect(up.output).toContain("orders-db-dev-readiness created");
    expect(await readyEndpoints("default", "orders-db-dev")).toBe(2);
    expect(again).toMatchObject({ exitCode: 0 });
  });
});

describe("a Backend that does not become ready", () => {
  const program = join(import.meta.dirname, "programs", "unready-backends");
  const up = (configFile: string) =>
    pulumi(
      [
        "up",
        "--yes",
        "--skip-preview",
        "--continue-on-error",
        "--stack",
        stack,
        "--config-file",
        configFile,
      ],
      { cwd: program },
    );

  it("fails with the reasons its Pods know, and comes up when they are gone", async () => {
    await pulumi(["stack", "init", stack, "--no-select"], { cwd: program });
    onTestFinished(async () => {
      await pulumi(["destroy", "--yes", "--skip-preview", "--stack", stack], { cwd: program });
    });

    const broken = await up(stackConfig({}, program));
    const mended = await up(stackConfig({ broken: false }, program));

    expect(broken.exitCode).not.toBe(0);
    expect(broken.output).toMatch(
      /Backend "homeless" is not ready: 0 of 1 Pods are ready\s+Pod homeless-\S+ is Pending: Unschedulable, 0\/3 nodes are available/,
    );
    expect(broken.output).toMatch(
      /Backend "crashing" is not ready: 0 of 1 Pods are ready\s+Pod crashing-\S+ is Running: container crashing is waiting: CrashLoopBackOff, back-off 40s restarting failed container, its last exit code was 1 \(Error\), 3 restarts/,
    );
    expect(broken.output).toMatch(
      /Backend "deaf" is not ready: 0 of 1 Pods are ready\s+Pod deaf-\S+ is Running: container deaf runs and is not ready, its readiness probe is HTTP GET on port http every 10 s, 3 failures count/,
    );
    expect(broken.output).toMatch(
      /Backend "over-quota" is not ready: 0 of 1 Pods are ready\s+FailedCreate, pods "over-quota-\S+" is forbidden: exceeded quota: quota/,
    );
    expect(broken.output).toMatch(
      /Backend "forbidden" is not ready: 0 of 1 Pods are ready\s+FailedCreate, pods "forbidden-\S+" is forbidden: violates PodSecurity "restricted:latest": host namespaces/,
    );
    expect(mended.exitCode, mended.output).toBe(0);
  });
});

let namespaces = 0;
async function newNamespace(): Promise<string> {
  namespaces += 1;
  const name = `readiness-${namespaces}`;
  await pulumi(["stack", "init", stack, "--no-select"], { cwd });
  await core.createNamespace({ body: { metadata: { name } } });
  await waitFor(
    async () => {
      const { items } = await core.listNamespacedServiceAccount({ namespace: name });
      return items.length > 0;
    },
    { awaited: `the ServiceAccount of namespace ${name}`, timeoutSeconds: 30, signal: undefined },
  );
  return name;
}

async function createPods(namespace: string, pods: readonly V1Pod[]): Promise<void> {
  for (const body of pods) {
    const { metadata } = await core.createNamespacedPod({ namespace, body });
    if (metadata?.annotations?.["simulated.node/failure"] === "NotReady") {
      await core.createNamespacedEvent({
        namespace,
        body: {
          metadata: { name: "probe" },
          involvedObject: {
            kind: "Pod",
            namespace,
            ...(metadata.name === undefined ? {} : { name: metadata.name }),
            ...(metadata.uid === undefined ? {} : { uid: metadata.uid }),
          },
          type: "Warning",
          reason: "Unhealthy",
          message: "Readiness probe failed: HTTP probe failed with statuscode: 503",
        },
      });
    }
  }
}

/** Replaces all Pods of the namespace by a right one. */
async function mend(namespace: string): Promise<void> {
  await core.deleteCollectionNamespacedPod({ namespace, gracePeriodSeconds: 0 });
  await core.createNamespacedPod({ namespace, body: pod("mended", web) });
}

function configured(changes: Record<string, unknown>): readonly string[] {
  return ["--config-file", stackConfig(changes, cwd)];
}

function upWith(changes: Record<string, unknown>) {
  const options = configured(changes);
  return () => pulumi(["up", "--yes", "--skip-preview", "--stack", stack, ...options], { cwd });
}

async function readyEndpoints(namespace: string, service: string): Promise<number> {
  const labelSelector = `kubernetes.io/service-name=${service}`;
  const { items } = await discovery.listNamespacedEndpointSlice({ namespace, labelSelector });
  const endpoints = items.flatMap((slice) => slice.endpoints ?? []);
  return endpoints.filter(({ conditions }) => conditions?.ready === true).length;
}
