import type { V1EndpointSlice, V1Pod, V1Service } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { waitFor } from "../../local/wait.ts";
import {
  core,
  discovery,
  loadBalancing,
  network,
  newStack,
  outputsOf,
  type PulumiRun,
  pulumi,
  stackConfig,
} from "./rig.ts";

// The article's example as the dev stack deploys it, from nothing to nothing, in this order.
const stack = "dev";
const namespace = "shop";
const services = ["my-backend-service", "my-dev-service", "my-production-service"];

/** What is in the simulated AWS, whoever has made it: a controller leaves behind what AWS has refused halfway. */
async function inAws() {
  const { LoadBalancers = [] } = await loadBalancing.describeLoadBalancers({});
  const { TargetGroups = [] } = await loadBalancing.describeTargetGroups({});
  return {
    loadBalancers: LoadBalancers.map(({ LoadBalancerArn }) => LoadBalancerArn),
    targetGroups: TargetGroups.map(({ TargetGroupArn }) => TargetGroupArn),
  };
}

let before: Awaited<ReturnType<typeof inAws>>;
let up: PulumiRun;

beforeAll(async () => {
  before = await inAws();
  await newStack(stack);
  up = await pulumi(["up", "--yes", "--skip-preview", "--stack", stack]);
});

afterAll(async () => {
  await pulumi(["destroy", "--run-program", "--yes", "--skip-preview", "--stack", stack]);
});

const service = (name: string): Promise<V1Service> =>
  core.readNamespacedService({ name, namespace });

/** The addresses of the endpoints of a Service that are ready, sorted. */
async function readyEndpoints(name: string): Promise<string[]> {
  const labelSelector = `kubernetes.io/service-name=${name}`;
  const { items } = await discovery.listNamespacedEndpointSlice({ namespace, labelSelector });
  return items
    .flatMap((slice: V1EndpointSlice) => slice.endpoints ?? [])
    .filter(({ conditions }) => conditions?.ready)
    .flatMap(({ addresses }) => addresses)
    .sort();
}

async function runningPods(app: string): Promise<V1Pod[]> {
  const { items } = await core.listNamespacedPod({ namespace, labelSelector: `app=${app}` });
  return items.filter((pod) => pod.metadata?.deletionTimestamp === undefined);
}

