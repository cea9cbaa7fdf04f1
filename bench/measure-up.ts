import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { startCluster, stopCluster } from "../local/cluster/embedded-cluster.ts";
import { engineEnvironment } from "../local/engine/environment.ts";
import { localPaths } from "../local/paths.ts";
import { report } from "../local/terminal.ts";
import { ensureToolchain, type Toolchain } from "../local/toolchain/ensure-toolchain.ts";
import { renderManifests } from "../testing/render-manifests.ts";
import { backends } from "./backends.ts";
import { howTaken, writeResult } from "./result.ts";

const ROUNDS = 5;
const ONE = { count: 1, changed: false, replicas: 2 };
const programs = ["backend", "plain"] as const;
type Program = (typeof programs)[number];

const paths = localPaths(".local/bench");
const manifests = join(paths.root, "manifests.json");

/** How long `up` of one Backend takes, against plain @pulumi/kubernetes with the same objects: on the same cluster, in turn. */
export async function measureUp(): Promise<void> {
  const toolchain = await ensureToolchain({ report });
  await stopCluster(paths);
  rmSync(paths.root, { recursive: true, force: true });
  await startCluster(paths, { toolchain, report });
  try {
    const rendered = await renderManifests(() => backends(ONE), { project: "bench", stack: "dev" });
    writeFileSync(manifests, JSON.stringify(rendered));
    writeResult("one-backend", summary(await measure(toolchain)));
  } finally {
    await stopCluster(paths);
    rmSync(paths.root, { recursive: true });
  }
}

async function measure(toolchain: Toolchain): Promise<Record<Program, number[]>> {
  const seconds: Record<Program, number[]> = { backend: [], plain: [] };
  const pulumi = (program: Program, args: readonly string[]) => run(toolchain, program, args);
  for (const program of programs) await pulumi(program, ["stack", "init", "dev", "--no-select"]);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const program of programs) {
      const start = performance.now();
      await pulumi(program, ["up", "--yes", "--skip-preview", "--stack", "dev"]);
      const taken = (performance.now() - start) / 1000;
      await pulumi(program, ["destroy", "--yes", "--skip-preview", "--stack", "dev"]);
      report(`round ${round} ${program}: ${taken.toFixed(2)} s${round === 0 ? " (warm-up)" : ""}`);
      if (round > 0) seconds[program].push(taken);
    }
  }
  return seconds;
}

async function run(toolchain: Toolchain, program: Program, args: readonly string[]): Promise<void> {
  await execa(toolchain.paths.pulumi, [...args, "--non-interactive"], {
    cwd: join(import.meta.dirname, "programs", program),
    env: {
      ...engineEnvironment(paths, toolchain, paths.kubeconfig),
      BENCH_MANIFESTS: manifests,
      BENCH_BACKENDS: JSON.stringify(ONE),
    },
    stdin: "ignore",
    timeout: 120_000,
  });
}

function summary(seconds: Record<Program, number[]>) {
  const [backend, plain] = [median(seconds.backend), median(seconds.plain)];
  return {
    what: "wall seconds of `pulumi up --skip-preview` of one Backend with a ClusterIP Service, from nothing, and of the same objects with plain @pulumi/kubernetes",
    how: `median of ${ROUNDS} rounds in turn after one warm-up, on the embedded cluster with simulated nodes`,
    ...howTaken(),
    medianSeconds: { backend, plain },
    ratio: Number((plain / backend).toFixed(2)),
    seconds,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Number((sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(2));
}
