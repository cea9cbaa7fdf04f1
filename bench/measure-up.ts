import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { engineEnvironment } from "../local/engine/environment.ts";
import { localPaths } from "../local/paths.ts";
import { report } from "../local/terminal.ts";
import { ensureToolchain, type Toolchain } from "../local/toolchain/ensure-toolchain.ts";
import { renderManifests } from "../testing/render-manifests.ts";
import { backends } from "./backends.ts";
import { onFreshCluster } from "./on-fresh-cluster.ts";
import { howTaken, writeResult } from "./result.ts";
import { median } from "./rounds.ts";

const ROUNDS = 5;
const ONE = { count: 1, changed: false, replicas: 2 };
const programs = ["backend", "plain"] as const;
type Program = (typeof programs)[number];

const paths = localPaths(".local/bench");
const manifests = join(paths.root, "manifests.json");

/** How long `up` of one Backend takes, against plain @pulumi/kubernetes with the same objects: on the same cluster, in turn. */
export async function measureUp(): Promise<void> {
  const toolchain = await ensureToolchain({ report });
  await onFreshCluster(paths, { toolchain, report }, async () => {
    const rendered = await renderManifests(() => backends(ONE), { project: "bench", stack: "dev" });
    writeFileSync(manifests, JSON.stringify(rendered));
    writeResult("one-backend", summary(await measure(toolchain)));
  });
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
  const middle = (program: Program) => Number(median(seconds[program]).toFixed(2));
  const [backend, plain] = [middle("backend"), middle("plain")];
  return {
    what: "wall seconds of `pulumi up --skip-preview` of one Backend with a ClusterIP Service, from nothing, and of the same objects with plain @pulumi/kubernetes",
    how: `median of ${ROUNDS} rounds in turn after one warm-up, on the embedded cluster with simulated nodes`,
    ...howTaken(),
    medianSeconds: { backend, plain },
    ratio: Number((plain / backend).toFixed(2)),
    seconds,
  };
}
