import { compareDeclared, isUndeclared, textOf } from "../../declared/compare.ts";
import type { Declared } from "../../declared/declared.ts";
import type { ClusterState } from "../../state/cluster-state.ts";
import { compare } from "./owners.ts";
import type { Box, PageModel } from "./page-model.ts";

/** Lays what a program declares over the picture: what it does not declare, who calls each Service, and what differs. */
export function overlay(model: PageModel, declared: Declared, state: ClusterState): PageModel {
  const wanted = new Set(declared.objects.map(textOf));
  const callers = Map.groupBy(declared.connections, ({ to }) => textOf(to));
  const noted = (box: Box): Box => {
    if (box.ref === undefined) return box;
    if (isUndeclared(box.ref, wanted)) return { ...box, undeclared: true, note: "not declared" };
    const names = (callers.get(textOf(box.ref)) ?? []).map(({ from }) => from.name).sort(compare);
    return names.length === 0
      ? box
      : { ...box, note: `declared to be called by ${names.join(", ")}` };
  };
  const { differences, notCompared } = compareDeclared(declared, state);
  const sentences = differences.map(({ sentence }) => sentence);
  const facts = { ...model.facts, differences: sentences, notCompared };
  return { ...model, facts, boxes: model.boxes.map(noted) };
}
