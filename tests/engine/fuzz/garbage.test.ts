import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { InvalidArgsError } from "../../../components/index.ts";
import type { Manifest } from "../../../testing/index.ts";
import { type ArgsField, analyzePackage, argsFields } from "../../unit/support/analyze.ts";
import type { Given } from "./arbitraries/backend.ts";
import { arbitraries } from "./arbitraries/components.ts";
import { NAMESPACES } from "./arbitraries/namespaces.ts";
import { crossed, garbage, lateGarbage, type Spoiled, spoiled } from "./garbage.ts";
import { withValueAt } from "./places.ts";
import { type ComponentName, render } from "./render.ts";
import { often, timeoutFor } from "./settings.ts";
import { ensureNamespaces, refusalsOf } from "./verdict.ts";

let fieldsOf: (component: ComponentName) => ArgsField[];
beforeAll(async () => {
  await ensureNamespaces();
  const analyzed = analyzePackage();
  fieldsOf = (component) => argsFields(analyzed, component);
});

describe("arguments of which one value is anything at all", () => {
  test.for([
    ["Backend", 300],
    ["NodePortService", 150],
    ["LoadBalancerService", 150],
  ] as const)(
    "%s: fails with a path, or makes what the API server takes, when any value is another one",
    { timeout: timeoutFor(300) },
    async ([component, runs], { annotate }) => {
      const spoil = spoiled<object>(arbitraries[component], fieldsOf(component), garbage);

      const { refused, taken } = await judge(component, spoil, runs);

      expect(refused).toBeGreaterThan(runs / 4);
      await annotate(
        `Fuzzer: ${refused + taken} ${component} with one value replaced by anything: ${refused} refused with a path, ${taken} taken by the API server too, 0 other exceptions`,
        "figure",
      );
    },
  );

  test.for([
    ["Backend", 150],
    ["NodePortService", 80],
    ["LoadBalancerService", 80],
  ] as const)(
    "%s: fails with a path, or makes what the API server takes, when any value arrives late and is another one",
    { timeout: timeoutFor(150) },
    async ([component, runs]) => {
      const fields = fieldsOf(component).filter(({ late, path }) => late && !isPatch(path));
      const spoil = spoiled<object>(arbitraries[component], fields, lateGarbage).map((made) => {
        const { given, place, value } = made;
        const late = pulumi.output(Promise.resolve(value));
        return { ...made, given: { ...given, args: withValueAt(given.args, place, late) } };
      });

      const { refused } = await judge(component, spoil, runs);

      expect(refused).toBeGreaterThan(runs / 4);
    },
  );

  test.for([
    ["Backend", 200],
    ["NodePortService", 120],
    ["LoadBalancerService", 120],
  ] as const)(
    "%s: fails with a path, or makes what the API server takes, when values of two valid sets are mixed",
    { timeout: timeoutFor(200) },
    async ([component, runs], { annotate }) => {
      const fields = fieldsOf(component).filter(({ path }) => !isPatch(path));
      const mixed = crossed<object>(arbitraries[component], fields);

      const { refused, taken } = await judge(component, mixed, runs);

      expect(refused).toBeGreaterThan(0);
      expect(taken).toBeGreaterThan(0);
      await annotate(
        `Fuzzer: ${refused + taken} ${component} mixed of two valid sets: ${refused} refused with a path, ${taken} taken by the API server too`,
        "figure",
      );
    },
  );
});

/** Renders many; what is refused has paths, and what is rendered an API server takes, too. */
async function judge(
  component: ComponentName,
  spoil: fc.Arbitrary<Spoiled<object>>,
  runs: number,
): Promise<{ readonly refused: number; readonly taken: number }> {
  let [refused, taken] = [0, 0];
  const property = fc.asyncProperty(spoil, async ({ given, place }) => {
    const outcome = await outcomeOf(component, given);
    if (outcome instanceof InvalidArgsError) {
      refused += 1;
      expect(outcome.problems).not.toEqual([]);
      for (const { path } of outcome.problems) expect(path).toMatch(/^(args|name)\b/);
      return;
    }
    // What a patch does is its author's to answer for.
    if (isPatch(place.join("."))) return;
    taken += 1;
    expect(await refusalsOf(outcome.map(inNamespace))).toEqual([]);
  });
  await fc.assert(property, often(runs));
  return { refused, taken };
}

async function outcomeOf(component: ComponentName, given: Given<object>) {
  try {
    return await render(component, given);
  } catch (error) {
    if (error instanceof InvalidArgsError) return error;
    throw error;
  }
}

/** The object in a namespace that exists. */
function inNamespace(manifest: Manifest): Manifest {
  const namespace = NAMESPACES.find((it) => it === manifest.metadata.namespace) ?? NAMESPACES[0];
  return { ...manifest, metadata: { ...manifest.metadata, namespace } };
}

function isPatch(path: string): boolean {
  return path === "patches" || path.startsWith("patches.");
}
