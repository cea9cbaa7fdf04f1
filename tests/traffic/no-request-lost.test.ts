import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { V1Pod } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { BackendArgs } from "../../components/index.ts";
import { imageReferences } from "../../local/images/node-images.ts";
import { machinePid } from "../../local/nodes/machine.ts";
import { realNodes } from "../../local/nodes/names.ts";
import { drain } from "../engine/drain.ts";
import { config, core, network, newStack, paths, pulumi, stackConfig } from "../engine/rig.ts";
import { type Load, type LoadArgs, loadFromOutside, loadFromPod } from "../shared/load.ts";
import {
  describeLosses,
  type LoadReport,
  type LoadReports,
  lossesOf,
  requestsOf,
} from "../shared/load-report.ts";
import { processes, readProc } from "../shared/proc.ts";
import { carryRequestsFirst, type Processor } from "../shared/processor.ts";
import { amount, isSoak, ONLY_IN_SOAK } from "../shared/soak.ts";
import { workloadsOf } from "../shared/workloads.ts";
import { type Baseline, startBaseline } from "./baseline.ts";
import { listenerOf } from "./request-loop.ts";
import { startWatchLog, type WatchLog } from "./watch-log.ts";

// The article's program with the library's defaults, and every way to its Pods under load at once.
const stack = "dev";
const namespace = "no-request-lost";
const FRONT = "my-production-service";
const ROLLOUTS = amount(3, 10);
const DELETIONS = amount(3, 10);
const STEADY_SECONDS = amount(10, 20);
/** What shows that there was a load. */
const LEAST_REQUESTS = amount(30_000, 100_000);
/** The p99 of the latency as a multiple of that without disturbances. */
const MOST_SLOWER = 2;
const LONGEST_SECONDS = 600;
/** Of the time for which a steady load is measured. Less than a readiness probe waits, so that the Pod stays in its Services. */
const HELD_UP_MILLISECONDS = 700;
const SECONDS_AROUND_A_LOSS = 2;
const MOST_TOLD = 20;
const DRAINED_WITHIN_SECONDS = 150;
const TIMEOUT = 900_000;

const cluster = { paths, core, toolchain: inject("nodeToolchain") };
const workloads = workloadsOf(config, namespace);
/** The first has the Pod that sends, the last is drained. */
const nodes = realNodes(network());
let processor: Processor | undefined;
let baseline: Baseline | undefined;

/** The ways to the Pods, and the one to the application that nobody disturbs. */
const Way = {
  ClusterIP: "ClusterIP",
  NodePort: "NodePort",
  LoadBalancer: "LoadBalancer",
  Beside: "Beside",
} as const;
type Way = (typeof Way)[keyof typeof Way];

/** Less than the machine carries: other suites run beside this one, but for the long proofs. */
const full = { requestsPerSecond: amount(200, 500), keptConnections: 48 };
/** What is sent through each way, half of it on new connections and half on kept ones. */
const AMOUNTS = {
  [Way.ClusterIP]: full,
  [Way.NodePort]: full,
  [Way.LoadBalancer]: full,
  [Way.Beside]: { requestsPerSecond: 100, keptConnections: 8 },
} as const;

/** Both halves of what is sent to some addresses, evenly to each of them. */
function loadsTo(way: Way, targets: readonly string[], seconds: number) {
  const { keptConnections, requestsPerSecond } = AMOUNTS[way];
  const rate = Math.ceil(requestsPerSecond / 2 / targets.length);
  const keep = keptConnections / targets.length;
  const entries = targets.flatMap((address, index): [string, LoadArgs][] => {
    const load = { target: `http://${address}/hostname`, rate, seconds };
    const name = `${way}-${index + 1}`.toLowerCase();
    return [
      [`${name}-new`, load],
      [`${name}-kept`, { ...load, keep }],
    ];
  });
  return Object.fromEntries(entries);
}

const loadsBeside = (seconds: number) => loadsTo(Way.Beside, [baseline?.address ?? ""], seconds);

/** What leads to one of the program's Backends. */
interface Front {
  readonly backend: string;
  readonly ways: readonly Way[];
  /** Sends through its ways at once, and beside them. */
  readonly load: (seconds: number) => Promise<Load>;
}

