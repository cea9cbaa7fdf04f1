import { describe, expect, test } from "vitest";
import { Certainty, type Diagnosis, Health, Link } from "../../../../where/diagnosis/diagnosis.ts";
import { type Built, buildModel } from "../../../../where/page/model/build-model.ts";
import type { Layout } from "../../../../where/page/model/layout.ts";
import { applyPatch, patchBetween } from "../../../../where/page/model/patch.ts";
import { tablesOf } from "../../../../where/page/model/table.ts";
import type { ClusterObjects } from "../../../../where/state/cluster-state.ts";
import { appObjects, podOf, shopObjects } from "../../../shared/where/shop.ts";

const healthy: Diagnosis = { verdict: Health.Healthy, findings: [], checked: ["all is well"] };
const broken = (link: Link, certainty: Certainty = Certainty.Broken): Diagnosis => ({
  verdict: Health.Broken,
  checked: [],
  findings: [
    { cause: "a-cause", link, certainty, sentence: "It is broken", fix: "Mend it", about: [] },
    { cause: "another", link: Link.Dns, certainty, sentence: "Also this", fix: "", about: [] },
  ],
});

function build(objects: ClusterObjects, answer = healthy, layout?: Layout): Built {
  const asked = { kind: "Service", name: "", namespace: "shop" };
  const state = {
    schemaVersion: 1,
    recordedAt: "2026-11-30T10:00:00Z",
    asked,
    objects,
    notSeen: [],
  } as const;
  const names = new Map([["1", "web-1"]]);
  return buildModel({ namespace: "shop", state, diagnose: () => answer, now: 0, names, layout });
}

const web = (...uids: string[]) =>
  appObjects(
    "web",
    uids.map((uid) => podOf("web", uid)),
  );

describe("buildModel", () => {
  test("has a box in each column, and the Pods in that of their Deployment", () => {
    const { boxes, cells } = build(shopObjects(web("1", "2"))).model;

    expect(boxes.map(({ id, stateText }) => [id, stateText])).toEqual([
      ["Name/web", "there"],
      ["Service/web", "there"],
      ["Endpoints/web", "2 of 2 ready"],
      ["Deployment/web", "2 of 2 ready"],
      ["Node/node-1", "ready"],
      ["Node/node-2", "ready"],
    ]);
    expect(cells.map(({ box, id, stateText }) => [box, id, stateText])).toEqual([
      ["Deployment/web", "1", "ready"],
      ["Deployment/web", "2", "ready"],
    ]);
  });

  test("shows a killed Pod as gone in its slot, and its successor in another", () => {
    const before = build(shopObjects(web("1", "2")));
    const after = build(shopObjects(web("2", "3")), healthy, before.layout);

    const gone = after.model.cells.find(({ id }) => id === "1");
    const [killed] = before.model.cells;
    expect(gone).toEqual({ ...killed, state: "gone", stateText: "gone", node: "" });
    expect(after.model.cells.map(({ id }) => id)).toEqual(["1", "2", "3"]);
    expect(after.model.boxes.map(({ id, x, y }) => [id, x, y])).toEqual(
      before.model.boxes.map(({ id, x, y }) => [id, x, y]),
    );
  });

  test.each([
    [
      { status: { phase: "Running", conditions: [{ type: "Ready", status: "False" }] } },
      "not ready",
      "suspect",
    ],
    [{ metadata: { deletionTimestamp: "2026-11-30T10:00:00Z" } }, "stopping", "stopping"],
    [
      { status: { phase: "Pending", conditions: [{ type: "PodScheduled", status: "False" }] } },
      "not scheduled",
      "broken",
    ],
    [{ status: { phase: "Succeeded", conditions: [] } }, "completed", "idle"],
    [
      {
        status: {
          phase: "Running",
          conditions: [],
          containerStatuses: [{ state: { waiting: { reason: "CrashLoopBackOff" } } }],
        },
      },
      "CrashLoopBackOff",
      "broken",
    ],
    [
      {
        status: {
          phase: "Pending",
          conditions: [],
          containerStatuses: [{ state: { waiting: { reason: "ContainerCreating" } } }],
        },
      },
      "starting",
      "starting",
    ],
  ])("names the state of a Pod: %o", (changes, stateText, state) => {
    const pod = podOf("web", "1", changes);

    expect(build(shopObjects(appObjects("web", [pod]))).model.cells[0]).toMatchObject({
      state,
      stateText,
    });
  });

  test.each([
    [Link.Dns, "Name/web → Service/web"],
    [Link.LoadBalancer, "Name/web → Service/web"],
    [Link.Node, "Name/web → Service/web"],
    [Link.Service, "Service/web → Endpoints/web"],
    [Link.Endpoints, "Service/web → Endpoints/web"],
    [Link.Pods, "Endpoints/web → Deployment/web"],
    [Link.Policy, "Endpoints/web → Deployment/web"],
  ])("draws the broken link %s in its place, with its sentence", (link, id) => {
    const { links, verdicts } = build(shopObjects(web("1")), broken(link)).model;

    expect(links.find((it) => it.id === id)).toMatchObject({
      state: "broken",
      sentence: "It is broken",
    });
    expect(verdicts).toMatchObject([
      {
        id: "web",
        verdict: "broken",
        sentence: "It is broken",
        fix: "Mend it",
        also: ["Also this"],
      },
    ]);
  });

  test("draws what breaks Pods on the line before them when no Pod is selected", () => {
    const objects = shopObjects(web("1"));
    const services = (objects.services ?? []).map((it) => ({
      ...it,
      spec: { ...it.spec, selector: { app: "wep" } },
    }));

    const { links } = build({ ...objects, services }, broken(Link.Pods)).model;

    expect(links.find(({ from }) => from === "Service/web")?.state).toBe("broken");
  });

  test.each([
    [Certainty.Suspect, "suspect"],
    [Certainty.NotSeen, "unknown"],
  ])("does not draw as broken what is %s", (certainty, state) => {
    const { links } = build(shopObjects(web("1")), broken(Link.Pods, certainty)).model;

    expect(links.find(({ from }) => from === "Endpoints/web")?.state).toBe(state);
  });

  test("has a load balancer and its address as an entry", () => {
    const objects = shopObjects(appObjects("web", [podOf("web", "1")], "LoadBalancer"));
    const [service] = objects.services ?? [];
    const given = { ...service, status: { loadBalancer: { ingress: [{ ip: "203.0.113.9" }] } } };

    expect(build(objects).model.boxes[0]).toMatchObject({
      title: "Load balancer",
      lines: ["no address yet"],
    });
    expect(build({ ...objects, services: [given] }).model.boxes[0]?.lines).toEqual(["203.0.113.9"]);
  });

  test("survives objects without fields", () => {
    const bare = {
      services: [{}],
      endpointSlices: [{}],
      pods: [{}, {}],
      nodes: [{}],
      deployments: [{}],
      replicaSets: [{}],
      events: [{}],
      ingresses: [{}],
      httpRoutes: [{}],
      horizontalPodAutoscalers: [{}],
    };

    expect(build(bare).model.boxes.map(({ column }) => column)).toContain("node");
  });

  test("takes a DaemonSet that was not counted for one without Pods", () => {
    const daemonSets = [
      { metadata: { name: "agent" }, status: { desiredNumberScheduled: undefined } },
    ];

    expect(build({ daemonSets }).model.boxes.find(({ title }) => title === "agent")).toMatchObject({
      stateText: "scaled to 0",
    });
  });

  test("has nothing that is not seen as absent", () => {
    const { endpointSlices, ...objects } = shopObjects(web("1"));

    expect(build(objects).model.boxes.find(({ column }) => column === "endpoints")).toMatchObject({
      state: "unknown",
      stateText: "not seen",
    });
    expect(endpointSlices).toHaveLength(1);
  });

  test("counts the Pods for which there is no slot", () => {
    const before = build(shopObjects(web("1")));
    const uids = Array.from({ length: 15 }, (_, index) => String(index + 1));

    expect(build(shopObjects(web(...uids)), healthy, before.layout).model.facts.overflow).toEqual({
      "Deployment/web": 3,
    });
  });
});

