import fc from "fast-check";
import { expect, test } from "vitest";
import {
  Backend,
  Entrance,
  Exposure,
  LoadBalancerService,
  NodePortService,
} from "../../../components/index.ts";
import type { Manifest } from "../../../testing/manifest.ts";
import { renderManifests } from "../../../testing/render-manifests.ts";
import { topology } from "../../../testing/topology.ts";
import { cluster, minimal } from "../support/args.ts";
import { deployment, service } from "./objects.ts";

function shop() {
  new Backend("my-backend", { ...minimal, namespace: "data", serviceName: "my-backend-service" });
  const { target } = new Backend("my-frontend", {
    ...minimal,
    ports: [{ name: "http", containerPort: 8080 }],
    entrances: [Entrance.NodePort, Entrance.LoadBalancer],
  });
  const ports = [{ port: 80, targetPort: "http" }];
  new NodePortService("my-dev-service", {
    cluster,
    target,
    ports: [{ port: 80, targetPort: "http", nodePort: 30007 }],
  });
  const sourceRanges = ["0.0.0.0/0"];
  const args = { cluster, target, ports };
  new LoadBalancerService("my-production-service", {
    ...args,
    exposure: Exposure.Public,
    sourceRanges,
  });
  new LoadBalancerService("my-office-service", { ...args, exposure: Exposure.Internal });
}

test("topology: draws the way of the traffic when a program has every component", async () => {
  const manifests = await renderManifests(shop, { project: "shop-project", stack: "dev" });

  expect(topology(manifests)).toBe(`flowchart LR
  internet(["Internet"])
  network(["Network of the cluster"])
  nodes(["Every node"])
  subgraph namespace1["data"]
    service1["my-backend-service<br>ClusterIP Service"]
    workload1["my-backend<br>Deployment"]
  end
  subgraph namespace2["shop"]
    service2["my-dev-service<br>NodePort Service"]
    service3["my-office-service<br>LoadBalancer Service"]
    service4["my-production-service<br>LoadBalancer Service"]
    workload2["my-frontend<br>Deployment"]
  end
  service1 -->|"80 to 8080/TCP"| workload1
  nodes -->|"30007/TCP"| service2
  service2 -->|"80 to 8080/TCP"| workload2
  network -->|"80/TCP"| service3
  service3 -->|"80 to 8080/TCP"| workload2
  internet -->|"80/TCP"| service4
  service4 -->|"80 to 8080/TCP"| workload2
`);
});

test("topology: shows a Service that leads nowhere when no workload has its labels", () => {
  const lost = service({ selector: { app: "gone" } });

  expect(topology([lost, deployment()])).toContain(
    '  service1 -. "selects nothing here" .-> nothingservice1[" "]\n',
  );
});

test("topology: draws no arrow when a Service has no selector", () => {
  expect(topology([service({ selector: undefined }), deployment()])).not.toContain("->");
});

test("topology: is an empty picture when there is nothing", () => {
  expect(topology([])).toBe("flowchart LR\n");
});

test("topology: draws every port when a Service has several", () => {
  const ports = [
    { name: "dns", port: 53, protocol: "UDP" },
    { name: "http", port: 80, targetPort: "http" },
  ];

  const picture = topology([service({ type: "NodePort", ports }), deployment()]);

  expect(picture).toContain('nodes -->|"a free port/UDP<br>a free port/TCP"| service1');
  expect(picture).toContain('service1 -->|"53/UDP<br>80 to http/TCP"| workload1');
});

test("topology: keeps names out of its own syntax when they are no names yet", () => {
  const picture = topology([service({}, { name: '<UNKNOWN "A"> #1;' })]);

  expect(picture).toContain('service1["#60;UNKNOWN #34;A#34;#62; #35;1;<br>ClusterIP Service"]');
});

const name = fc.constantFrom("a", "b", "c");
const app = fc.record({ app: name });
const someService = fc
  .record({
    name,
    namespace: name,
    selector: app,
    type: fc.constantFrom("ClusterIP", "NodePort", "LoadBalancer", "ExternalName"),
    port: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ name: its, namespace, port, selector, type }) =>
    service({ type, selector, ports: [{ port }] }, { name: its, namespace }),
  );
const someWorkload = fc
  .record({ name, namespace: name, labels: app })
  .map(({ name: its, namespace, labels }) => deployment({}, { name: its, namespace }, labels));
const someManifests = fc.array(fc.oneof<fc.Arbitrary<Manifest>[]>(someService, someWorkload), {
  maxLength: 8,
});

test("topology: is the same picture when the manifests come in another order", () => {
  fc.assert(
    fc.property(
      someManifests.chain((all) =>
        fc.tuple(
          fc.constant(all),
          fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
        ),
      ),
      ([all, shuffled]) => {
        expect(topology(shuffled)).toBe(topology(all));
      },
    ),
  );
});

test("topology: is the same picture when the fields of equals come in another order", () => {
  const [one, other] = [deployment(), deployment({}, {}, { version: "2" })];
  const reversed = Object.fromEntries(Object.entries(one).reverse()) as unknown as Manifest;

  // Only one of the two is selected, so that it shows which is which.
  const front = service({ selector: { version: "2" } });
  expect(topology([other, reversed, front])).toBe(topology([one, front, other]));
});

test("topology: has an arrow for each pair that selects, and no other, whatever there is", () => {
  fc.assert(
    fc.property(someManifests, (all) => {
      const pairs = all.flatMap((from) =>
        all.filter((to) => {
          const spec = from["spec"] as { type?: string; selector?: { app: string } };
          const { template } = to["spec"] as {
            template?: { metadata: { labels: { app: string } } };
          };
          return (
            spec.type !== "ExternalName" &&
            template !== undefined &&
            spec.selector?.app === template.metadata.labels.app &&
            from.metadata.namespace === to.metadata.namespace
          );
        }),
      );

      const arrows = topology(all).match(/^ {2}service\d+ -->.* workload\d+$/gm) ?? [];

      expect(arrows).toHaveLength(pairs.length);
    }),
  );
});

test("topology: leaves the manifests as they are when it sorts them", () => {
  const manifests = [service(), deployment()];

  topology(manifests);

  expect(manifests).toEqual([service(), deployment()]);
});
