import { BOX_GAP, BOX_HEIGHT, CELLS_IN_ROW, LANE_GAP, ownerHeight } from "./geometry.ts";

/** What has to be arranged: one chain a Service. Ids are those of boxes. */
export interface Chain {
  /** The Service. */
  readonly service: string;
  /** Its ways in. */
  readonly entries: readonly string[];
  /** Its endpoints. */
  readonly endpoints: string;
  /** The owners of the Pods that it selects. */
  readonly owners: readonly string[];
}

/** An owner and its Pods. */
export interface OwnerPods {
  readonly id: string;
  /** The most Pods that it is expected to have. */
  readonly expected: number;
  /** The uids, oldest first. */
  readonly pods: readonly string[];
}

/** What has to be arranged. */
export interface Arranged {
  readonly chains: readonly Chain[];
  readonly owners: readonly OwnerPods[];
  readonly nodes: readonly string[];
}

/** A place in a column. */
export interface Place {
  readonly y: number;
  readonly height: number;
}

/** A slot and the Pod that has it. */
export interface Slot {
  readonly uid: string;
  /** When the Pod was found to be gone, in milliseconds; its slot still shows it. */
  readonly goneAt?: number | undefined;
}

/** Where everything is. The next one is made from it, and moves nothing. */
export interface Layout {
  /** The places of boxes by their ids, also of boxes that are gone: what comes back finds its place. */
  readonly places: ReadonlyMap<string, Place>;
  /** The slots of each owner. */
  readonly slots: ReadonlyMap<string, readonly (Slot | undefined)[]>;
  /** Where the next lane begins. */
  readonly bottom: number;
  /** Where the next node is placed. */
  readonly nodesBottom: number;
}

/** How long a Pod that is gone keeps its slot, if nothing else needs it. */
export const GONE_MILLISECONDS = 10_000;

const EMPTY: Layout = { places: new Map(), slots: new Map(), bottom: 0, nodesBottom: 0 };

/**
 * Places what has no place yet, and moves nothing that has one: boxes that come later stand below, and a Pod takes a free slot of
 * its owner.
 *
 * @param now in milliseconds
 */
export function arrange(previous: Layout | undefined, things: Arranged, now: number): Layout {
  const before = previous ?? EMPTY;
  const slots = new Map(before.slots);
  for (const owner of things.owners) slots.set(owner.id, slotsOf(slots.get(owner.id), owner, now));
  // A Deployment that is deleted takes its Pods with it.
  for (const [id, known] of slots) {
    if (things.owners.some((it) => it.id === id)) continue;
    slots.set(id, slotsOf(known, { id, expected: 0, pods: [] }, now));
  }
  const heightOf = (id: string) => ownerHeight(slots.get(id)?.length ?? 0);
  const boxes = placeLanes(before, things, heightOf);
  return { ...placeNodes({ ...before, ...boxes }, things.nodes), slots };
}

function placeLanes(
  { places: known, bottom: start }: Layout,
  { chains, owners }: Arranged,
  heightOf: (owner: string) => number,
): Pick<Layout, "places" | "bottom"> {
  const places = new Map(known);
  let bottom = start;
  const lane = (stacks: readonly (readonly string[])[]) => {
    const top = bottom;
    for (const stack of stacks) {
      let y = top;
      for (const id of stack.filter((it) => !places.has(it))) {
        const height = isOwner(id) ? heightOf(id) : BOX_HEIGHT;
        places.set(id, { y, height });
        y += height + BOX_GAP;
        bottom = Math.max(bottom, y - BOX_GAP + LANE_GAP);
      }
    }
  };
  const ownerIds = new Set(owners.map(({ id }) => id));
  const isOwner = (id: string) => ownerIds.has(id);
  for (const { service, entries, endpoints, owners: selected } of chains) {
    lane([entries, [service], [endpoints], selected]);
  }
  for (const { id } of owners) lane([[id]]);
  return { places, bottom };
}

function placeNodes(layout: Layout, nodes: readonly string[]): Layout {
  const places = new Map(layout.places);
  let { nodesBottom } = layout;
  for (const id of nodes.filter((it) => !places.has(it))) {
    places.set(id, { y: nodesBottom, height: BOX_HEIGHT });
    nodesBottom += BOX_HEIGHT + BOX_GAP;
  }
  return { ...layout, places, nodesBottom };
}

/** As many slots as an owner may need: its Pods, a quarter more during a rollout (the default of `maxSurge`), and full rows. */
export function slotsNeeded({ expected, pods }: OwnerPods): number {
  const most = Math.max(expected, pods.length, 1);
  return Math.ceil((most + Math.ceil(most / 4)) / CELLS_IN_ROW) * CELLS_IN_ROW;
}

function slotsOf(
  known: readonly (Slot | undefined)[] | undefined,
  owner: OwnerPods,
  now: number,
): readonly (Slot | undefined)[] {
  const there = new Set(owner.pods);
  const before = known ?? Array.from({ length: slotsNeeded(owner) }, () => undefined);
  const slots = before.map((slot) => {
    if (slot === undefined || there.has(slot.uid)) return slot && { uid: slot.uid };
    const goneAt = slot.goneAt ?? now;
    return now - goneAt < GONE_MILLISECONDS ? { uid: slot.uid, goneAt } : undefined;
  });
  const placed = new Set(slots.map((slot) => slot?.uid));
  for (const uid of owner.pods.filter((it) => !placed.has(it))) {
    const index = freeSlot(slots);
    if (index === undefined) break;
    slots[index] = { uid };
  }
  return slots;
}

/** The first empty slot, or that of the Pod that has been gone for longest. */
function freeSlot(slots: readonly (Slot | undefined)[]): number | undefined {
  const empty = slots.indexOf(undefined);
  if (empty >= 0) return empty;
  const gone = slots.flatMap((slot, index) =>
    slot?.goneAt === undefined ? [] : [{ index, goneAt: slot.goneAt }],
  );
  return gone.sort((a, b) => a.goneAt - b.goneAt)[0]?.index;
}
