import { join } from "node:path";
import type { V1Pod } from "@kubernetes/client-node";
import { AppsV1Api } from "@kubernetes/client-node";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { checkout } from "../../local/paths.ts";
import { waitFor } from "../../local/wait.ts";
import type { Entrance } from "./programs/readiness/entrance.ts";
import {
  core,
  discovery,
  exampleEnvironment,
  config as kubeConfig,
  type PulumiRun,
  pulumi,
  stackConfig,
} from "./rig.ts";

const cwd = join(import.meta.dirname, "programs", "readiness");
const stack = "dev";
const LIMIT_SECONDS = 30;
const apps = kubeConfig.makeApiClient(AppsV1Api);

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

/** What is wrong, and what is said of it. */
interface Cause {
  readonly cause: string;
  /** Of the entrance. */
  readonly name: string;
  readonly pods: readonly V1Pod[];
  readonly targetReadyWithinSeconds: number;
  readonly says: readonly string[];
  /** What plain Pulumi, which knows nothing of it, ends in. Absent where it waits for ten minutes. */
  readonly plain?: "success";
}

const web = { app: "web" };
const causes: readonly Cause[] = [
  {
    cause: "the selector is wrong",
    name: "wrong-selector",
    pods: [pod("api-0", { app: "api" }), pod("api-1", { app: "api" }), pod("db-0", { app: "db" })],
    targetReadyWithinSeconds: 120,
    says: [
      'Cannot verify the endpoints of NodePortService "wrong-selector": args.target.selector is app=web, must be labels of Pods in namespace ' +
        '"readiness-wrong-selector"; its Pods have app: api (2), app: db (1)',
    ],
    plain: "success",
  },
  {
    cause: "the port has another name",
    name: "other-port",
    pods: [pod("web-0", web, { portName: "web" })],
    targetReadyWithinSeconds: 120,
    says: [
      'Cannot verify the endpoints of NodePortService "other-port": args.target.ports has http 8080/TCP, must be declared by all Pods with ' +
        "app=web; they declare web 8080/TCP",
    ],
    plain: "success",
  },
  {
    cause: "there are no endpoints, for there is no Pod",
    name: "no-pod",
    pods: [],
    targetReadyWithinSeconds: 120,
    says: [
      'Cannot verify the endpoints of NodePortService "no-pod": args.target.selector is app=web, must be labels of Pods in namespace ' +
        '"readiness-no-pod"; the namespace has no Pods',
    ],
    plain: "success",
  },
  {
    cause: "the Pods never pass their probe",
    name: "no-probe",
    pods: [pod("deaf-0", web, { failure: "NotReady" })],
    targetReadyWithinSeconds: 5,
    says: [
      'Cannot verify the endpoints of NodePortService "no-probe": args.target.selector is app=web, must choose Pods that are ready within ' +
        "5 s; 0 of 1 Pods are ready",
      "Pod deaf-0 is Running: container web runs and is not ready, its readiness probe is HTTP GET on port " +
        "http every 10 s, 3 failures count",
      "last warning: Unhealthy, Readiness probe failed: HTTP probe failed with statuscode: 503",
    ],
  },
  {
    cause: "the image cannot be pulled",
    name: "no-image",
    pods: [pod("imageless-0", web, { failure: "ImagePullBackOff" })],
    targetReadyWithinSeconds: 5,
    says: [
      "Pod imageless-0 is Pending: container web is waiting: ImagePullBackOff, Back-off pulling image example/web:1",
    ],
  },
];

/** The labels that Helm gives a release, and the entrance to one. */
const release = {
  "app.kubernetes.io/name": "shop",
  "app.kubernetes.io/instance": "shop-release",
};
const helm = "helm-release";
const namespaceOf = (name: string) => `readiness-${name}`;

