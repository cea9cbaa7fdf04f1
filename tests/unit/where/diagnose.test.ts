import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reportOn } from "../../../where/commands/answer.ts";
import { CAUSES } from "../../../where/diagnosis/causes/all.ts";
import { diagnose } from "../../../where/diagnosis/diagnose.ts";
import { Certainty, Health, Link } from "../../../where/diagnosis/diagnosis.ts";
import type { ClusterState } from "../../../where/state/cluster-state.ts";
import { BROKEN_ENTRIES } from "./cases/broken-entries.ts";
import { BROKEN_PODS } from "./cases/broken-pods.ts";
import { BROKEN_SERVICES } from "./cases/broken-services.ts";
import { stateOf } from "./cases/case.ts";
import { HEALTHY } from "./cases/healthy.ts";
import { healthyState } from "./cases/healthy-state.ts";
import { REPORTED_BROKEN, REPORTED_HEALTHY } from "./cases/reported.ts";

const BROKEN = [...BROKEN_ENTRIES, ...BROKEN_SERVICES, ...BROKEN_PODS, ...REPORTED_BROKEN];

describe("diagnose", () => {
  it.each(BROKEN)("names $cause first: $title", (it) => {
    const { findings, verdict } = diagnose(stateOf(it));

    expect(findings[0]?.cause).toBe(it.cause);
    expect(verdict).toBe(
      findings.some(({ certainty }) => certainty === Certainty.Broken)
        ? Health.Broken
        : Health.Unknown,
    );
  });

  it.each(BROKEN)("does not name $cause without its rule: $title", (it) => {
    const { findings } = diagnose(stateOf(it), undefined, [it.cause]);

    expect(findings.map(({ cause }) => cause)).not.toContain(it.cause);
  });

  it.each([...HEALTHY, ...REPORTED_HEALTHY])("finds nothing wrong with $title", (it) => {
    const { checked, findings, verdict } = diagnose(stateOf(it));

    expect(findings).toEqual([]);
    expect(verdict).toBe(Health.Healthy);
    expect(checked.length).toBeGreaterThan(0);
  });

  it("has a broken case for every cause, and as many healthy ones as the smaller half needs", () => {
    const covered = new Set(BROKEN.map(({ cause }) => cause));

    expect(CAUSES.map(({ cause }) => cause).filter((cause) => !covered.has(cause))).toEqual([]);
    expect(new Set(CAUSES.map(({ cause }) => cause)).size).toBe(CAUSES.length);
    expect(CAUSES.length).toBeGreaterThanOrEqual(60);
    expect(HEALTHY.length).toBeGreaterThanOrEqual(60);
  });

  it("puts facts before suspicions, and the first link of the chain first", () => {
    const links = Object.values(Link);
    const certainties = Object.values(Certainty);
    for (const it of BROKEN) {
      const ranks = diagnose(stateOf(it)).findings.map(
        ({ certainty, link }) =>
          certainties.indexOf(certainty) * links.length + links.indexOf(link),
      );
      expect(ranks).toEqual([...ranks].sort((one, other) => one - other));
    }
  });

  it("says only one line a sentence, without a full stop", () => {
    for (const it of BROKEN) {
      for (const { fix, sentence } of diagnose(stateOf(it)).findings) {
        expect(sentence).toMatch(/^[^\n]+[^.\n]$/);
        expect(fix).toMatch(/^[^\n]+[^.\n]$/);
      }
    }
  });

  it.each([
    ["zero-replicas", "Deployment web is scaled to 0, by kubectl 24 h ago"],
    [
      "node-port-node-not-ready",
      "Node n3 has not been ready for 4 min, so its node port 30080 does not answer",
    ],
  ])("says since when there is %s", (cause, sentence) => {
    const shown = BROKEN.filter((it) => it.cause === cause);

    expect(shown.map((it) => diagnose(stateOf(it)).findings[0]?.sentence)).toContain(sentence);
  });

  it("judges every Service of a state by the question, not by what was recorded", () => {
    const asked = { kind: "Service", name: "other", namespace: "shop" };

    expect(diagnose(healthyState(), asked).findings[0]?.cause).toBe("service-not-found");
  });
});

describe("reportOn", () => {
  it("reads a state once for all its Services", () => {
    const other = { metadata: { name: "pay", namespace: "shop" } };
    const state = stateOf({ title: "", set: { "services.1": other } });
    const { pods } = state.objects;
    let reads = 0;
    const get = () => {
      reads += 1;
      return pods;
    };
    Object.defineProperty(state.objects, "pods", { enumerable: true, get });

    expect(reportOn(state, true).answers).toHaveLength(2);
    expect(reads).toBe(1);
  });
});

describe("diagnose with states in which something is missing or absurd", () => {
  const states = BROKEN.map(stateOf);

  it("never throws when any field is removed or of another type", () => {
    const damage = fc.record({
      state: fc.constantFrom(...states),
      places: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
      value: fc.constantFrom(undefined, null, 7, "", "x", [], {}, true, [null]),
    });

    fc.assert(
      fc.property(damage, ({ places, state, value }) => {
        const damaged = structuredClone(state);
        for (const place of places) damageAt(damaged, place, value);

        expect(Object.values(Health)).toContain(diagnose(damaged).verdict);
      }),
      { numRuns: 2_000 },
    );
  });

  it("never throws for any JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(Object.values(Health)).toContain(diagnose(value as unknown as ClusterState).verdict);
      }),
    );
  });
});

/** Sets or removes one of the fields of a value, wherever it is. */
function damageAt(root: object, place: number, value: unknown): void {
  const fields: (readonly [Record<string, unknown>, string])[] = [];
  const visit = (it: unknown): void => {
    if (typeof it !== "object" || it === null) return;
    for (const key of Object.keys(it)) {
      fields.push([it as Record<string, unknown>, key]);
      visit((it as Record<string, unknown>)[key]);
    }
  };
  visit(root);
  const field = fields[place % Math.max(1, fields.length)];
  if (field === undefined) return;
  if (value === undefined) delete field[0][field[1]];
  else field[0][field[1]] = structuredClone(value);
}
