import { expect, test } from "vitest";
import { diagnose } from "../../../../where/diagnosis/diagnose.ts";
import { buildModel } from "../../../../where/page/model/build-model.ts";
import { overlay } from "../../../../where/page/model/overlay.ts";
import { stateOf } from "../cases/case.ts";

const state = stateOf({ title: "", set: {} });
const { model } = buildModel({
  namespace: "shop",
  state,
  diagnose: () => diagnose(state),
  now: 0,
  names: new Map(),
});
const WEB = { kind: "Service", namespace: "shop", name: "web" };
const CLIENT = { kind: "Deployment", namespace: "shop", name: "client" };

test("overlay: marks what is not declared, and says who is declared to call a Service", () => {
  const declared = { objects: [WEB, CLIENT], connections: [{ from: CLIENT, to: WEB }] };

  const { boxes, facts } = overlay(model, declared, state);

  const noted = boxes.filter(({ note }) => note !== undefined);
  expect(noted.map(({ id, note, undeclared }) => [id, note, undeclared])).toEqual([
    ["Service/web", "declared to be called by client", undefined],
    ["Deployment/web", "not declared", true],
  ]);
  expect(facts.differences).toEqual([
    "Deployment shop/client is declared, and absent",
    "Deployment shop/web is present, and not declared",
  ]);
});

test("overlay: leaves Pods, nodes and endpoints as they are", () => {
  const { boxes, cells } = overlay(model, { objects: [], connections: [] }, state);

  const marked = boxes.filter(({ undeclared }) => undeclared);
  expect(marked.map(({ id }) => id)).toEqual(["Service/web", "Deployment/web"]);
  expect(cells).toEqual(model.cells);
});

test("overlay: names the kinds that it could not compare", () => {
  const declared = { objects: [CLIENT], connections: [] };

  const { facts } = overlay(model, declared, { ...state, objects: { services: [] } });

  expect(facts.differences).toEqual([]);
  expect(facts.notCompared).toContain("Deployment");
  expect(facts.notCompared).not.toContain("Service");
});

test("overlay: does not mark the API server's own Service", () => {
  const ref = { kind: "Service", namespace: "default", name: "kubernetes" };
  const boxes = model.boxes.slice(0, 1).map((box) => ({ ...box, ref }));

  const laid = overlay({ ...model, boxes }, { objects: [], connections: [] }, state);

  expect(laid.boxes.map(({ undeclared }) => undeclared)).toEqual([undefined]);
});
