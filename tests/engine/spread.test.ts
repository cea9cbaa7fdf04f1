import { join } from "node:path";
import {
  AppsV1Api,
  PatchStrategy,
  setHeaderOptions,
  type V1Deployment,
  type V1Pod,
} from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BackendArgs, Spread } from "../../components/index.ts";
import { waitFor } from "../../local/wait.ts";
import { addTwins, changeNode, listNodes, nameOf, remainingPods, ZONE, zoneOf } from "./nodes.ts";
import { config, pulumi, stackConfig } from "./rig.ts";

// What the unit tests cannot show: where the scheduler puts Pods.
const cwd = join(import.meta.dirname, "programs", "workloads");
const stack = "dev";
const namespace = "spread";
const REPLICAS = [2, 3, 4, 5, 6, 7, 8, 9];
const ROLLOUTS = 5;
const TIMEOUT = 400_000;

const apps = config.makeApiClient(AppsV1Api);
const merging = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);

let removeTwins: () => Promise<void>;

beforeAll(async () => {
  removeTwins = await addTwins();
  await pulumi(["stack", "init", stack, "--no-select"], { cwd });
});

afterAll(() => removeTwins());

/** Returns what takes the Backends away: nothing of some tests may be in the way of the next ones' Pods. */
async function deploy(backends: Record<string, Partial<BackendArgs>>) {
  const removals: (() => void)[] = [];
  const settings = { backends, namespace };
  const configFile = stackConfig(settings, cwd, (remove) => removals.push(remove));
  const args = ["up", "--yes", "--skip-preview", "--stack", stack, "--config-file", configFile];
  const limits = { cwd, timeoutSeconds: 240 };
  const { exitCode, output } = await pulumi([...args, "--parallel", "64"], limits);
  for (const remove of removals) remove();
  expect(exitCode, output).toBe(0);
  return async () => {
    const destroy = ["destroy", "--yes", "--skip-preview", "--stack", stack];
    const destroyed = await pulumi(destroy, limits);
    expect(destroyed.exitCode, destroyed.output).toBe(0);
  };
}

/** Replaces every Pod of some apps, as `kubectl rollout restart` does. */
async function rollOut(names: readonly string[], round: number): Promise<void> {
  const body = { spec: { template: { metadata: { annotations: { round: String(round) } } } } };
  await Promise.all(
    names.map((name) => apps.patchNamespacedDeployment({ name, namespace, body }, merging)),
  );
  await waitFor(
    async () => (await apps.listNamespacedDeployment({ namespace })).items.every(isRolledOut),
    { awaited: `rollout ${round}`, timeoutSeconds: 120 },
  );
}

function isRolledOut({ metadata, spec, status }: V1Deployment): boolean {
  const counts = [status?.replicas, status?.updatedReplicas, status?.availableReplicas];
  return (
    status?.observedGeneration === metadata?.generation &&
    counts.every((count) => count === spec?.replicas)
  );
}

/** Backends of 2 to 9 Pods. */
interface Group {
  readonly name: string;
  readonly argsOf: (app: string) => Partial<BackendArgs>;
}

const strict: Group = { name: "strict", argsOf: () => ({ spread: Spread.Strict }) };

/** What {@link Spread} is without `matchLabelKeys`. */
const countingOldPods: Group = {
  name: "counting-old-pods",
  argsOf: (app) => {
    const constraint = {
      maxSkew: 1,
      topologyKey: ZONE,
      whenUnsatisfiable: "DoNotSchedule",
      labelSelector: { matchLabels: { app } },
      matchLabelKeys: null,
      nodeTaintsPolicy: "Honor",
    };
    const spec = { template: { spec: { topologySpreadConstraints: [constraint] } } };
    return { spread: Spread.Strict, patches: { deployment: { spec } } };
  },
};

/** An app of a group after a rollout; 0 is the first deployment. */
interface State {
  readonly group: Group;
  readonly app: string;
  readonly round: number;
  /** By how many Pods the fullest zone is ahead of the emptiest one. */
  readonly skew: number;
}

/** A Backend of a group, with so many Pods. */
interface Member {
  readonly group: Group;
  readonly app: string;
  readonly replicas: number;
}

const memberOf = (group: Group, replicas: number): Member => ({
  ...{ group, replicas, app: `${group.name}-${replicas}` },
});

/** The Pods of every app, once the last old ones have been told to end, which a rollout does not wait for. */
const settledPods = (members: readonly Member[]) =>
  waitFor(
    async () => {
      const pods = await remainingPods(namespace);
      const own = Map.groupBy(pods, ({ metadata }) => metadata?.labels?.["app"]);
      return members.every(({ app, replicas }) => own.get(app)?.length === replicas) && own;
    },
    { awaited: "as many Pods as there are to be", timeoutSeconds: 60 },
  );

async function statesAfter(round: number, members: readonly Member[]): Promise<State[]> {
  const zones = new Map((await listNodes()).map((node) => [nameOf(node), zoneOf(node)]));
  const pods = await settledPods(members);
  const zoneOfPod = ({ spec }: V1Pod) => zones.get(spec?.nodeName ?? "");
  return members.map(({ app, group }) => {
    const counts = [...new Set(zones.values())].map(
      (zone) => pods.get(app)?.filter((pod) => zoneOfPod(pod) === zone).length ?? 0,
    );
    expect(counts).toHaveLength(3);
    return { group, app, round, skew: Math.max(...counts) - Math.min(...counts) };
  });
}