describe("tablesOf", () => {
  test("has everything that the picture has", () => {
    const { model } = build(
      shopObjects(web("1", "2"), appObjects("db", [podOf("db", "3")], "LoadBalancer")),
    );
    const tables = tablesOf(model);
    const words = tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells)).join(" ");

    for (const { lines, title } of model.boxes) {
      for (const shown of [title, ...lines])
        if (title !== "Endpoints") expect(words).toContain(shown);
    }
    expect(tables[2]?.rows.map(({ id }) => id)).toEqual(model.cells.map(({ id }) => id));
  });

  test("says what is wrong with a Service", () => {
    const [services] = tablesOf(build(shopObjects(web("1")), broken(Link.Pods)).model);

    expect(services?.rows[0]?.cells).toEqual([
      "web",
      "broken",
      "In the cluster web.shop.svc",
      "ClusterIP 10.96.0.10; 80 → 8080",
      "1 of 1 ready; port 8080",
      "web",
      "It is broken",
    ]);
  });
});

describe("patchBetween", () => {
  test("has what changed and nothing else, and gives the new model", () => {
    const before = build(shopObjects(web("1", "2")));
    const after = build(shopObjects(web("2", "3")), healthy, before.layout);

    const patch = patchBetween(before.model, after.model);

    expect(patch?.lists.cells?.put.map(({ id }) => id)).toEqual(["1", "3"]);
    expect(patch?.lists).not.toHaveProperty("verdicts");
    expect(patch && applyPatch(before.model, patch)).toEqual(after.model);
  });

  test.each([
    ["the newest event first", ["b", "a"], ["c", "b", "a"]],
    ["what has moved in its new place", ["b", "a"], ["a", "b"]],
    ["nothing that is gone", ["b", "a"], ["a"]],
  ])("gives %s", (_, had, has) => {
    const { model } = build(shopObjects(web("1")));
    const ref = { kind: "Pod", name: "web-1" };
    const event = { time: "", warning: false, reason: "", message: "", count: 1, ref };
    const withEvents = (ids: readonly string[]) => ({
      ...model,
      events: ids.map((id) => ({ id, ...event })),
    });
    const before = withEvents(had);

    const patch = patchBetween(before, withEvents(has));

    expect(patch && applyPatch(before, patch).events.map(({ id }) => id)).toEqual(has);
  });

  test("is nothing where nothing changed", () => {
    const { model } = build(shopObjects(web("1")));

    expect(patchBetween(model, structuredClone(model))).toBeUndefined();
  });

  test("keeps the objects that have not changed", () => {
    const before = build(shopObjects(web("1", "2"))).model;
    const after = build(shopObjects(web("1"))).model;
    const patch = patchBetween(before, after);

    expect(patch && applyPatch(before, patch).cells[0]).toBe(before.cells[0]);
  });
});
