import type { PageModel } from "./page-model.ts";

/** The lists of a model. */
const LISTS = ["boxes", "cells", "links", "verdicts", "events"] as const;
type List = (typeof LISTS)[number];

/** What has changed in a list. */
interface ListPatch {
  /** New or changed items. */
  readonly put: readonly { readonly id: string }[];
  /** The ids of all items, in their order. */
  readonly ids: readonly string[];
}

/** What has changed between two models. */
export interface ModelPatch {
  readonly facts?: PageModel["facts"];
  readonly lists: Readonly<Partial<Record<List, ListPatch>>>;
}

/** What has changed; undefined if nothing has. */
export function patchBetween(before: PageModel, after: PageModel): ModelPatch | undefined {
  const facts = same(before.facts, after.facts) ? {} : { facts: after.facts };
  const lists = LISTS.flatMap((list) => {
    const patch = listPatch(before[list], after[list]);
    return patch === undefined ? [] : [[list, patch] as const];
  });
  if (lists.length === 0 && facts.facts === undefined) return undefined;
  return { ...facts, lists: Object.fromEntries(lists) };
}

function listPatch(
  before: readonly { readonly id: string }[],
  after: readonly { readonly id: string }[],
): ListPatch | undefined {
  const known = new Map(before.map((item) => [item.id, JSON.stringify(item)]));
  const put = after.filter((item) => known.get(item.id) !== JSON.stringify(item));
  const ids = after.map(({ id }) => id);
  const isSame =
    put.length === 0 &&
    same(
      ids,
      before.map(({ id }) => id),
    );
  return isSame ? undefined : { put, ids };
}

/** Applies a patch. Items that have not changed stay the same objects, so that they need not be drawn again. */
export function applyPatch(model: PageModel, { facts, lists }: ModelPatch): PageModel {
  const changed = Object.entries(lists).map(([list, patch]) => {
    const known = [...model[list as List], ...patch.put];
    const items = new Map(known.map((item) => [item.id, item as { id: string }]));
    return [list, patch.ids.flatMap((id) => items.get(id) ?? [])] as const;
  });
  return { ...model, ...(facts && { facts }), ...Object.fromEntries(changed) };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