const deployMembers = (members: readonly Member[]) =>
  deploy(
    Object.fromEntries(
      members.map(({ app, group, replicas }) => [app, { replicas, ...group.argsOf(app) }] as const),
    ),
  );

const appsOf = (members: readonly Member[]) => members.map(({ app }) => app);

describe("Backend on nodes in three zones", () => {
  const members = REPLICAS.map((replicas) => memberOf(strict, replicas));
  const seen: State[] = [];

  beforeAll(async () => {
    const destroy = await deployMembers(members);
    seen.push(...(await statesAfter(0, members)));
    for (let round = 1; round <= ROLLOUTS; round += 1) {
      await rollOut(appsOf(members), round);
      seen.push(...(await statesAfter(round, members)));
    }
    return destroy;
  }, TIMEOUT);

  test("is even over zones after every rollout when its spread is strict", async ({ annotate }) => {
    expect(seen).toHaveLength(REPLICAS.length * (1 + ROLLOUTS));
    expect(seen.filter(({ skew }) => skew > 1)).toEqual([]);
    await annotate(
      `spread: skew at most 1 in ${seen.length} of ${seen.length} states: replicas 2 to 9, first deployment and ${ROLLOUTS} rollouts`,
      "figure",
    );
  });
});

/** All old Pods stay until all new ones have long been placed. */
const allAtOnce = {
  strategy: { rollingUpdate: { maxSurge: "100%", maxUnavailable: 0 } },
  minReadySeconds: 10,
};

function replacedAtOnce({ argsOf, name }: Group): Group {
  const argsWith = (app: string) => {
    const args = argsOf(app);
    const deployment = { spec: { ...args.patches?.deployment?.["spec"], ...allAtOnce } };
    return { ...args, patches: { deployment } };
  };
  return { name, argsOf: argsWith };
}

/** While the old Pods are there, their zone is the fullest, if these are counted. */
describe("Backend with all its Pods in one zone, and room in three", () => {
  const groups = [strict, countingOldPods].map(replacedAtOnce);
  const members = groups.map((group) => memberOf(group, 6));
  let seen: State[];

  beforeAll(async () => {
    const nodes = await listNodes();
    const [zone] = nodes.map(zoneOf);
    const others = nodes.filter((node) => zoneOf(node) !== zone).map(nameOf);
    const close = (unschedulable: boolean) =>
      Promise.all(others.map((name) => changeNode(name, { unschedulable })));
    await close(true);
    await untilTainted(others);
    const destroy = await deployMembers(members);
    await close(false);
    await untilTainted([]);
    await rollOut(appsOf(members), 1);
    seen = await statesAfter(1, members);
    return destroy;
  }, TIMEOUT);

  const skewOf = ({ name }: Group) => seen.find(({ group }) => group.name === name)?.skew;

  test("is even after a rollout when its spread is strict", () => {
    expect(skewOf(strict)).toBe(0);
  });

  test("fails to be even when old Pods are counted too", async ({ annotate }) => {
    expect(skewOf(countingOldPods)).toBeGreaterThan(1);
    await annotate(
      `spread, control: without matchLabelKeys: skew ${skewOf(countingOldPods)} after a rollout of 6 Pods in one zone`,
      "figure",
    );
  });
});

/** Waits until these nodes, and no others, are known to take no Pods. */
const untilTainted = (names: readonly string[]) =>
  waitFor(
    async () => {
      const tainted = (await listNodes()).filter(({ spec }) => (spec?.taints ?? []).length > 0);
      return tainted.length === names.length && tainted.every((it) => names.includes(nameOf(it)));
    },
    { awaited: `taints on ${names.length} nodes`, timeoutSeconds: 60 },
  );

describe("Backend on nodes without a zone", () => {
  beforeAll(async () => {
    const nodes = await listNodes();
    for (const node of nodes) await changeNode(nameOf(node), { labels: { [ZONE]: null } });
    // The strict one's Pods never become ready.
    const metadata = { annotations: { "pulumi.com/skipAwait": "true" } };
    const destroy = await deploy({
      loose: { replicas: 5 },
      strict: { replicas: 5, spread: Spread.Strict, patches: { deployment: { metadata } } },
    });
    return async () => {
      await destroy();
      for (const node of nodes) {
        await changeNode(nameOf(node), { labels: { [ZONE]: zoneOf(node) } });
      }
    };
  }, TIMEOUT);

  const podsOf = async (app: string) =>
    (await remainingPods(namespace)).filter(({ metadata }) => metadata?.labels?.["app"] === app);

  test("runs with all its Pods by default", async ({ annotate }) => {
    const pods = await podsOf("loose");

    const running = pods.filter(({ status }) => status?.phase === "Running");
    expect(running).toHaveLength(5);
    await annotate(`spread: ${running.length} of 5 Pods run on nodes without a zone`, "figure");
  });

  test("fails to run when its spread is strict", async ({ annotate }) => {
    const reasons = await waitFor(
      async () => {
        const refused = (await podsOf("strict")).flatMap(({ status }) =>
          (status?.conditions ?? []).filter(({ reason }) => reason === "Unschedulable"),
        );
        return refused.length === 5 && refused.map(({ message }) => message);
      },
      { awaited: "the scheduler to refuse 5 Pods", timeoutSeconds: 60 },
    );
    expect(new Set(reasons).size).toBe(1);
    expect(reasons[0]).toContain("topology spread constraints (missing required label)");
    await annotate(
      "spread, control: strict on nodes without a zone: 5 of 5 Pods pending",
      "figure",
    );
  });
});
