import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BackendArgs } from "../../components/index.ts";
import { drain, sampleReadyPods } from "./drain.ts";
import { addTwins, listNodes, nameOf, remainingPods, ZONE, zoneOf } from "./nodes.ts";
import { pulumi, stackConfig } from "./rig.ts";

// What the unit tests cannot show: that the eviction API lets nodes go and never takes more than one Pod at a time.
const cwd = join(import.meta.dirname, "programs", "workloads");
const stack = "dev";
const namespace = "drain";
const LIMIT_SECONDS = 120;
const REPLICAS = [2, 3, 4, 5];

let removeTwins: () => Promise<void>;

beforeAll(async () => {
  removeTwins = await addTwins();
  await pulumi(["stack", "init", stack, "--no-select"], { cwd });
});

afterAll(async () => {
  await pulumi(["destroy", "--yes", "--skip-preview", "--stack", stack], { cwd });
  await removeTwins();
});

async function deploy(backends: Record<string, Partial<BackendArgs>>): Promise<void> {
  const configFile = stackConfig({ backends, namespace }, cwd);
  const args = ["up", "--yes", "--skip-preview", "--stack", stack, "--config-file", configFile];
  const { exitCode, output } = await pulumi(args, { cwd });
  expect(exitCode, output).toBe(0);
}

/** Several Pods on each of the two nodes of one zone. */
async function packed(args: Partial<BackendArgs>): Promise<Partial<BackendArgs>> {
  const [first] = await listNodes();
  if (first === undefined) throw new Error("There are no nodes");
  return { replicas: 8, nodeSelector: { [ZONE]: zoneOf(first) }, ...args };
}

describe("Backend on nodes that are drained", () => {
  test("has all Pods but one at any time and lets every node go", async ({ annotate }) => {
    const apps = REPLICAS.map((replicas) => ({ name: `pods-${replicas}`, replicas }));
    await deploy({
      ...Object.fromEntries(apps.map(({ name, replicas }) => [name, { replicas }])),
      single: { replicas: 1 },
      packed: await packed({}),
    });
    const nodes = await listNodes();
    const sampling = await sampleReadyPods(namespace);

    const drains = [];
    for (const node of nodes) drains.push(await drain(nameOf(node), namespace, LIMIT_SECONDS));

    sampling.stop();
    const all = [...apps, { name: "packed", replicas: 8 }];
    const dips = all.filter(({ name, replicas }) => sampling.fewest(name) < replicas - 1);
    const slowest = Math.max(...drains.map(({ seconds }) => seconds));
    const putOff = drains.reduce((sum, one) => sum + one.putOff, 0);
    expect(dips).toEqual([]);
    expect(drains).toHaveLength(6);
    expect(slowest).toBeLessThanOrEqual(LIMIT_SECONDS);
    // Without these the budget would have had nothing to do.
    expect(putOff).toBeGreaterThan(0);
    expect(sampling.fewest("single")).toBe(0);
    await annotate(
      `drained nodes: ${drains.length} nodes drained, the slowest in ${slowest.toFixed(1)} s; replicas 2 to 5 and 8 never below all but one at ${sampling.samples} samples; ${putOff} evictions put off; replicas 1 did not block`,
      "figure",
    );
  });

  test("has fewer Pods when it has no budget", async ({ annotate }) => {
    await deploy({ packed: await packed({ podDisruptionBudget: false }) });
    const [first] = await listNodes();
    if (first === undefined) throw new Error("There are no nodes");
    const sampling = await sampleReadyPods(namespace);

    await drain(nameOf(first), namespace, LIMIT_SECONDS);

    sampling.stop();
    expect(sampling.fewest("packed")).toBeLessThan(7);
    await annotate(
      `drained nodes, control: without a budget: ${sampling.fewest("packed")} of 8 Pods at the least`,
      "figure",
    );
  });

  test("fails to let a node go when its budget wants every Pod", async ({ annotate }) => {
    const all = { spec: { maxUnavailable: null, minAvailable: 2 } };
    await deploy({ stuck: { replicas: 2, patches: { podDisruptionBudget: all } } });
    const [pod] = await remainingPods(namespace);

    const drained = drain(pod?.spec?.nodeName ?? "", namespace, 3);

    await expect(drained).rejects.toThrow(/was not evicted: \d+ tries were answered with 429/);
    await annotate(
      "drained nodes, control: minAvailable of all replicas: the drain is stuck",
      "figure",
    );
  });
});
