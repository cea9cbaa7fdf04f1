import { expect } from "vitest";
import type { LoadBalancerController } from "../../../../components/index.ts";
import { normalizeLoadBalancer } from "../../../../components/load-balancer/normalize.ts";
import { dialectOf } from "../../../../components/load-balancer/registry.ts";
import { Checks } from "../../../../components/validation/checks.ts";
import { carried } from "../../load-balancer/tables/carried.ts";
import type { Carried } from "../../load-balancer/tables/changes.ts";
import { lateOutcomeOf } from "../../load-balancer/tables/late.ts";
import { argsOf, outcomeOf } from "../../load-balancer/tables/outcome.ts";
import type { Asked } from "../../load-balancer/tables/table.ts";
import { tableOf } from "../../load-balancer/tables/tables.ts";
import {
  backendOf,
  containerOf,
  deploymentOf,
  podOf,
  refusalOf,
} from "../../support/deployment.ts";

/** Something that a program says, and what has to come of it. */
export interface Case {
  readonly what: string;
  /** Fails where something else comes of it. */
  readonly check: () => unknown;
}

/** A row of the users' reports: the reported program, and others of the same kind that nobody reported. */
export interface Row {
  readonly id: string;
  readonly reported: Case;
  readonly neighbours: readonly [Case, Case, Case, ...Case[]];
}

type BackendGiven = Record<string, unknown>;

type View = (args: BackendGiven) => Promise<unknown>;

const child =
  (type: string, name: string): View =>
  async (args) =>
    (await backendOf(args)).resource(type, name).inputs;

const views = {
  container: containerOf,
  deployment: deploymentOf,
  pod: podOf,
  budget: child("policy/v1:PodDisruptionBudget", "web-pod-disruption-budget"),
  autoscaler: child("autoscaling/v2:HorizontalPodAutoscaler", "web-horizontal-pod-autoscaler"),
} satisfies Record<string, View>;

/** A Backend is refused, with this text. */
export const backendRefused = (what: string, args: BackendGiven, text: string): Case => ({
  what,
  check: async () => expect(await refusalOf(args)).toContain(text),
});

const isPlain = (value: unknown): value is object =>
  Array.isArray(value) || Object.getPrototypeOf(value ?? "") === Object.prototype;

/** Compares an object's fields; those that are undefined have to be absent. */
function matches(found: unknown, fields: object): void {
  for (const [key, value] of Object.entries(fields)) {
    const there = Object(found)[key];
    if (isPlain(value)) {
      matches(there, value);
    } else {
      expect(there, key).toEqual(value);
    }
  }
}

/** A Backend is made, and a part of it has these fields; undefined ones it does not have. */
export const backendMade = (
  what: string,
  args: BackendGiven,
  of: keyof typeof views,
  fields: object,
): Case => ({
  what,
  check: async () => {
    const found = await views[of](args);
    expect(found).toBeDefined();
    matches(found, fields);
  },
});

/** A load balancer is refused, with this text and no other problem. */
export const frontRefused = (on: string, what: string, asked: Asked, text: string): Case => ({
  what: `${what}, with ${on}`,
  check: async () => {
    const plain = outcomeOf(normalizeLoadBalancer, tableOf(on), asked);
    const late = await lateOutcomeOf(normalizeLoadBalancer, tableOf(on), asked);
    expect(plain.refused).toEqual([expect.stringContaining(text)]);
    // Late values are reported one after the other.
    expect(late.refused).toEqual([expect.stringContaining(text)]);
  },
});

/** A load balancer is made, and its Service has these annotations, without their prefix; undefined is none. */
export const frontMade = (
  on: string,
  what: string,
  asked: Asked,
  annotations: Readonly<Record<string, string | undefined>>,
): Case => ({
  what: `${what}, with ${on}`,
  check: () => {
    const { annotations: written = {}, refused } = outcomeOf(
      normalizeLoadBalancer,
      tableOf(on),
      asked,
    );
    expect(refused).toBeUndefined();
    for (const [name, value] of Object.entries(annotations)) {
      const found = Object.entries(written).find(([key]) => key.endsWith(name));
      expect(found?.[1], name).toBe(value);
    }
  },
});

/** A load balancer is updated, and this comes of it. */
export const updated = (on: string, what: string, from: Asked, to: Asked, is: Carried): Case => ({
  what: `${what}, with ${on}`,
  check: () => {
    const dialect = dialectOf(on as LoadBalancerController);
    expect(carried(normalizeLoadBalancer, dialect, tableOf(on), from, to)).toBe(is);
  },
});

/** A load balancer is made whose address is of this kind. */
export const ofKind = (on: string, what: string, asked: Asked, kind: "hostname" | "ip"): Case => ({
  what: `${what}, with ${on}`,
  check: () => {
    const checks = new Checks({ type: "LoadBalancerService", name: "front" });
    const spec = normalizeLoadBalancer(checks, "front", argsOf(tableOf(on), asked));
    checks.done();
    expect(spec.addressKind).toBe(kind);
  },
});