const fronts: readonly Front[] = [
  {
    backend: "my-frontend",
    ways: [Way.NodePort, Way.LoadBalancer],
    load: async (seconds) => {
      // One of another test may still be about to go.
      const balancer = await listenerOf(FRONT, namespace);
      const nodePorts = nodes.map(({ address }) => `${address}:30007`);
      return loadFromOutside(
        { ...cluster, processor },
        {
          ...loadsTo(Way.NodePort, nodePorts, seconds),
          ...loadsTo(Way.LoadBalancer, [balancer.address], seconds),
          ...loadsBeside(seconds),
        },
      );
    },
  },
  {
    backend: "my-backend",
    ways: [Way.ClusterIP],
    load: (seconds) => {
      const name = `my-backend-service.${namespace}.svc.cluster.local`;
      const place = { namespace, node: nodes[0]?.name ?? "" };
      return loadFromPod(cluster, place, {
        ...loadsTo(Way.ClusterIP, [name], seconds),
        ...loadsBeside(seconds),
      });
    },
  },
];

/** Each rollout loses one Pod more, to whoever deletes it, as soon as it is under way. */
async function rollOutAndDelete(name: string): Promise<void> {
  for (let round = 0; round < ROLLOUTS; round += 1) {
    const rollout = workloads.rollOut(name);
    if (round < DELETIONS) await workloads.deletePod(name);
    await rollout;
  }
}

/** What was measured through a front. */
interface Measured {
  /** Without disturbances, before them and after. The machine is not as fast at all times. */
  readonly steady: readonly LoadReports[];
  readonly disturbed: LoadReports;
}

/** Of loads, those through some ways. */
const through = (reports: LoadReports, ...ways: readonly Way[]): LoadReports =>
  Object.fromEntries(
    Object.entries(reports).filter(([name]) =>
      ways.some((way) => name.startsWith(way.toLowerCase())),
    ),
  );

/** The slowest of a way's loads. */
const p99 = (reports: LoadReports, way: Way): number =>
  Math.max(
    ...Object.values(through(reports, way)).map(
      ({ latencyMilliseconds }) => latencyMilliseconds.p99,
    ),
  );

/** How much slower a way's answers were than without disturbances. */
const slowerThrough = ({ disturbed, steady }: Measured, way: Way): number => {
  const steadily = steady.reduce((sum, reports) => sum + p99(reports, way), 0) / steady.length;
  return p99(disturbed, way) / steadily;
};

/** A machine that is too busy to carry the load undisturbed shows nothing about the disturbances. */
async function measureSteady({ load }: Front): Promise<LoadReports> {
  const reports = await (await load(STEADY_SECONDS)).reports();
  expect(lossesOf(reports), describeLosses(reports).join("\n")).toBe(0);
  return reports;
}

/** How much slower they may be. What makes the answers beside them slower as well is the machine, and not how Pods end and start. */
const mostSlower = (measured: Measured): number =>
  MOST_SLOWER * Math.max(1, slowerThrough(measured, Way.Beside));

/** Keeps whatever runs in a Pod from doing anything for a while. */
async function holdUp({ metadata }: V1Pod, milliseconds: number): Promise<void> {
  const uid = metadata?.uid;
  if (uid === undefined) throw new Error("The Pod is not known");
  const held = processes().filter(({ pid }) => readProc(pid, "cgroup").includes(uid));
  if (held.length === 0) throw new Error(`Nothing runs in the Pod ${metadata?.name}`);
  const send = (signal: "SIGSTOP" | "SIGCONT") => {
    for (const { pid } of held) process.kill(pid, signal);
  };
  send("SIGSTOP");
  try {
    await setTimeout(milliseconds);
  } finally {
    send("SIGCONT");
  }
}

/** The losses, with what happened then. */
function explained(reports: LoadReports, watchLog: WatchLog): string[] {
  const lines = describeLosses(reports).slice(0, MOST_TOLD);
  const moments = new Set(lines.map((line) => `${line.slice(0, 19)}Z`));
  const then = [...moments].flatMap((moment) => watchLog.around(moment, SECONDS_AROUND_A_LOSS));
  return [...lines, ...new Set(then), ...unanswered()];
}