describe("targets that are not ours", () => {
  // One program has them all: an update goes on with the others when one fails.
  let first: PulumiRun;
  let second: PulumiRun;
  let third: PulumiRun;
  let preview: PulumiRun;
  let [failing, mended] = [0, 0];

  beforeAll(async () => {
    await pulumi(["stack", "init", stack, "--no-select"], { cwd });
    await Promise.all([...causes.map(({ name }) => name), helm].map(newNamespace));
    for (const { name, pods } of causes) await createPods(namespaceOf(name), pods);
    await createRelease(namespaceOf(helm));
    const entrances: readonly Entrance[] = [
      ...causes.map(({ name, plain, targetReadyWithinSeconds }) => ({
        name,
        namespace: namespaceOf(name),
        selector: web,
        targetReadyWithinSeconds,
        plainToo: plain === "success",
      })),
      {
        name: helm,
        namespace: namespaceOf(helm),
        selector: release,
        targetReadyWithinSeconds: 120,
        plainToo: false,
      },
    ];
    let remove = () => {};
    const file = stackConfig({ entrances }, cwd, (it) => {
      remove = it;
    });
    const options = ["--stack", stack, "--config-file", file];
    const update = ["up", "--yes", "--skip-preview", "--continue-on-error", ...options];
    const timed = async (): Promise<[PulumiRun, number]> => {
      const start = performance.now();
      const run = await pulumi(update, { cwd });
      return [run, (performance.now() - start) / 1000];
    };

    [first, failing] = await timed();
    second = await pulumi(update, { cwd });
    for (const { name } of causes) await mend(namespaceOf(name));
    [third, mended] = await timed();
    preview = await pulumi(["preview", "--expect-no-changes", ...options], { cwd });
    remove();
    return async () => {
      await pulumi(["destroy", "--yes", "--skip-preview", "--stack", stack], { cwd });
      for (const { name } of [...causes, { name: helm }]) {
        await core.deleteNamespace({ name: namespaceOf(name) });
      }
    };
  });

  test.each(causes)("fails twice, and says why, when $cause", ({ says }) => {
    for (const { exitCode, output } of [first, second]) {
      for (const line of says) expect(output).toContain(line);
      expect(exitCode).not.toBe(0);
    }
  });

  test("fail no more when everything is mended, and change nothing again", () => {
    expect(third.exitCode, third.output).toBe(0);
    expect(preview.exitCode, preview.output).toBe(0);
  });

  test.each(causes.filter(({ plain }) => plain === "success"))(
    "passes unnoticed with plain @pulumi/kubernetes when $cause",
    ({ name }) => {
      expect(first.output).toMatch(new RegExp(`Service ${name}-plain created`));
    },
  );

  test("is proved at once when it has the labels that Helm gives a release", async () => {
    expect(first.output).toContain(`${helm}-endpoints created`);
    expect(await readyEndpoints(namespaceOf(helm), helm)).toBe(1);
  });

  test("fail within half a minute more than it takes to succeed", async ({ annotate }) => {
    await annotate(
      `readiness: ${causes.length} of ${causes.length} causes fail at up, all in ${failing.toFixed(1)} s; the same up in ${mended.toFixed(1)} s once they are mended; ` +
        `control: plain @pulumi/kubernetes reports success for ${causes.filter(({ plain }) => plain).length}`,
      "figure",
    );
    expect(failing).toBeLessThanOrEqual(mended + LIMIT_SECONDS);
  });
});

describe("the example of a StatefulSet", () => {
  const example = join(checkout, "examples", "stateful-set");

  test("comes up with a proved entrance, and changes nothing again", async () => {
    const configFile = stackConfig({}, cwd);
    const options = ["--stack", stack, "--config-file", configFile];
    const there = { cwd: example, env: exampleEnvironment };
    await pulumi(["stack", "init", stack, "--no-select"], { cwd: example });
    onTestFinished(async () => {
      await pulumi(["destroy", "--yes", "--skip-preview", ...options], there);
    });

    const up = await pulumi(["up", "--yes", "--skip-preview", ...options], there);
    const again = await pulumi(["preview", "--expect-no-changes", ...options], there);

    expect(up.exitCode, up.output).toBe(0);
    expect(up.output).toContain("orders-db-dev-endpoints created");
    expect(await readyEndpoints("orders-db", "orders-db-dev")).toBe(2);
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

  test("fails with the reasons its Pods know, and comes up when they are gone", async () => {
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

async function newNamespace(of: string): Promise<void> {
  const name = namespaceOf(of);
  await core.createNamespace({ body: { metadata: { name } } });
  await waitFor(
    async () => {
      const { items } = await core.listNamespacedServiceAccount({ namespace: name });
      return items.length > 0;
    },
    { awaited: `the ServiceAccount of namespace ${name}`, timeoutSeconds: 30, signal: undefined },
  );
}

/** A Deployment with the labels of a Helm release. */
async function createRelease(namespace: string): Promise<void> {
  const { spec } = pod("unused", release);
  await apps.createNamespacedDeployment({
    namespace,
    body: {
      metadata: { name: "shop-release", labels: release },
      spec: {
        selector: { matchLabels: release },
        template: { metadata: { labels: release }, ...(spec === undefined ? {} : { spec }) },
      },
    },
  });
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

async function readyEndpoints(namespace: string, service: string): Promise<number> {
  const labelSelector = `kubernetes.io/service-name=${service}`;
  const { items } = await discovery.listNamespacedEndpointSlice({ namespace, labelSelector });
  const endpoints = items.flatMap((slice) => slice.endpoints ?? []);
  return endpoints.filter(({ conditions }) => conditions?.ready === true).length;
}
