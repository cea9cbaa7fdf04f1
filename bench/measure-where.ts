import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { privateFolder } from "../local/files/private-folder.ts";
import { localPaths } from "../local/paths.ts";
import { report } from "../local/terminal.ts";
import { ensureToolchain } from "../local/toolchain/ensure-toolchain.ts";
import { buildPackage } from "./build-package.ts";
import { onFreshCluster } from "./on-fresh-cluster.ts";
import { howTaken, writeResult } from "./result.ts";
import { median } from "./rounds.ts";
import { kubernetesTools } from "./scale/tools.ts";
import { COUNTS, createObjects, NAMESPACE, PAGE_NAMESPACE } from "./where/cluster.ts";
import { measurePage } from "./where/page.ts";
import { type Peer, peersOf } from "./where/peers.ts";
import { requestsOf } from "./where/requests.ts";
import { type Measured, whereTable } from "./where/table.ts";
import { type Timed, timed } from "./where/timed.ts";

const paths = localPaths(".local/bench");
const folder = join(paths.root, "where");
const ROUNDS = 5;

/**
 * How long where-is-my-pod takes for one Service and for every Service of a cluster of 2,000 Pods, against kubectl about the same
 * objects; and what its page does in Chromium.
 */
export async function measureWhere(): Promise<void> {
  const toolchain = await ensureToolchain({ report });
  const { kubectl } = await kubernetesTools();
  await buildPackage();
  await onFreshCluster(paths, { toolchain, report }, async () => {
    privateFolder(folder);
    await createObjects(paths.kubeconfig, report);
    const answers = await measurePeers(peersOf(kubectl));
    const pages = [];
    for (const namespace of [PAGE_NAMESPACE, NAMESPACE] as const) {
      pages.push(await measurePage(paths.kubeconfig, namespace, COUNTS[namespace]));
    }
    const [load = 0] = loadavg();
    const result = {
      ...howTaken(),
      load,
      rounds: ROUNDS,
      answers,
      pages: pages.filter((it) => it !== undefined),
    };
    writeResult("where", result);
    writeFileSync(join(import.meta.dirname, "results", "where.md"), whereTable(result));
  });
}

async function measurePeers(peers: readonly Peer[]): Promise<readonly Measured[]> {
  const samples = new Map<Peer, Timed[]>(peers.map((peer) => [peer, []]));
  // Each round asks everybody; the first one fills caches, and does not count.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [peer, all] of samples) {
      const sample = await timed(peer, { folder, kubeconfig: paths.kubeconfig });
      if (round > 0) all.push(sample);
    }
  }
  const measured: Measured[] = [];
  for (const [peer, all] of samples) {
    const { name, question } = peer;
    const requests = await requestsOf(peer, folder, paths);
    const seconds = median(all.map((it) => it.seconds));
    const processorSeconds = median(all.map((it) => it.processorSeconds));
    measured.push({ question, peer: name, requests, seconds, processorSeconds });
    report(`${question}, ${name}: ${seconds} s, ${JSON.stringify(requests)}`);
  }
  return measured;
}
