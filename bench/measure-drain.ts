import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { execa } from "execa";
import { engineEnvironment } from "../local/engine/environment.ts";
import { localPaths } from "../local/paths.ts";
import { readRecords } from "../local/processes/record.ts";
import { report } from "../local/terminal.ts";
import { ensureToolchain } from "../local/toolchain/ensure-toolchain.ts";
import { localToolNames, nodeToolNames } from "../local/toolchain/recipes.ts";
import { versions } from "../local/toolchain/versions.ts";
import { type LoadedCluster, loadFromPod } from "../tests/shared/load.ts";
import { type LoadReport, lossesOf } from "../tests/shared/load-report.ts";
import { workloadsOf } from "../tests/shared/workloads.ts";
import {
  addUp,
  DELAY_SECONDS,
  type DrainCell,
  type DrainResult,
  drainPlot,
  drainTable,
  NAMESPACE,
  nameOf,
  SLEEP_SECONDS,
} from "./drain-result.ts";
import { onFreshCluster } from "./on-fresh-cluster.ts";
import { howTaken, writeResult } from "./result.ts";

const ROUNDS = 2;
const REQUESTS_PER_SECOND = 100;
/** The load is ended when the last Pod has ended. */
const LONGEST_SECONDS = 120;
const paths = localPaths(".local/bench");

/** How many requests are lost when a Pod is deleted, by the length of its sleep and by how late the nodes learn that it goes. */
export async function measureDrain(): Promise<void> {
  const toolchain = await ensureToolchain({ tools: [...localToolNames, ...nodeToolNames], report });
  await onFreshCluster(paths, { toolchain, realNodes: toolchain, report }, async () => {
    const config = new KubeConfig();
    config.loadFromFile(paths.kubeconfig);
    for (const args of [["stack", "init", "dev", "--no-select"], UP]) {
      await execa(toolchain.paths.pulumi, [...args, "--non-interactive"], {
        cwd: join(import.meta.dirname, "programs", "drain"),
        env: engineEnvironment(paths, toolchain, paths.kubeconfig),
        stdin: "ignore",
        timeout: 180_000,
      });
    }
    const cluster = { paths, toolchain, core: config.makeApiClient(CoreV1Api) };
    const cells = await measure(cluster, config);
    writeResult("drain", resultOf(cells));
    process.stdout.write(`${drainTable(cells)}\n\n${drainPlot(cells)}\n`);
  });
}

const UP = ["up", "--yes", "--skip-preview", "--stack", "dev"];

async function measure(cluster: LoadedCluster, config: KubeConfig): Promise<DrainCell[]> {
  const cells: DrainCell[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const delaySeconds of DELAY_SECONDS) {
      const measured = await deleteUnderLoad(cluster, config, delaySeconds);
      const lost = measured.map((cell) => cell.lost);
      report(`round ${round}, delay ${delaySeconds} s: ${lost.join(", ")} lost`);
      cells.push(...measured);
    }
  }
  return addUp(cells);
}

/** Deletes one Pod of every Backend at the same time, and lets the nodes learn of it later. */
async function deleteUnderLoad(
  cluster: LoadedCluster,
  config: KubeConfig,
  delaySeconds: number,
): Promise<DrainCell[]> {
  const { core } = cluster;
  const workloads = workloadsOf(config, NAMESPACE);
  const [node] = (await core.listNode()).items;
  const place = { namespace: NAMESPACE, node: node?.metadata?.name ?? "" };
  const names = SLEEP_SECONDS.map(nameOf);
  const loads = names.map((name) => {
    const target = `http://${name}/hostname`;
    return [name, { target, rate: REQUESTS_PER_SECOND, seconds: LONGEST_SECONDS }] as const;
  });
  const load = await loadFromPod(cluster, place, Object.fromEntries(loads));
  if (delaySeconds > 0) signalProxies("SIGSTOP");
  try {
    await Promise.all(names.map((name) => workloads.deletePod(name)));
    await delay(delaySeconds * 1000);
  } finally {
    signalProxies("SIGCONT");
  }
  await Promise.all(names.map((name) => workloads.untilAvailable(name)));
  await workloads.untilEnded();
  const reports = await load.stop();
  return SLEEP_SECONDS.map((sleepSeconds) =>
    cellOf(sleepSeconds, delaySeconds, reports[nameOf(sleepSeconds)] as LoadReport),
  );
}

/** A kube-proxy that does not run learns nothing, and goes on with what it knew. */
function signalProxies(signal: "SIGCONT" | "SIGSTOP"): void {
  const proxies = readRecords(paths.run).filter(({ name }) => name.endsWith("-kube-proxy"));
  if (proxies.length === 0) throw new Error("There is no kube-proxy");
  for (const { pid } of proxies) process.kill(-pid, signal);
}

function cellOf(sleepSeconds: number, delaySeconds: number, taken: LoadReport): DrainCell {
  const classes = Object.entries(taken.classes).filter(([name, count]) => name !== "ok" && count);
  return {
    sleepSeconds,
    delaySeconds,
    deletions: 1,
    requests: taken.requests,
    lost: lossesOf({ load: taken }),
    classes: Object.fromEntries(classes),
  };
}

function resultOf(cells: readonly DrainCell[]): DrainResult {
  const { coredns, kubeRouter, kubernetes, kubernetesNode } = versions;
  return {
    what: "requests lost when one of a Backend's two Pods is deleted, by the seconds of its preStop sleep and by the seconds for which every kube-proxy is kept from learning of it",
    how: `${ROUNDS} deletions a cell; ${REQUESTS_PER_SECOND} requests a second from a Pod to the ClusterIP Service by its name, each on a new connection, none tried again; every kube-proxy (mode iptables) stopped (SIGSTOP) at the deletion and continued after the delay; the six sleeps side by side, the delays after each other`,
    ...howTaken(),
    versions: { kubernetes, kubernetesNode, kubeRouter, coredns },
    cells,
  };
}
