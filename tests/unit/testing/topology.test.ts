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
  const backend = { ...minimal, namespace: "data", serviceName: "my-backend-service" };
  const { target: callee } = new Backend("my-backend", backend);
  const { target } = new Backend("my-frontend", {
    ...minimal,
    ports: [{ name: "http", containerPort: 8080 }],
    connectsTo: { MY_BACKEND: { target: callee, port: "http" } },
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
  workload2 --> service1
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

const calling = (...values: (string | undefined)[]) =>
  deployment({
    containers: [
      { name: "web", env: values.map((value, index) => ({ name: `V${index}`, value })) },
    ],
  });
const arrowsOf = (...manifests: Manifest[]) =>
  topology(manifests).match(/^ {2}(workload|route)\d+ -->.*$/gm) ?? [];

test.each([
  ["front.shop.svc"],
  ["front.shop.svc.cluster.local"],
  ["http://front.shop.svc"],
  ["https://front.shop.svc:8443/v1?a=b"],
  ["postgres://user:word@front.shop.svc:5432/db"],
])("topology: draws an arrow from a workload to a Service when a variable is %s", (value) => {
  expect(arrowsOf(service(), calling(value))).toEqual(["  workload1 --> service1"]);
});

test.each([
  ["front"],
  ["front.shop"],
  ["front.shop.svc.example"],
  ["see front.shop.svc"],
  ["http://other.example/?from=front.shop.svc"],
  [undefined],
])("topology: draws no arrow from a workload when a variable is %s", (value) => {
  expect(arrowsOf(service(), calling(value))).toEqual([]);
});

test("topology: draws one arrow when several variables are of one Service", () => {
  const caller = calling("front.shop.svc", "http://front.shop.svc");

  expect(arrowsOf(service(), caller)).toEqual(["  workload1 --> service1"]);
});

test("topology: draws a Service outside when it is not among the manifests", () => {
  const picture = topology([calling("b.data.svc", "http://a.data.svc", "front.shop.svc")]);

  expect(picture).toContain('  end\n  outside1["a.data<br>not in this stack"]\n');
  expect(picture).toContain('  outside3["front.shop<br>not in this stack"]\n');
  expect(picture).toMatch(
    /workload1 --> outside1\n {2}workload1 --> outside2\n {2}workload1 --> outside3\n$/,
  );
});

const route = (apiVersion: string, kind: string, spec: object): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: "shop", namespace: "shop" },
  spec,
});
const ingress = (spec: object) => route("networking.k8s.io/v1", "Ingress", spec);
const backend = (name: string) => ({ service: { name, port: { number: 80 } } });
const httpRoute = (...backendRefs: object[]) =>
  route("gateway.networking.k8s.io/v1", "HTTPRoute", { rules: [{ backendRefs }, {}] });

test.each<[string, Manifest]>([
  [
    "an Ingress by a path",
    ingress({ rules: [{ http: { paths: [{ backend: backend("front") }] } }] }),
  ],
  ["an Ingress by default", ingress({ defaultBackend: backend("front"), rules: [{}] })],
  ["an HTTPRoute", httpRoute({ name: "front", port: 80 })],
  ["an HTTPRoute with a namespace", httpRoute({ name: "front", namespace: "shop", port: 80 })],
])("topology: draws an arrow to a Service when it is behind %s", (_, from) => {
  expect(arrowsOf(service(), from)).toEqual(["  route1 --> service1"]);
  expect(topology([service(), from])).toContain(`    route1["shop<br>${from.kind}"]\n`);
});

test.each<[string, Manifest]>([
  [
    "an Ingress of a bucket",
    ingress({ defaultBackend: { resource: { kind: "Bucket", name: "front" } } }),
  ],
  ["a route to something else", httpRoute({ kind: "Bucket", name: "front" })],
  ["another kind of the Gateway API", { ...httpRoute({ name: "front" }), kind: "Gateway" }],
  [
    "another Ingress",
    { ...ingress({ defaultBackend: backend("front") }), apiVersion: "example.com/v1" },
  ],
])("topology: draws no arrow to a Service when there is %s", (_, from) => {
  expect(arrowsOf(service(), from)).toEqual([]);
});

test("topology: draws a Service outside when a route is to another namespace's", () => {
  const picture = topology([service(), httpRoute({ name: "front", namespace: "data", port: 80 })]);

  expect(picture).toContain("  route1 --> outside1\n");
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
  .record({ name, namespace: name, labels: app, calls: name })
  .map(({ calls, name: its, namespace, labels }) => {
    const containers = [{ name: "web", env: [{ name: "HOST", value: `${calls}.a.svc` }] }];
    return deployment({ containers }, { name: its, namespace }, labels);
  });
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