/** The connections that nobody has answered, with the Pods that each node has led them to. */
function unanswered(): string[] {
  const connections = nodes.flatMap((node) => {
    const file = `/proc/${machinePid(paths, node)}/net/nf_conntrack`;
    if (!existsSync(file)) return []; // the kernel does not tell
    const lines = readFileSync(file, "utf8").split("\n");
    return lines.map((line) => `${node.label}: ${line}`);
  });
  return connections.filter((line) => line.includes("SYN_SENT")).slice(0, MOST_TOLD);
}

describe("the article's program under load", () => {
  const measured = new Map<string, Measured>();
  const measuredOf = (backend: string): Measured => {
    const found = measured.get(backend);
    if (found === undefined) throw new Error(`Nothing was measured of ${backend}`);
    return found;
  };

  beforeAll(async () => {
    await newStack(stack);
    const args = ["--config-file", stackConfig({ namespace }, undefined, () => {})];
    const up = await pulumi(["up", "--yes", "--skip-preview", "--stack", stack, ...args]);
    expect(up.exitCode, up.output).toBe(0);
    baseline = await startBaseline(`${namespace}-beside`, nodes[0]?.name ?? "");
    processor = carryRequestsFirst(paths);
  });

  afterAll(async () => {
    await processor?.restore();
    await baseline?.remove();
    await pulumi(["destroy", "--run-program", "--yes", "--skip-preview", "--stack", stack], {
      timeoutSeconds: 240,
    });
  });

  // One after the other: two processors do not carry both loads and the cluster as well.
  test.for(fronts)(
    "loses no request to $backend while its Pods are rolled out, deleted and drained",
    {
      timeout: TIMEOUT,
    },
    async (front, { annotate }) => {
      const { backend, load, ways } = front;
      const before = await measureSteady(front);
      const watchLog = await startWatchLog(config, namespace);
      const running = await load(LONGEST_SECONDS);
      const start = performance.now();

      const drained = nodes.at(-1)?.name ?? "";
      await Promise.all([
        rollOutAndDelete(backend),
        drain(drained, namespace, DRAINED_WITHIN_SECONDS),
      ]);

      const seconds = (performance.now() - start) / 1000;
      const disturbed = await running.stop();
      watchLog.stop();
      const reports = through(disturbed, ...ways);
      const lost = lossesOf(reports);
      const requests = requestsOf(reports);
      const disturbances = `${ROLLOUTS} rollouts, ${DELETIONS} deletions and 1 node drain`;
      await annotate(
        `lost requests: ${lost} of ${requests} requests lost through ${ways.join(" and ")} in ${seconds.toFixed(0)} s, ${disturbances}`,
        "figure",
      );
      // The times of the answers are told also where some were lost.
      expect.soft(lost, explained(reports, watchLog).join("\n")).toBe(0);
      await workloads.untilEnded();
      measured.set(backend, { steady: [before, await measureSteady(front)], disturbed });
    },
  );

  // How fast a machine is is measured in the long proofs alone, over as long a time as such a figure takes.
  test.for(fronts.flatMap(({ backend, ways }) => ways.map((way) => ({ backend, way }))))(
    "answers at most twice as slowly through $way meanwhile, by what the machine does to an application beside it",
    async ({ backend, way }, { annotate, skip }) => {
      skip(!isSoak, ONLY_IN_SOAK);
      const found = measuredOf(backend);

      const slower = slowerThrough(found, way);

      const beside = slowerThrough(found, Way.Beside);
      const steady = found.steady.map((reports) => p99(reports, way).toFixed(1));
      await annotate(
        `lost requests: p99 through ${way} ${p99(found.disturbed, way).toFixed(1)} ms, ${slower.toFixed(2)} times the steady one (${steady.join(" ms before, ")} ms after); ${beside.toFixed(2)} times from an application beside it that nobody disturbs`,
        "figure",
      );
      expect(slower).toBeLessThanOrEqual(mostSlower(found));
    },
  );

  test("answers more than twice as slowly while its Pods are held up", async ({
    annotate,
    skip,
  }) => {
    skip(!isSoak, ONLY_IN_SOAK);
    const [front] = fronts as [Front];
    const pods = await workloads.podsOf(front.backend);
    const { steady } = measuredOf(front.backend);
    const running = await front.load(STEADY_SECONDS);

    await Promise.all(pods.map((pod) => holdUp(pod, HELD_UP_MILLISECONDS)));

    const found = { steady, disturbed: await running.reports() };
    const slower = front.ways.map((way) => slowerThrough(found, way));
    await annotate(
      `lost requests, control: the Pods held up for ${HELD_UP_MILLISECONDS} ms of ${STEADY_SECONDS} s: p99 ${slower.map((it) => it.toFixed(0)).join(" and ")} times the steady one, and ${slowerThrough(found, Way.Beside).toFixed(2)} times beside it`,
      "figure",
    );
    expect(Math.min(...slower)).toBeGreaterThan(mostSlower(found));
  });

  test("is asked often enough to tell", () => {
    const counts = fronts.map(({ backend, ways }) =>
      requestsOf(through(measuredOf(backend).disturbed, ...ways)),
    );
    const total = counts.reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThanOrEqual(LEAST_REQUESTS);
  });
});

