import { join } from "node:path";
import type { V1Pod } from "@kubernetes/client-node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type BackendArgs, Spread } from "../../components/index.ts";
import { waitFor } from "../../local/wait.ts";
import { addTwins, changeNode, listNodes, nameOf, remainingPods, ZONE, zoneOf } from "./nodes.ts";
import { pulumi, stackConfig } from "./rig.ts";

// What the unit tests cannot show: where the scheduler puts Pods.
const cwd = join(import.meta.dirname, "programs", "workloads");
const stack = "dev";
const namespace = "spread";
const REPLICAS = [2, 3, 4, 5, 6, 7, 8, 9];
const ROLLOUTS = 5;
/** Of what is uneven only sometimes: after about one in ten rollouts of an app. */
const MOST_ROLLOUTS = 15;
const TIMEOUT = 400_000;

const appOf = (replicas: number) => `pods-${replicas}`;

let removeTwins: () => Promise<void>;

beforeAll(async () => {
  removeTwins = await addTwins();
  await pulumi(["stack", "init", stack, "--no-select"], { cwd });
});

const destroy = () =>
  pulumi(["destroy", "--yes", "--skip-preview", "--stack", stack], { cwd, timeoutSeconds: 240 });

// Nothing of one test may be in the way of the next one's Pods.
afterEach(destroy, TIMEOUT);

afterAll(() => removeTwins());

async function deploy(backends: Record<string, Partial<BackendArgs>>): Promise<void> {
  const configFile = stackConfig({ backends, namespace }, cwd);
  const args = ["up", "--yes", "--skip-preview", "--stack", stack, "--config-file", configFile];
  const { exitCode, output } = await pulumi([...args, "--parallel", "64"], {
    cwd,
    timeoutSeconds: 240,
  });
  expect(exitCode, output).toBe(0);
}

/** The Pods of every app, once the last old ones have been told to end, which `up` does not wait for. */
const settledPods = () =>
  waitFor(
    async () => {
      const pods = await remainingPods(namespace);
      const own = Map.groupBy(pods, ({ metadata }) => metadata?.labels?.["app"]);
      return REPLICAS.every((replicas) => own.get(appOf(replicas))?.length === replicas) && own;
    },
    { awaited: "as many Pods as there are to be", timeoutSeconds: 60 },
  );

/** By how many Pods the fullest zone is ahead of the emptiest one, for every app. */
async function skews(): Promise<{ app: string; skew: number }[]> {
  const zones = new Map((await listNodes()).map((node) => [nameOf(node), zoneOf(node)]));
  const pods = await settledPods();
  const zoneOfPod = ({ spec }: V1Pod) => zones.get(spec?.nodeName ?? "");
  return REPLICAS.map(appOf).map((app) => {
    const counts = [...new Set(zones.values())].map(
      (zone) => pods.get(app)?.filter((pod) => zoneOfPod(pod) === zone).length ?? 0,
    );
    expect(counts).toHaveLength(3);
    return { app, skew: Math.max(...counts) - Math.min(...counts) };
  });
}

/** Deploys or rolls out, and returns the skews afterwards. */
async function rollOut(round: number, argsOf: (app: string) => Partial<BackendArgs>) {
  const annotations = { round: String(round) };
  const backends = REPLICAS.map((replicas) => {
    const app = appOf(replicas);
    return [app, { replicas, annotations, ...argsOf(app) }] as const;
  });
  await deploy(Object.fromEntries(backends));
  return (await skews()).map((it) => ({ ...it, round }));
}

/** What {@link Spread} is without `matchLabelKeys`. */
function countingOldPods(app: string): Partial<BackendArgs> {
  const constraint = {
    maxSkew: 1,
    topologyKey: ZONE,
    whenUnsatisfiable: "DoNotSchedule",
    labelSelector: { matchLabels: { app } },
    nodeTaintsPolicy: "Honor",
  };
  const spec = { template: { spec: { topologySpreadConstraints: [constraint] } } };
  return { spread: Spread.Strict, patches: { deployment: { spec } } };
}

describe("Backend on nodes in three zones", () => {
  it(
    "is even over zones after every rollout when its spread is strict",
    async ({ annotate }) => {
      const seen = [];
      for (let round = 0; round <= ROLLOUTS; round += 1) {
        seen.push(...(await rollOut(round, () => ({ spread: Spread.Strict }))));
      }

      expect(seen.filter(({ skew }) => skew > 1)).toEqual([]);
      await annotate(
        `T17: skew at most 1 in ${seen.length} of ${seen.length} states: replicas 2 to 9, first deployment and ${ROLLOUTS} rollouts`,
        "figure",
      );
    },
    TIMEOUT,
  );

  it(
    "fails to be even when old Pods are counted too",
    async ({ annotate }) => {
      let uneven: { app: string; skew: number; round: number } | undefined;
      for (let round = 0; uneven === undefined && round <= MOST_ROLLOUTS; round += 1) {
        uneven = (await rollOut(round, countingOldPods)).find(({ skew }) => skew > 1);
      }

      expect(uneven).toBeDefined();
      await annotate(
        `T17: control, without matchLabelKeys: skew ${uneven?.skew} of ${uneven?.app} after rollout ${uneven?.round}`,
        "figure",
      );
    },
    TIMEOUT,
  );
});

describe("Backend on nodes without a zone", () => {
  beforeAll(async () => {
    const nodes = await listNodes();
    for (const node of nodes) await changeNode(nameOf(node), { labels: { [ZONE]: null } });
    return async () => {
      for (const node of nodes) {
        await changeNode(nameOf(node), { labels: { [ZONE]: zoneOf(node) } });
      }
    };
  });

  it("runs with all its Pods by default", async ({ annotate }) => {
    await deploy({ web: { replicas: 5 } });

    const running = (await remainingPods(namespace)).filter(
      ({ status }) => status?.phase === "Running",
    );
    expect(running).toHaveLength(5);
    await annotate(`T17: ${running.length} of 5 Pods run on nodes without a zone`, "figure");
  });

  it("fails to run when its spread is strict", async ({ annotate }) => {
    // Its Pods never become ready.
    const metadata = { annotations: { "pulumi.com/skipAwait": "true" } };
    await deploy({
      web: { replicas: 5, spread: Spread.Strict, patches: { deployment: { metadata } } },
    });

    const reasons = await waitFor(
      async () => {
        const pods = await remainingPods(namespace);
        const refused = pods.flatMap(({ status }) =>
          (status?.conditions ?? []).filter(({ reason }) => reason === "Unschedulable"),
        );
        return refused.length === 5 && refused.map(({ message }) => message);
      },
      { awaited: "the scheduler to refuse 5 Pods", timeoutSeconds: 60 },
    );
    expect(new Set(reasons).size).toBe(1);
    expect(reasons[0]).toContain("topology spread constraints (missing required label)");
    await annotate("T17: control, strict on nodes without a zone: 5 of 5 Pods pending", "figure");
  });
});
