import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrange, GONE_MILLISECONDS, type Layout } from "../../../../where/page/model/layout.ts";

const OWNERS = ["Deployment/a", "Deployment/b"];

/** One chain for each owner, with the Pods given. */
function things(pods: readonly (readonly string[])[], owners = OWNERS) {
  return {
    chains: owners.map((id) => ({
      service: id.replace("Deployment", "Service"),
      entries: [id.replace("Deployment", "Name")],
      endpoints: id.replace("Deployment", "Endpoints"),
      owners: [id],
    })),
    owners: owners.map((id, index) => ({ id, expected: 3, pods: pods[index] ?? [] })),
    nodes: ["Node/n1"],
  };
}

const podSets = fc.array(
  fc.tuple(
    fc.uniqueArray(fc.stringMatching(/^a[0-9]$/), { maxLength: 30 }),
    fc.uniqueArray(fc.stringMatching(/^b[0-9]$/), { maxLength: 30 }),
    fc.nat({ max: 2 * GONE_MILLISECONDS }),
  ),
  { minLength: 1, maxLength: 12 },
);

/** The slot of each Pod. */
function slotOf({ slots }: Layout): ReadonlyMap<string, string> {
  return new Map(
    [...slots].flatMap(([owner, own]) =>
      own.flatMap((slot, index) =>
        slot === undefined ? [] : [[slot.uid, `${owner} ${index}`] as const],
      ),
    ),
  );
}

describe("arrange", () => {
  test("moves no box while Pods come and go", () => {
    fc.assert(
      fc.property(podSets, (steps) => {
        const [[firstA, firstB] = [[], []]] = steps;
        let layout = arrange(undefined, things([firstA, firstB]), 0);
        const { places } = layout;
        let now = 0;
        for (const [a, b, milliseconds] of steps) {
          now += milliseconds;
          layout = arrange(layout, things([a, b]), now);
          expect(layout.places).toEqual(places);
        }
      }),
    );
  });

  test("moves no Pod that stays", () => {
    fc.assert(
      fc.property(podSets, (steps) => {
        let layout: Layout | undefined;
        let now = 0;
        for (const [a, b, milliseconds] of steps) {
          const before = layout && slotOf(layout);
          now += milliseconds;
          layout = arrange(layout, things([a, b]), now);
          const after = slotOf(layout);
          for (const uid of [...a, ...b]) {
            if (before?.has(uid)) expect(after.get(uid)).toBe(before.get(uid));
          }
        }
      }),
    );
  });

  test("gives no slot to two Pods, and every Pod one while there is room", () => {
    fc.assert(
      fc.property(podSets, (steps) => {
        let layout: Layout | undefined;
        for (const [a, b] of steps) {
          layout = arrange(layout, things([a, b]), 0);
          const places = [...slotOf(layout).values()];
          expect(new Set(places).size).toBe(places.length);
          // There are 12 slots, and never more than 10 Pods.
          for (const uid of [...a, ...b]) expect(slotOf(layout).has(uid)).toBe(true);
        }
      }),
    );
  });

  test("keeps the slot of a Pod that is gone for a while, then empties it", () => {
    const first = arrange(undefined, things([["a1", "a2"]]), 0);
    const gone = arrange(first, things([["a2"]]), 1000);
    const still = arrange(gone, things([["a2"]]), 1000 + GONE_MILLISECONDS - 1);
    const empty = arrange(still, things([["a2"]]), 1000 + GONE_MILLISECONDS);

    expect(still.slots.get("Deployment/a")?.[0]).toEqual({ uid: "a1", goneAt: 1000 });
    expect(empty.slots.get("Deployment/a")?.[0]).toBeUndefined();
  });

  test("gives the slot of the Pod that is gone for longest when there is no other", () => {
    const full = Array.from({ length: 12 }, (_, index) => `a${index}`);
    const first = arrange(
      undefined,
      { ...things([full]), owners: [{ id: "Deployment/a", expected: 0, pods: full.slice(0, 9) }] },
      0,
    );
    const all = arrange(first, things([full]), 0);
    const one = arrange(all, things([full.filter((it) => it !== "a5")]), 1);
    const two = arrange(one, things([full.filter((it) => !["a3", "a5"].includes(it))]), 2);

    const next = arrange(
      two,
      things([[...full.filter((it) => !["a3", "a5"].includes(it)), "new"]]),
      3,
    );

    expect(next.slots.get("Deployment/a")?.[5]).toEqual({ uid: "new" });
  });

  test("places what comes later below, and what comes back where it was", () => {
    const first = arrange(undefined, things([["a1"], ["b1"]]), 0);
    const without = arrange(first, things([["a1"]], ["Deployment/a"]), 0);
    const more = arrange(without, things([["a1"], ["b1"], ["c1"]], [...OWNERS, "Deployment/c"]), 0);

    expect(more.places.get("Service/b")).toEqual(first.places.get("Service/b"));
    expect(more.places.get("Service/c")?.y).toBe(first.bottom);
  });

  test("draws no two boxes of a column over each other", () => {
    const many = Array.from({ length: 40 }, (_, index) => `Deployment/${index}`);
    const pods = many.map((id) => Array.from({ length: 30 }, (_, index) => `${id}-${index}`));
    const { places } = arrange(undefined, things(pods, many), 0);

    const owners = many.map((id) => places.get(id));
    owners.slice(1).forEach((place, index) => {
      const above = owners[index];
      expect(place?.y).toBeGreaterThanOrEqual((above?.y ?? 0) + (above?.height ?? 0));
    });
  });
});