describe("Backends whose Pods end too early", () => {
  const cwd = join(import.meta.dirname, "../engine/programs/workloads");
  const early = "ends-early";
  const workloads = workloadsOf(config, early);
  const SECONDS = 180;
  /** A node that learns of one end at once may not learn so of the next. */
  const ROUNDS = 3;

  /** A Backend of the library but for the times of its Pods' end. */
  const backend = (name: string, podSpec: object, container: object): Partial<BackendArgs> => ({
    image: imageReferences.demo,
    replicas: 2,
    serviceName: name,
    patches: {
      deployment: {
        spec: { template: { spec: { ...podSpec, containers: [{ name, ...container }] } } },
      },
    },
  });
  const withoutSleep = backend("without-sleep", {}, { lifecycle: null });
  const lifecycle = { preStop: { sleep: { seconds: 1 } } };
  const shortGrace = backend("short-grace", { terminationGracePeriodSeconds: 1 }, { lifecycle });

  const up = (backends: Record<string, Partial<BackendArgs>>) => {
    const file = stackConfig({ backends, namespace: early }, cwd);
    const args = ["up", "--yes", "--skip-preview", "--stack", stack, "--config-file", file];
    return pulumi(args, { cwd });
  };

  beforeAll(async () => {
    await pulumi(["stack", "init", stack, "--no-select"], { cwd });
    return async () => {
      await pulumi(["destroy", "--run-program", "--yes", "--skip-preview", "--stack", stack], {
        cwd,
      });
    };
  });

  test("fail to answer every request when Pods are deleted", async ({ annotate }) => {
    const { exitCode, output } = await up({
      "without-sleep": withoutSleep,
      "short-grace": shortGrace,
    });
    expect(exitCode, output).toBe(0);
    const place = { namespace: early, node: nodes[0]?.name ?? "" };
    const load = await loadFromPod(cluster, place, {
      "without-sleep": { target: "http://without-sleep/hostname", rate: 300, seconds: SECONDS },
      "short-grace": { target: "http://short-grace/slow?seconds=4", rate: 50, seconds: SECONDS },
    });

    const names = ["without-sleep", "short-grace"];
    for (let round = 0; round < ROUNDS; round += 1) {
      await Promise.all(names.map((name) => workloads.deletePod(name)));
      await workloads.untilEnded();
      await Promise.all(names.map((name) => workloads.untilAvailable(name)));
    }

    const reports = await load.stop();
    const lost = names.map((name) => lossesOf({ [name]: reports[name] as LoadReport }));
    expect(lost.filter((count) => count > 0)).toEqual(lost);
    await annotate(
      `lost requests, control: one Pod deleted ${ROUNDS} times: ${lost[0]} requests lost without the sleep, ${lost[1]} of 4 seconds each with a grace period as long as the sleep`,
      "figure",
    );
  });

  test("fail to be deployed when the sleep is longer than the grace period", async () => {
    const { exitCode, output } = await up({
      refused: backend("refused", { terminationGracePeriodSeconds: 9 }, {}),
    });

    expect(exitCode).not.toBe(0);
    expect(output).toContain("terminationGracePeriodSeconds is 9, must be at least 10");
  });
});
