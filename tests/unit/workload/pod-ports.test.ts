import { expect, test } from "vitest";
import { Backend, type BackendArgs, Entrance, NodePortService } from "../../../components/index.ts";
import { cluster, smallest } from "../support/args.ts";
import { podOf, refusalOf } from "../support/deployment.ts";
import { runProgram } from "../support/run-program.ts";

/** A proxy that asks who somebody is, in front of an application that listens on its own port. */
const behindProxy: Partial<BackendArgs> = {
  ports: [{ name: "app", containerPort: 3000 }],
  initContainers: [
    {
      name: "auth-proxy",
      image: "registry.example/auth-proxy:7.6.0",
      sidecar: true,
      ports: [{ name: "http", containerPort: 4180, port: 80, appProtocol: "http", entrance: true }],
      readinessProbe: { httpGet: { path: "/ping", port: "http" } },
    },
  ],
  readinessProbe: { httpGet: { path: "/ready", port: "app" } },
  entrances: [Entrance.NodePort],
};

/** An exporter of metrics beside an application. */
const withExporter: Partial<BackendArgs> = {
  ports: [{ name: "redis", containerPort: 6379, port: 6379 }],
  initContainers: [
    {
      name: "exporter",
      image: "registry.example/redis-exporter:1.67.0",
      sidecar: true,
      ports: [{ name: "metrics", containerPort: 9121, port: 9121 }],
    },
  ],
  readinessProbe: { tcpSocket: { port: "redis" } },
};

/** The objects of a Backend. */
async function objectsOf(args: Partial<BackendArgs>) {
  const run = await runProgram(() => new Backend("web", { ...smallest, ...args }));
  const { target } = await run.outputs(run.result);
  return {
    target,
    service: run.resource("core/v1:Service", "web-service").inputs.spec,
    policy: run.resource("networking.k8s.io/v1:NetworkPolicy", "web-network-policy").inputs.spec,
  };
}

test("Backend: leads to the proxy alone, in Service, target and policy, when a sidecar has the port", async () => {
  const { policy, service, target } = await objectsOf(behindProxy);

  expect(service.ports).toEqual([
    { name: "http", port: 80, targetPort: 4180, protocol: "TCP", appProtocol: "http" },
  ]);
  const http = [{ port: 4180, protocol: "TCP" }];
  expect(policy.ingress).toEqual([
    { ports: http },
    { from: [expect.objectContaining({ namespaceSelector: expect.anything() })], ports: http },
  ]);
  expect(target).toMatchObject({
    ports: [
      { name: "app", containerPort: 3000, entrance: false },
      { name: "http", containerPort: 4180, port: 80 },
    ],
  });
});

test("Backend: opens no metrics to everyone when a sidecar exports them and an entrance leads to the rest", async () => {
  const { policy, service } = await objectsOf({ ...withExporter, entrances: [Entrance.NodePort] });

  expect(service.ports.map(({ port }: { port: number }) => port)).toEqual([6379, 9121]);
  expect(policy.ingress[0]).toEqual({ ports: [{ port: 6379, protocol: "TCP" }] });
  expect(policy.ingress[1].ports).toEqual([
    { port: 6379, protocol: "TCP" },
    { port: 9121, protocol: "TCP" },
  ]);
});

test("Backend: admits a caller to a sidecar's port when the caller names it", async () => {
  const { policy } = await objectsOf({
    ...withExporter,
    allowedCallers: [{ namespace: "monitoring", ports: ["metrics"] }],
  });

  expect(policy.ingress).toEqual([
    {
      from: [
        { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } } },
      ],
      ports: [{ port: 9121, protocol: "TCP" }],
    },
  ]);
});

test("NodePortService: leads to a sidecar when its target port is the sidecar's", async () => {
  const run = await runProgram(() => {
    const { target } = new Backend("web", { ...smallest, ...behindProxy });
    return new NodePortService("entry", {
      cluster,
      target,
      ports: [{ port: 80, targetPort: "http", nodePort: 30_080 }],
    });
  });

  const { spec } = run.resource("core/v1:Service", "entry").inputs;
  expect(spec.ports).toEqual([expect.objectContaining({ targetPort: 4180, nodePort: 30_080 })]);
});

test("Backend: asks a port of another container by its number when a probe names it", async () => {
  const pod = await podOf({
    ...behindProxy,
    readinessProbe: { httpGet: { path: "/ready", port: "http" } },
    livenessProbe: { tcpSocket: { port: "app" } },
  });

  expect(pod.containers[0]).toMatchObject({
    ports: [{ name: "app", containerPort: 3000, protocol: "TCP" }],
    readinessProbe: { httpGet: { path: "/ready", port: 4180 } },
    livenessProbe: { tcpSocket: { port: "app" } },
  });
  expect(pod.initContainers[0].readinessProbe.httpGet.port).toBe("http");
});

test("Backend: opens the application behind a proxy to nobody when the proxy's port does not say entrance", async () => {
  const { policy } = await objectsOf({
    ...behindProxy,
    initContainers: behindProxy.initContainers?.map((container) => ({
      ...container,
      ports: [{ name: "http", containerPort: 4180, port: 80 }],
    })) as never,
  });

  expect(policy.ingress).toEqual([
    { from: expect.anything(), ports: [{ port: 4180, protocol: "TCP" }] },
  ]);
});

test("Backend: may have an entrance without a port of its own when a sidecar has one", async () => {
  const readinessProbe = { httpGet: { path: "/ready", port: "http" } };
  const { policy } = await objectsOf({ ...behindProxy, ports: [], readinessProbe });

  expect(policy.ingress[0]).toEqual({ ports: [{ port: 4180, protocol: "TCP" }] });
});

test("fails when a headless Service would translate a sidecar's port", async () => {
  expect(await refusalOf({ ...behindProxy, headless: true })).toBe(
    "args.initContainers[0].ports[0].port is 80, must be 4180 like its containerPort, a headless Service translates no ports",
  );
});
