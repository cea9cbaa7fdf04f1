import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { InvalidArgsError } from "../../../components/index.ts";
import type { Manifest } from "../../../testing/index.ts";
import { amount } from "../../shared/soak.ts";
import { type Child, childOf, children } from "./patches/children.ts";
import { type DrawnPatch, patchesOf } from "./patches/draw.ts";
import { kubernetesMerge } from "./patches/kubernetes-merge.ts";
import { REASONS, type Reason } from "./patches/reasons.ts";
import { seed, timeoutFor } from "./settings.ts";
import { ensureNamespaces, refusalOf } from "./verdict.ts";

/** How many patches are drawn of every object. */
const PATCHES = amount(20, 300);

beforeAll(ensureNamespaces);

/** What a component and the API server say of a patched object: nothing, or why they refuse it. */
interface Verdicts {
  readonly drawn: DrawnPatch;
  readonly component: string | undefined;
  readonly server: string | undefined;
}

async function verdictsOn(child: Child, before: Manifest, drawn: DrawnPatch): Promise<Verdicts> {
  const patched = await childOf(child, drawn.patch).catch((error: unknown) => {
    if (error instanceof InvalidArgsError) return error.message;
    throw error;
  });
  const isRefused = typeof patched === "string";
  const object = isRefused ? (kubernetesMerge(before, drawn.patch) as Manifest) : patched;
  const server = await refusalOf(object);
  return { drawn, component: isRefused ? patched : undefined, server };
}

/** Why the two may disagree, if they do and that is known. */
function reasonFor({ component, server }: Verdicts): Reason | undefined {
  const [refuses, refusal = ""] =
    component === undefined ? ["the API server", server] : ["the component", component];
  return REASONS.find((it) => it.refuses === refuses && it.says.test(refusal));
}

const agree = ({ component, server }: Verdicts): boolean =>
  (component === undefined) === (server === undefined);

const told = ({ component, drawn, server }: Verdicts): string =>
  `${component ?? "accepted by the component"} / ${server ?? "accepted by the API server"}: ${JSON.stringify(drawn.patch)}`;

describe("patches drawn from the API's document", () => {
  test.for(children)(
    "$component $patch: is refused where the API server refuses it, and taken where it takes it",
    { timeout: timeoutFor(PATCHES) },
    async (child, { annotate }) => {
      const drawn = fc.sample(patchesOf(child.definition), { seed, numRuns: PATCHES });
      const before = await childOf(child);
      const all: Verdicts[] = [];
      for (const one of drawn) all.push(await verdictsOn(child, before, one));

      const disputed = all.filter((it) => !agree(it));
      const unexplained = disputed.filter((it) => reasonFor(it) === undefined);
      expect(unexplained.map(told)).toEqual([]);
      const accepted = all.filter(({ component }) => component === undefined).length;
      expect(accepted).toBeGreaterThan(PATCHES / 10);
      expect(PATCHES - accepted).toBeGreaterThan(PATCHES / 10);
      await annotate(
        `Fuzzer: ${PATCHES} patches of ${child.component} ${child.patch}: ${accepted} accepted, ${PATCHES - accepted} refused; ` +
          `the API server disagrees in ${disputed.length}, each for a reason that is listed`,
        "figure",
      );
    },
  );
});
