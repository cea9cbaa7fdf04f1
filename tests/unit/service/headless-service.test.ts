import { expect, test } from "vitest";
import type { BackendArgs } from "../../../components/index.ts";
import { backendOf, refusalOf } from "../support/deployment.ts";

const ports = [
  { name: "http", containerPort: 8080, port: 80 },
  { name: "cluster", containerPort: 5701 },
];

test("Backend: has a headless Service with all ports beside its own when one is named", async () => {
  const run = await backendOf({
    ports,
    headlessServiceName: "web-peers",
    headlessPublishNotReadyAddresses: true,
  });

  expect(run.resource("core/v1:Service", "web-service").inputs.spec).not.toHaveProperty(
    "clusterIP",
  );
  expect(run.resource("core/v1:Service", "web-headless-service")).toMatchObject({
    parent: "web",
    inputs: {
      metadata: { name: "web-peers", namespace: "shop" },
      spec: {
        clusterIP: "None",
        publishNotReadyAddresses: true,
        selector: { app: "web" },
        ports: [
          { name: "http", port: 8080, targetPort: 8080, protocol: "TCP" },
          { name: "cluster", port: 5701, targetPort: 5701, protocol: "TCP" },
        ],
      },
    },
  });
  expect(run.result.headlessService).toBeDefined();
});

test.each<[Partial<BackendArgs>, string]>([
  [
    {
      headless: true,
      headlessServiceName: "peers",
      ports: [{ name: "a", containerPort: 1, port: 1 }],
      readinessProbe: { tcpSocket: { port: "a" } },
    },
    'args.headlessServiceName is "peers", must not be set with args.headless, which makes one; remove one',
  ],
  [
    { headlessServiceName: "web" },
    'args.headlessServiceName is "web", must differ from the Backend\'s other Services',
  ],
  [
    { headlessPublishNotReadyAddresses: true },
    "args.headlessPublishNotReadyAddresses is true, must not be set without args.headlessServiceName, whose Service it is about",
  ],
  [
    { headlessServiceName: "kubernetes", namespace: "default" },
    'args.headlessServiceName is "kubernetes", must be another name: in namespace "default" it is the Service of the API server itself',
  ],
  [
    { headlessServiceName: "Peers" },
    'args.headlessServiceName is "Peers", must be at most 63 lower case letters, digits and "-", starting with a letter and ending with a letter or digit',
  ],
])("Backend: fails when it has %j", async (args, message) => {
  expect(await refusalOf(args)).toBe(message);
});
