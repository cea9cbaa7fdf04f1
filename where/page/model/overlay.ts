import { compareDeclared, textOf } from "../../declared/compare.ts";
import type { Declared } from "../../declared/declared.ts";
import type { ClusterState } from "../../state/cluster-state.ts";
import { compare } from "./owners.ts";
import type { Box, PageModel } from "./page-model.ts";

/** Lays what a program declares over the picture: what it does not declare, who calls each Service, and what differs. */
export function overlay(model: PageModel, declared: Declared, state: ClusterState): PageModel {
  const wanted = new Set(declared.objects.map(textOf));
  const callers = Map.groupBy(declared.connections, ({ to }) => textOf(to));
  const noted = (box: Box): Box => {
    if (box.ref === undefined || !COMPARED.includes(box.ref.kind)) return box;
    const text = textOf(box.ref);
    if (!wanted.has(text)) return { ...box, undeclared: true, note: "not declared" };
    const names = (callers.get(text) ?? []).map(({ from }) => from.name).sort(compare);
    return names.length === 0
      ? box
      : { ...box, note: `declared to be called by ${names.join(", ")}` };
  };
  const differences = compareDeclared(declared, state).map(({ sentence }) => sentence);
  return { ...model, facts: { ...model.facts, differences }, boxes: model.boxes.map(noted) };
}

/** Kinds of boxes that a program declares itself. */
const COMPARED = ["Service", "Deployment", "StatefulSet", "DaemonSet", "Ingress", "HTTPRoute"];
