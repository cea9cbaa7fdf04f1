import { globSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { startCluster, stopCluster } from "../../local/cluster/embedded-cluster.ts";
import { answersInVpc } from "../../local/nodes/connect.ts";
import { clusterKey } from "../../local/nodes/names.ts";
import type { NodeToolchain } from "../../local/nodes/toolchain.ts";
import { ensurePage } from "../../local/page/ensure-page.ts";
import { localPaths } from "../../local/paths.ts";
import { isRunning, readRecords, writeRecord } from "../../local/processes/record.ts";
import { report } from "../../local/terminal.ts";
import { ensureToolchain, type Toolchain } from "../../local/toolchain/ensure-toolchain.ts";
import { localToolNames, nodeToolNames } from "../../local/toolchain/recipes.ts";
import { amount } from "../shared/soak.ts";
import { testToolMilliseconds } from "../shared/test-tools.ts";
import { hostFolders, hostNetwork, leftoversOf } from "./leftovers.ts";

const TIMES = amount(2, 20);
const paths = localPaths(".local/test/nodes");

let toolchain: NodeToolchain & Toolchain;
let before: string;
let folders: string[];

const start = () => startCluster(paths, { toolchain, realNodes: toolchain, report: () => {} });

function client() {
  const config = new KubeConfig();
  config.loadFromFile(paths.kubeconfig);
  return config.makeApiClient(CoreV1Api);
}

/** Whether what runs in Pods answers: the cluster's DNS, asked at each Pod's own address. */
async function podsAnswer(): Promise<boolean[]> {
  const namespace = "kube-system";
  const { items } = await client().listNamespacedPod({ namespace });
  return Promise.all(
    items.map(({ status }) => answersInVpc(paths, `http://${status?.podIP}:8080/health`)),
  );
}

/** What runs, and when the files that a start may write were last written. */
function standing() {
  const written = globSync(
    ["kubeconfig", "{aws,pki,run}/**", "nodes/*/**/*.{conf,conflist,toml,yaml}"],
    {
      cwd: paths.root,
      exclude: ["**/io.containerd*/**", "**/kubelet/**"],
    },
  ).map((name) => [name, statSync(join(paths.root, name)).mtimeMs]);
  return { pids: readRecords(paths.run).map(({ name, pid }) => [name, pid]), written };
}

describe("real nodes", () => {
  beforeAll(async () => {
    toolchain = await ensureToolchain({ tools: [...localToolNames, ...nodeToolNames], report });
    await stopCluster(paths); // of a run that was killed
    rmSync(paths.root, { recursive: true, force: true });
    folders = hostFolders();
    before = await hostNetwork(toolchain.paths.nft);
  }, testToolMilliseconds);

  afterAll(async () => {
    await stopCluster(paths);
    rmSync(paths.root, { recursive: true, force: true });
  });

  test("startCluster: leaves nothing behind when it is started and stopped several times in a row", {
    timeout: 1_200_000,
  }, async ({ annotate }) => {
    const seconds: number[] = [];
    for (let time = 1; time <= TIMES; time += 1) {
      const began = performance.now();
      await start();
      seconds.push((performance.now() - began) / 1000);
      expect(await podsAnswer()).toEqual([true, true]);
      expect(leftoversOf(paths)).not.toEqual([]); // the look sees what is there
      expect((await fetch(await ensurePage(paths, { report }))).status).toBe(200);

      await stopCluster(paths);

      expect(leftoversOf(paths)).toEqual([]);
      expect(readRecords(paths.run)).toEqual([]);
    }
    expect(await hostNetwork(toolchain.paths.nft)).toBe(before);
    expect(hostFolders()).toEqual(folders);
    const sorted = [...seconds].sort((a, b) => a - b);
    const [median = 0, longest = 0] = [sorted[Math.floor(TIMES / 2)], sorted.at(-1)];
    await annotate(
      `Real nodes: started and stopped ${TIMES} times, nothing left behind; start ${median.toFixed(0)} s (median), ${longest.toFixed(0)} s (longest)`,
      "figure",
    );
  });

  test("startCluster: works again when everything was killed at once", {
    timeout: 300_000,
  }, async () => {
    await start();
    for (const { pid } of readRecords(paths.run).filter(isRunning)) process.kill(-pid, "SIGKILL");

    await start();

    expect(await podsAnswer()).toEqual([true, true]);
    await stopCluster(paths);
    expect(leftoversOf(paths)).toEqual([]);
  });

  test.each(["node-2", "node-2-containerd", "node-2-kubelet", "load-balancers", "connect-proxy"])(
    "startCluster: works again when %s alone was killed",
    { timeout: 300_000 },
    async (name) => {
      await start();
      const victim = readRecords(paths.run).find((record) => record.name === name);
      process.kill(-(victim?.pid ?? Number.NaN), "SIGKILL");

      await start();

      expect(readRecords(paths.run).filter(isRunning).length).toBe(readRecords(paths.run).length);
      expect(await podsAnswer()).toEqual([true, true]);
    },
  );

  test("startCluster: works again when a node is to run another way than the one that runs", {
    timeout: 300_000,
  }, async () => {
    await start();
    const running = readRecords(paths.run).find(({ name }) => name === "node-2");
    if (running === undefined) throw new Error("No process node-2");
    writeRecord(paths.run, { ...running, digest: "of another way" });

    await start();

    expect(isRunning(running)).toBe(false);
    expect(await podsAnswer()).toEqual([true, true]);
  });

  test("startCluster: ends no process and writes no file when everything runs already, whatever PATH is", {
    timeout: 300_000,
  }, async () => {
    await start();
    const before = standing();
    vi.stubEnv("PATH", `${paths.root}:${process.env["PATH"]}`);
    onTestFinished(() => void vi.unstubAllEnvs());

    await start();

    expect(standing()).toEqual(before);
  });

  test("startCluster: gives simulated nodes, and no real one is left, when it is started so after real ones", {
    timeout: 300_000,
  }, async () => {
    await start();

    await startCluster(paths, { toolchain, report: () => {} });

    const { items } = await client().listNode();
    expect(items.map(({ metadata }) => metadata?.annotations?.["kwok.x-k8s.io/node"])).toEqual([
      "fake",
      "fake",
      "fake",
    ]);
    expect(leftoversOf(paths).filter((line) => line.includes(clusterKey(paths)))).toEqual([]);

    await start();

    expect(await podsAnswer()).toEqual([true, true]);
    await stopCluster(paths);
  });
});
