import { join } from "node:path";
import { PatchStrategy, PolicyV1Api, setHeaderOptions } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { waitFor } from "../../local/wait.ts";
import { warningsOfDeployment } from "./deployment-warnings.ts";
import { cells } from "./matrix/cells.ts";
import { violatingCell } from "./matrix/violating-cell.ts";
import { config, core, type PulumiRun, pulumi } from "./rig.ts";

// What the unit tests cannot show: that the API server keeps what we send as it is, and lets every Pod in.
const cwd = join(import.meta.dirname, "programs", "matrix");
const stack = "dev";
const UPDATE_TIMEOUT_SECONDS = 300;
/** Longer, so that what an update has printed until it was ended is there. */
const TIMEOUT = (UPDATE_TIMEOUT_SECONDS + 30) * 1000;

let up: PulumiRun;

const run = (args: readonly string[], of = stack) =>
  pulumi([...args, "--stack", of, "--parallel", "32"], {
    cwd,
    // Without these the engine writes the whole state twice for every resource, and the provider sends 50 requests a second.
    env: {
      PULUMI_EXPERIMENTAL: "true",
      PULUMI_SKIP_CHECKPOINTS: "true",
      PULUMI_K8S_CLIENT_QPS: "500",
      PULUMI_K8S_CLIENT_BURST: "1000",
    },
    timeoutSeconds: UPDATE_TIMEOUT_SECONDS,
  });

interface Preview {
  /** What it would do, as "operation name"; a resource has the name of its cell first. */
  readonly changes: string[];
  /** How many resources it would leave alone. */
  readonly unchanged: number | undefined;
}

function previewOf({ output }: PulumiRun): Preview {
  const json = output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1);
  const { changeSummary, steps } = JSON.parse(json) as {
    changeSummary: Record<string, number>;
    steps: { op: string; urn: string }[];
  };
  const changing = steps.filter(({ op }) => op !== "same" && op !== "refresh");
  return {
    changes: changing.map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`),
    unchanged: changeSummary["same"],
  };
}

beforeAll(async () => {
  await pulumi(["stack", "init", stack, "--no-select"], { cwd });
  up = await run(["up", "--yes", "--skip-preview"]);
}, TIMEOUT);

afterAll(async () => {
  await run(["destroy", "--yes", "--skip-preview"]);
}, TIMEOUT);

describe("the matrix of arguments on a real API server", () => {
  test("up: succeeds", () => {
    expect(up.exitCode, up.output.slice(-2000)).toBe(0);
  });

  test("Deployments: cause no warning of the restricted standard", async ({ annotate }) => {
    const warnings = await Promise.all(
      cells.map(async ({ name }) => ({
        name,
        warnings: await warningsOfDeployment({ name, namespace: name }),
      })),
    );

    expect(warnings.filter((it) => it.warnings.length > 0)).toEqual([]);
    await annotate(
      `Pod security: 0 Pod Security warnings of ${warnings.length} Deployments`,
      "figure",
    );
  });

  test("Pods: all run where the restricted standard is enforced", async ({ annotate }) => {
    const { items } = await core.listPodForAllNamespaces();
    const running = items.filter(({ status }) => status?.phase === "Running");
    const runningOf = (name: string) =>
      running.filter(({ metadata }) => metadata?.namespace === name).length;

    const expected = cells.map(({ name, pods }) => ({ name, pods }));
    expect(expected.map(({ name }) => ({ name, pods: runningOf(name) }))).toEqual(expected);
    const ours = running.filter(({ metadata }) =>
      cells.some(({ name }) => name === metadata?.namespace),
    );
    const prepared = ours.filter(({ spec }) => (spec?.initContainers ?? []).length > 0);
    expect(prepared.length).toBeGreaterThan(0);
    await annotate(
      `Pod security: ${ours.length} of ${total()} Pods run under "restricted" of v1.36, ${prepared.length} of them with init containers`,
      "figure",
    );
  });

  test(
    "preview: finds no change in any cell",
    async ({ annotate }) => {
      const preview = await run(["preview", "--json", "--expect-no-changes"]);

      const created = Number(/\+ (\d+) created/.exec(up.output)?.[1]);
      expect(previewOf(preview)).toEqual({ changes: [], unchanged: created });
      expect(preview.exitCode).toBe(0);
      await annotate(
        `previews: 0 diffs in ${cells.length} cells of ${created} resources`,
        "figure",
      );
    },
    TIMEOUT,
  );

  test(
    "preview: fails and names the object that was edited by hand",
    async ({ annotate }) => {
      const policy = config.makeApiClient(PolicyV1Api);
      const name = "staging-least";
      await policy.patchNamespacedPodDisruptionBudget(
        { name, namespace: name, body: { spec: { unhealthyPodEvictionPolicy: null } } },
        setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
      );

      const preview = await run(["preview", "--refresh", "--json", "--expect-no-changes"]);

      expect(previewOf(preview).changes).toEqual([`update ${name}-pod-disruption-budget`]);
      expect(preview.exitCode).toBe(7);
      await annotate("previews, control: one field edited by hand: named, exit 7", "figure");
    },
    TIMEOUT,
  );
});

describe("a Backend that violates the restricted standard", () => {
  const { name } = violatingCell;

  test("has no Pods, but an event that says why and a warning", async ({
    annotate,
    onTestFinished,
  }) => {
    await pulumi(["stack", "init", "control", "--no-select"], { cwd });
    onTestFinished(async () => {
      await run(["destroy", "--yes", "--skip-preview"], "control");
    });

    await run(["up", "--yes", "--skip-preview"], "control");

    const event = await waitFor(
      async () => {
        const fieldSelector = "reason=FailedCreate";
        const { items } = await core.listNamespacedEvent({ namespace: name, fieldSelector });
        return items[0]?.message;
      },
      { awaited: "the event of a Pod that is refused", timeoutSeconds: 60 },
    );
    const { items } = await core.listNamespacedPod({ namespace: name });
    expect(event).toContain('violates PodSecurity "restricted:v1.36": probe or lifecycle host');
    expect(items).toEqual([]);
    expect(await warningsOfDeployment({ name, namespace: name })).toEqual([
      expect.stringContaining('would violate PodSecurity "restricted:v1.36"'),
    ]);
    await annotate(
      `Pod security, control: a probe with a host: ${items.length} of 2 Pods, warned`,
      "figure",
    );
  });
});

function total(): number {
  return cells.reduce((sum, { pods }) => sum + pods, 0);
}