describe("the dev stack on a real API server", () => {
  test("up: succeeds", () => {
    expect(up.output).toMatch(/\+ \d+ created/);
    expect(up.exitCode).toBe(0);
  });

  test("Services: are the article's three and no other in their namespace", async () => {
    const { items } = await core.listNamespacedService({ namespace });

    const shown = items.map(({ metadata, spec }) => ({
      name: metadata?.name,
      type: spec?.type,
      selector: spec?.selector,
      ports: spec?.ports?.map(({ port, targetPort, protocol }) => ({ port, targetPort, protocol })),
    }));
    expect(shown).toEqual([
      {
        name: "my-backend-service",
        type: "ClusterIP",
        selector: { app: "my-backend" },
        ports: [{ port: 80, targetPort: 8080, protocol: "TCP" }],
      },
      {
        name: "my-dev-service",
        type: "NodePort",
        selector: { app: "my-frontend" },
        ports: [{ port: 80, targetPort: 8080, protocol: "TCP" }],
      },
      {
        name: "my-production-service",
        type: "LoadBalancer",
        selector: { app: "my-frontend" },
        ports: [{ port: 80, targetPort: 8080, protocol: "TCP" }],
      },
    ]);
  });

  test("my-dev-service: has the node port 30007", async () => {
    const { spec } = await service("my-dev-service");

    expect(spec?.ports?.map(({ nodePort }) => nodePort)).toEqual([30007]);
  });

  test.each([
    ["my-backend-service", "my-backend"],
    ["my-dev-service", "my-frontend"],
    ["my-production-service", "my-frontend"],
  ])("%s: has both Pods of %s as ready endpoints", async (name, app) => {
    const addresses = (await runningPods(app)).map(({ status }) => status?.podIP);

    expect(addresses).toHaveLength(2);
    expect(await readyEndpoints(name)).toEqual(addresses.sort());
  });

  test("namespace: enforces the restricted Pod Security Standard, which the Pods passed", async () => {
    const { metadata } = await core.readNamespace({ name: namespace });

    expect(metadata?.labels?.["pod-security.kubernetes.io/enforce"]).toBe("restricted");
    expect(up.output).not.toContain("violates PodSecurity");
  });

  test("my-production-service: is one network load balancer that forwards 80 to the node port of every node", async () => {
    const { LoadBalancers: all = [] } = await loadBalancing.describeLoadBalancers({});
    const LoadBalancers = all.filter((it) => !before.loadBalancers.includes(it.LoadBalancerArn));
    const { spec, status } = await service("my-production-service");
    const [balancer] = LoadBalancers;
    const { Listeners = [] } = await loadBalancing.describeListeners({
      LoadBalancerArn: balancer?.LoadBalancerArn,
    });
    const { TargetGroups = [] } = await loadBalancing.describeTargetGroups({
      LoadBalancerArn: balancer?.LoadBalancerArn,
    });
    const { TargetHealthDescriptions = [] } = await loadBalancing.describeTargetHealth({
      TargetGroupArn: TargetGroups[0]?.TargetGroupArn,
    });

    expect(LoadBalancers.map(({ Type }) => Type)).toEqual(["network"]);
    expect(balancer?.DNSName).toBe(status?.loadBalancer?.ingress?.[0]?.hostname);
    expect(Listeners.map(({ Port, Protocol }) => ({ Port, Protocol }))).toEqual([
      { Port: 80, Protocol: "TCP" },
    ]);
    expect(Listeners[0]?.DefaultActions?.[0]?.TargetGroupArn).toBe(TargetGroups[0]?.TargetGroupArn);
    expect(TargetGroups.map(({ Port }) => Port)).toEqual([spec?.ports?.[0]?.nodePort]);
    expect(TargetHealthDescriptions.map(({ Target }) => Target?.Id).sort()).toEqual(
      network()
        .instances.map(({ instanceId }) => instanceId)
        .sort(),
    );
  });

  test("outputs: are the addresses of the back end, the dev entrance and the front", async () => {
    const { status } = await service("my-production-service");
    const host = status?.loadBalancer?.ingress?.[0]?.hostname;

    expect(host).toMatch(/\.elb\.us-east-1\.amazonaws\.com$/);
    expect(await outputsOf(stack)).toEqual({
      backendUrl: "http://my-backend-service.shop.svc",
      nodePort: 30007,
      frontAddress: { host, kind: "hostname" },
      frontUrl: `http://${host}`,
    });
  });

  test("a deleted Pod: is replaced under a new address, endpoints follow, the Services' addresses stay", async () => {
    const before = await Promise.all(services.map(service));
    const [victim] = await runningPods("my-frontend");
    const oldAddress = victim?.status?.podIP ?? "";

    await core.deleteNamespacedPod({ name: victim?.metadata?.name ?? "", namespace });

    const endpoints = await waitFor(
      async () => {
        const ready = await readyEndpoints("my-production-service");
        return ready.length === 2 && !ready.includes(oldAddress) && ready;
      },
      { awaited: "the successor's endpoint", timeoutSeconds: 60 },
    );
    const pods = await runningPods("my-frontend");
    expect(pods.map(({ status }) => status?.podIP).sort()).toEqual(endpoints);
    const after = await Promise.all(services.map(service));
    expect(after.map(({ spec }) => spec?.clusterIP)).toEqual(
      before.map(({ spec }) => spec?.clusterIP),
    );
    expect(after[2]?.status?.loadBalancer).toEqual(before[2]?.status?.loadBalancer);
  });

  test("a Pod whose label is taken away: leaves the endpoints and is succeeded", async () => {
    const [victim] = await runningPods("my-backend");
    const address = victim?.status?.podIP ?? "";
    const name = victim?.metadata?.name ?? "";

    await core.patchNamespacedPod({
      name,
      namespace,
      body: [{ op: "replace", path: "/metadata/labels/app", value: "nobody" }],
    });

    await waitFor(
      async () => {
        const ready = await readyEndpoints("my-backend-service");
        return ready.length === 2 && !ready.includes(address);
      },
      { awaited: "the endpoints without the Pod", timeoutSeconds: 60 },
    );
    await core.deleteNamespacedPod({ name, namespace });
  });

  test("a second up: changes nothing", async () => {
    const again = await pulumi([
      "up",
      "--yes",
      "--skip-preview",
      "--stack",
      stack,
      "--expect-no-changes",
    ]);

    expect(again.output).toMatch(/Resources:\n +\d+ unchanged\n/);
    expect(again.exitCode).toBe(0);
  });

  test("preview: shows a change when a field was edited", async () => {
    const configFile = stackConfig({ replicas: 3 });
    const preview = ["preview", "--stack", stack, "--expect-no-changes"];
    const changed = await pulumi([...preview, "--config-file", configFile]);

    expect(changed.output).toContain("2 to update");
    expect(changed.exitCode).not.toBe(0);
  });

  test("destroy: leaves nothing in the API server or in the simulated AWS", async () => {
    const { exitCode } = await pulumi([
      "destroy",
      "--run-program",
      "--yes",
      "--skip-preview",
      "--stack",
      stack,
    ]);

    const namespaces = (await core.listNamespace()).items.map(({ metadata }) => metadata?.name);
    expect(exitCode).toBe(0);
    expect(namespaces).not.toContain(namespace);
    expect(await inAws()).toEqual(before);
  });
});
