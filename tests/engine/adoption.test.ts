import { join } from "node:path";
import { AppsV1Api, KubeConfig, type KubernetesObject } from "@kubernetes/client-node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { core, type PulumiRun, paths, pulumi, stackConfig } from "./rig.ts";

// What the unit tests cannot show: that the engine and provider 4.25.0 change the objects in place.
const cwd = join(import.meta.dirname, "programs", "adoption");
const stack = "dev";
const namespace = "default";
const urn = `urn:pulumi:${stack}::adoption::kubernetes:apps/v1:Deployment`;

const kubernetes = new KubeConfig();
kubernetes.loadFromFile(paths.kubeconfig);
const apps = kubernetes.makeApiClient(AppsV1Api);

beforeAll(async () => {
  await pulumi(["stack", "init", stack, "--no-select"], { cwd });
});
afterEach(async () => {
  await pulumi(["state", "unprotect", "--all", "--yes", "--stack", stack], { cwd });
  await pulumi(["destroy", "--yes", "--skip-preview", "--stack", stack], { cwd });
});
afterAll(async () => {
  await pulumi(["stack", "rm", stack, "--yes", "--preserve-config"], { cwd });
});

type Settings = Readonly<Record<string, string>>;
const run = (command: string, settings: Settings, ...more: string[]): Promise<PulumiRun> => {
  const skip = command === "up" ? ["--yes", "--skip-preview"] : [];
  const configFile = stackConfig(settings, cwd);
  return pulumi([command, ...skip, "--stack", stack, "--config-file", configFile, ...more], {
    cwd,
  });
};

/** What is to stay: who the objects are, and the addresses of the Services. */
async function identities() {
  const deployment = await apps.readNamespacedDeployment({ name: "web", namespace });
  const services = await Promise.all(
    ["web-service", "web-dev"].map((name) => core.readNamespacedService({ name, namespace })),
  );
  return [
    deployment.metadata?.uid,
    ...services.flatMap(({ metadata, spec }) => [metadata?.uid, spec?.clusterIP]),
  ];
}

async function objectNames(): Promise<(string | undefined)[]> {
  const lists = [
    await apps.listNamespacedDeployment({ namespace }),
    await core.listNamespacedService({ namespace }),
  ];
  const names = (items: KubernetesObject[]) => items.map(({ metadata }) => metadata?.name);
  return lists.flatMap(({ items }) => names(items)).filter((name) => name !== "kubernetes");
}

describe("adoption of resources of the same program", () => {
  test("Backend: makes them its own when adopt has their URNs", async () => {
    await run("up", { written: "raw" });
    const before = await identities();

    const preview = await run("preview", { written: "adopted" });
    const up = await run("up", { written: "adopted" });

    expect(preview.output).toMatch(/Resources:\n +\+ 5 to create\n +~ 3 to update\n/);
    expect(preview.output).not.toMatch(/to replace|to delete/);
    expect(up.exitCode).toBe(0);
    expect(await identities()).toEqual(before);
    // Once it is done, adopt may be taken out.
    const again = await run("up", { written: "plain" });
    expect(again.output).not.toMatch(/replaced|deleted|created/);
    expect(again.exitCode).toBe(0);
    expect(await identities()).toEqual(before);
  });

  test("Backend: deletes them all and succeeds when adopt was left out", async () => {
    await run("up", { written: "raw" });

    const preview = await run("preview", { written: "plain" });
    const up = await run("up", { written: "plain" });

    // Provider 4.25.0 takes over what it is to create, and then deletes it under its old URN.
    expect(preview.output).toContain("- 3 to delete");
    expect(up.exitCode).toBe(0);
    expect(await objectNames()).toEqual([]);
  });

  test("Backend: has the app of an existing selector when args.app says it", async () => {
    await run("up", { written: "raw", selector: "other" });
    const before = await identities();

    const { exitCode } = await run("up", { written: "adopted", selector: "other" });

    expect(exitCode).toBe(0);
    expect(await identities()).toEqual(before);
  });
});

