import { describe, expect, test } from "vitest";
import { endpointFailureText } from "../../../../components/readiness/endpoints/failure-text.ts";
import { pod, service, slice, warning } from "../objects.ts";

const nothing = { pods: [], events: [] };
const labelled = (name: string, labels: Record<string, string>) => pod(name, { labels });

describe("no Pods", () => {
  const selecting = 'args.target.selector is app=web, must be labels of Pods in namespace "shop"; ';
  const observed = { pods: [], slices: [] };
  test.each([
    ["the namespace has no Pods", []],
    [
      "its Pods have app: api (2), app: db (1)",
      [
        labelled("a", { app: "db" }),
        labelled("b", { app: "api", x: "y" }),
        labelled("c", { app: "api" }),
      ],
    ],
    [
      "its Pods have app.kubernetes.io/name: web (1)",
      [labelled("a", { "app.kubernetes.io/name": "web", "pod-template-hash": "1" })],
    ],
    ["its Pods have no labels", [labelled("a", {})]],
    [
      "its Pods have app: 1 (1), app: 2 (1), app: 3 (1), app: 4 (1), app: 5 (1), app: 6 (1), …",
      ["1", "2", "3", "4", "5", "6", "7"].map((app) => labelled(app, { app })),
    ],
  ])("endpointFailureText: says %s when no Pod has the selector", (near, pods) => {
    const text = endpointFailureText(service, "NoPods", observed, { pods, events: [] }, 9);

    expect(text).toBe(`${selecting}${near}`);
  });

  test("endpointFailureText: names who could not create Pods, each once with the last word, when there are such", () => {
    const set = { kind: "StatefulSet", name: "db" };
    const events = [
      warning(set, ["FailedCreate", "old"], 1),
      warning(set, ["FailedCreate", "exceeded quota"], 2),
      warning({ kind: "Pod", name: "x" }, ["Unhealthy", "no"], 3),
      warning({ kind: "ReplicaSet", name: "web" }, ["FailedCreate", "forbidden"], 4),
    ];
    const text = endpointFailureText(service, "NoPods", observed, { pods: [], events }, 9);

    expect(text.split("\n").slice(1)).toEqual([
      "  no Pod could be created by ReplicaSet web: FailedCreate, forbidden",
      "  no Pod could be created by StatefulSet db: FailedCreate, exceeded quota",
    ]);
  });
});

describe("no port", () => {
  const must = "args.target.ports has http 8080/TCP, must be declared by all Pods with app=web; ";
  const other = [
    { name: "web", containerPort: 8081 },
    { containerPort: 53, protocol: "UDP" },
  ];
  test.each([
    [
      "they declare web 8081/TCP, (no name) 53/UDP",
      [pod("a", { ports: other }), pod("b", { ports: other })],
    ],
    ["they declare no port", [pod("a", { ports: [] })]],
    ["b declare no port", [pod("a"), pod("b", { ports: [] })]],
  ])("endpointFailureText: says %s when Pods do not declare the port", (declared, pods) => {
    const text = endpointFailureText(service, "NoPort", { pods, slices: [] }, nothing, 9);

    expect(text).toBe(`${must}${declared}`);
  });
});

describe("not ready", () => {
  const must = "args.target.selector is app=web, must choose Pods that are ready within 9 s; ";

  test("endpointFailureText: shows three Pods and how many more there are when none is ready", () => {
    const pods = ["a", "b", "c", "d", "e"].map((name) =>
      pod(name, { ready: false, status: { state: {} } }),
    );
    const text = endpointFailureText(service, "NotReady", { pods, slices: [] }, nothing, 9);

    expect(text.split("\n")).toEqual([
      `${must}0 of 5 Pods are ready`,
      "  Pod a is Running: container web does not run",
      "  Pod b is Running: container web does not run",
      "  Pod c is Running: container web does not run",
      "  and 2 more",
    ]);
  });

  test("endpointFailureText: names the port without endpoints when a Pod is ready", () => {
    const slices = [slice("metrics", true)];
    const text = endpointFailureText(service, "NotReady", { pods: [pod("a")], slices }, nothing, 9);

    expect(text).toBe(
      `${must}1 of 1 Pods is ready\n  Service dev has no ready endpoint for port http`,
    );
  });
});
