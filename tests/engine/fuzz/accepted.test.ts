import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { BackendArgs } from "../../../components/index.ts";
import type { Manifest } from "../../../testing/index.ts";
import { analyzePackage, argsFields } from "../../unit/support/analyze.ts";
import type { Given } from "./arbitraries/backend.ts";
import { arbitraries } from "./arbitraries/components.ts";
import { limits } from "./arbitraries/limits.ts";
import { Coverage } from "./coverage.ts";
import { type ComponentName, render } from "./render.ts";
import { often, timeoutFor } from "./settings.ts";
import { ensureNamespaces, refusalsOf } from "./verdict.ts";

/** A field that is set in fewer of the sets is not tested. */
const LEAST_SHARE = 0.05;

let fieldsOf: (component: ComponentName) => ReturnType<typeof argsFields>;
beforeAll(async () => {
  await ensureNamespaces();
  const analyzed = analyzePackage();
  fieldsOf = (component) => argsFields(analyzed, component);
});

describe("arguments that follow the rules of Kubernetes", () => {
  test.for([
    ["Backend", 260],
    ["NodePortService", 130],
    ["LoadBalancerService", 260],
  ] as const)(
    "%s: makes what the API server takes without a warning when its arguments follow the rules",
    { timeout: timeoutFor(260) },
    async ([component, runs], { annotate }) => {
      const coverage = new Coverage(fieldsOf(component));
      let [objects, connected] = [0, 0];
      const property = fc.asyncProperty<[Given<object>]>(arbitraries[component], async (given) => {
        const manifests = await render(component, given);
        const { secretEnv } = given.args as BackendArgs;
        expect(await refusalsOf(manifests, secretEnv)).toEqual([]);
        coverage.add(given.args);
        objects += manifests.length;
        connected += Number(manifests.some(isConnectionPolicy));
      });

      const examples = limits[component].map((given): [Given<object>] => [given]);
      await fc.assert(property, { ...often(runs), examples });

      const shares = coverage.shares();
      const [[rarest, least] = ["", 0]] = shares;
      expect(coverage.sets).toBeGreaterThanOrEqual(runs);
      const fewest = component === "Backend" ? runs * LEAST_SHARE : 0;
      expect(connected).toBeGreaterThanOrEqual(fewest);
      expect(shares.filter(([, share]) => share < LEAST_SHARE)).toEqual([]);
      await annotate(
        `Fuzzer: ${coverage.sets} of ${coverage.sets} sets of ${component} arguments, ${objects} objects, accepted by a strict dry run; ` +
          `${shares.length} fields, each in at least ${(least * 100).toFixed(1)} % of the sets (${rarest})`,
        "figure",
      );
    },
  );
});

/** Whether it lets a Backend in at another one of the program. No policy of a Backend's own has a dot in its name. */
function isConnectionPolicy({ kind, metadata }: Manifest): boolean {
  return kind === "NetworkPolicy" && metadata.name.includes(".");
}