describe("adoption that would replace", () => {
  const refusal = (deployment: string) =>
    `Cannot create Backend "web": args.adopt.deploymentUrn is "${urn}::${deployment}", must be a Deployment of this stack that becomes "default/web" without a replacement, another one would be created; compare the URN, metadata.name, metadata.namespace and spec.selector, or do not set it if there is nothing to adopt`;

  test.each([
    ["the selector is another one", "raw-deployment", { selector: "other" }],
    ["the URN is not in the state", "raw-deploymnet", {}],
  ])("Backend: fails before anything is deleted when %s", async (_, deployment, raw) => {
    await run("up", { written: "raw", ...raw });
    const before = await identities();
    const changed = { written: "adopted", deployment };

    const preview = await run("preview", changed);
    const up = await run("up", changed);

    expect(preview.output).toContain(refusal(deployment));
    expect(preview.exitCode).not.toBe(0);
    expect(up.output).toContain(refusal(deployment));
    expect(up.exitCode).not.toBe(0);
    expect(await identities()).toEqual(before);
  });
});

describe("adoption of objects that only the cluster has", () => {
  test("Backend: makes them its own when they are imported and their cluster IP is stated", async () => {
    const { clusterIP, uids } = await createElsewhere();
    for (const [type, name, id] of IMPORTED) {
      const args = [`kubernetes:${type}`, name, `${namespace}/${id}`, "--generate-code=false"];
      await run("import", { written: "raw" }, ...args, "--yes", "--skip-preview");
    }
    const adopted = { written: "adopted", entrance: "false" };

    const unstated = await run("preview", adopted);
    const preview = await run("preview", { ...adopted, clusterIP });
    const up = await run("up", { ...adopted, clusterIP });

    // The import records the cluster IP as if the program had chosen it.
    expect(unstated.output).toContain(
      'must be a Service of this stack that becomes "default/web-service" without a replacement, another one would be created; compare the URN, metadata.name, metadata.namespace, the annotations that make a load balancer and, after pulumi import, spec.clusterIP, which args.patches.service may state, or do not set it if there is nothing to adopt',
    );
    expect(preview.output).toContain("~ 2 to update");
    expect(preview.output).not.toMatch(/to replace|to delete/);
    expect(up.exitCode).toBe(0);
    const { deployment, service } = await objectsOfBackend();
    expect([deployment.metadata?.uid, service.metadata?.uid]).toEqual(uids);
    expect(service.spec?.clusterIP).toBe(clusterIP);
    // What another program had written is the component's now.
    expect(deployment.spec?.progressDeadlineSeconds).toBe(480);
    const without = await run("preview", { ...adopted, written: "plain", clusterIP });
    expect(without.output).not.toMatch(/to replace|to delete|to create/);
  });
});

const IMPORTED = [
  ["apps/v1:Deployment", "raw-deployment", "web"],
  ["core/v1:Service", "raw-service", "web-service"],
] as const;

async function objectsOfBackend() {
  return {
    deployment: await apps.readNamespacedDeployment({ name: "web", namespace }),
    service: await core.readNamespacedService({ name: "web-service", namespace }),
  };
}

/** A Deployment and a Service, created by another program that owns all their fields. */
async function createElsewhere() {
  const labels = { app: "web" };
  const fieldManager = "kubectl-create";
  const container = { name: "web", image: "example/web:1" };
  const deployment = {
    metadata: { name: "web" },
    spec: {
      progressDeadlineSeconds: 300,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
  const service = {
    metadata: { name: "web-service" },
    spec: { selector: labels, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
  };
  const made = [
    await apps.createNamespacedDeployment({ namespace, fieldManager, body: deployment }),
    await core.createNamespacedService({ namespace, fieldManager, body: service }),
  ];
  const found = await objectsOfBackend();
  return {
    clusterIP: found.service.spec?.clusterIP ?? "",
    uids: made.map(({ metadata }) => metadata?.uid),
  };
}

describe("a component under another name", () => {
  test("Backend: keeps its Service and its selector when app and serviceName are pinned and opts has an alias", async () => {
    await run("up", { written: "plain" });
    const service = { name: "web-service", namespace };
    const before = await core.readNamespacedService(service);

    const { exitCode, output } = await run("up", {
      written: "plain",
      name: "shop",
      formerName: "web",
    });

    const after = await core.readNamespacedService(service);
    expect(exitCode).toBe(0);
    // Deployment, ServiceAccount, NetworkPolicy and PodDisruptionBudget take the component's name.
    expect(output).toContain("+-4 replaced");
    expect(after.metadata?.uid).toBe(before.metadata?.uid);
    expect(after.spec?.clusterIP).toBe(before.spec?.clusterIP);
    expect(after.spec?.selector).toEqual({ app: "web" });
    const { spec } = await apps.readNamespacedDeployment({ name: "shop", namespace });
    expect(spec?.selector.matchLabels).toEqual({ app: "web" });
  });
});
