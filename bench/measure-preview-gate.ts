import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { execa } from "execa";
import { engineEnvironment } from "../local/engine/environment.ts";
import { checkout, localPaths } from "../local/paths.ts";
import { report } from "../local/terminal.ts";
import { ensureToolchain, type Toolchain } from "../local/toolchain/ensure-toolchain.ts";
import type { PreviewEvidence } from "../preview/evidence.ts";
import { judgePreviews } from "../preview/judge.ts";
import { FORMATS, renderReport } from "../preview/render/formats.ts";
import { clusterUid } from "../tests/shared/cluster-uid.ts";
import { hugePreview } from "../tests/shared/huge-preview.ts";
import { buildPackage } from "./build-package.ts";
import { onFreshCluster } from "./on-fresh-cluster.ts";
import { gatePage } from "./preview-gate/page.ts";
import { overLimit, type Rounds, type Sample, WAYS, type Way } from "./preview-gate/result.ts";
import { howTaken, writeResult } from "./result.ts";
import { rotated } from "./rounds.ts";
import { watchUsage } from "./scale/processes.ts";

const RESOURCES = 2000;
const STACK = ["--stack", "dev"];
const LIMIT_MILLISECONDS = 900_000;

const paths = localPaths(".local/bench");
const program = join(import.meta.dirname, "programs", "backend");

/**
 * What the gate and the policy pack add to `pulumi preview` of many Backends, from nothing and with one image changed, and how long a
 * report of 2,000 resources takes. Fails where something is over its limit.
 *
 * @param args - `--rounds N` and `--backends N`
 */
export async function measurePreviewGate(...args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: "string", default: "5" },
      backends: { type: "string", default: "100" },
    },
  });
  const [rounds, backends] = [Number(values.rounds), Number(values.backends)];
  const toolchain = await ensureToolchain({ report });
  await buildPackage();
  await onFreshCluster(paths, { toolchain, report }, async () => {
    const config = new KubeConfig();
    config.loadFromFile(paths.kubeconfig);
    const uid = await clusterUid(config.makeApiClient(CoreV1Api));
    const previews = await measurePreviews(new Program(toolchain, backends, uid), rounds);
    const result = { ...howTaken(), backends, previews, reportSeconds: measureReports(rounds) };
    writeResult("preview-gate", result);
    writeFileSync(join(import.meta.dirname, "results", "preview-gate.md"), gatePage(result));
    if (overLimit(result).length > 0) throw new Error(overLimit(result).join("\n"));
  });
}

async function measurePreviews(of: Program, rounds: number): Promise<readonly Rounds[]> {
  await of.engine(false, "stack", "init", "dev", "--no-select");
  const first = { state: "From nothing", samples: await of.measure(false, rounds) };
  await of.engine(false, "up", "--yes", "--skip-preview", ...STACK);
  return [first, { state: "With one image changed", samples: await of.measure(true, rounds) }];
}

/** The program whose previews are measured. */
class Program {
  readonly #toolchain: Toolchain;
  readonly #backends: number;
  /** The cluster's, which a first preview is trusted for. */
  readonly #uid: string;

  constructor(toolchain: Toolchain, backends: number, uid: string) {
    this.#toolchain = toolchain;
    this.#backends = backends;
    this.#uid = uid;
  }

  /** Runs the engine. */
  async engine(changed: boolean, ...args: readonly string[]): Promise<void> {
    await this.#run(changed, this.#toolchain.paths.pulumi, [...args, "--non-interactive"]);
  }

  /** Previews the program in every way, in turn, after a round that does not count. */
  async measure(changed: boolean, rounds: number): Promise<Rounds["samples"]> {
    const samples: Record<Way, Sample[]> = { preview: [], gate: [], policies: [] };
    for (let round = 0; round <= rounds; round += 1) {
      for (const way of rotated(WAYS, round)) {
        const sample = await this.#run(changed, ...this.#command(way));
        report(`round ${round} ${way}: ${JSON.stringify(sample)}`);
        if (round > 0) samples[way].push(sample);
      }
    }
    return samples;
  }

  #command(way: Way): [string, readonly string[]] {
    const { pulumi } = this.#toolchain.paths;
    const preview = ["preview", "--non-interactive", ...STACK];
    if (way === "preview") return [pulumi, preview];
    if (way === "policies")
      return [pulumi, [...preview, "--policy-pack", join(checkout, "policies")]];
    const gate = join(checkout, "dist/preview/main.js");
    return [
      process.execPath,
      [gate, "check", ...STACK, "--pulumi", pulumi, "--cluster-uid", this.#uid],
    ];
  }

  async #run(changed: boolean, command: string, args: readonly string[]): Promise<Sample> {
    const options = { count: this.#backends, changed, replicas: 1 };
    const start = performance.now();
    const running = execa(command, args, {
      cwd: program,
      env: {
        ...engineEnvironment(paths, this.#toolchain, paths.kubeconfig),
        BENCH_BACKENDS: JSON.stringify(options),
      },
      stdin: "ignore",
      timeout: LIMIT_MILLISECONDS,
    });
    const stop = watchUsage(running.pid ?? -1);
    await running;
    const { togetherMegabytes, processorSeconds } = stop();
    return { seconds: (performance.now() - start) / 1000, processorSeconds, togetherMegabytes };
  }
}

function measureReports(rounds: number): readonly number[] {
  const path = join(checkout, "tests/preview/recordings/balancer-deleted.json");
  const small: PreviewEvidence = JSON.parse(readFileSync(path, "utf8")).evidence;
  return Array.from({ length: rounds }, () => {
    const evidence = hugePreview(small, RESOURCES);
    const start = performance.now();
    const judged = judgePreviews([evidence]);
    for (const format of FORMATS) renderReport(judged, format);
    return (performance.now() - start) / 1000;
  });
}
