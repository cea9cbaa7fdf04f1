import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { engineEnvironment } from "../local/engine/environment.ts";
import { stackFile } from "../local/engine/mend-state.ts";
import { privateFolder } from "../local/files/private-folder.ts";
import { localPaths } from "../local/paths.ts";
import { report } from "../local/terminal.ts";
import { ensureToolchain } from "../local/toolchain/ensure-toolchain.ts";
import { onFreshCluster } from "./on-fresh-cluster.ts";
import { howTaken } from "./result.ts";
import { rotated } from "./rounds.ts";
import { countedThrough } from "./scale/count-requests.ts";
import { readScaleOptions } from "./scale/options.ts";
import { scalePage } from "./scale/page.ts";
import {
  type Command,
  emptyPrograms,
  type Peer,
  peersNamed,
  peersOf,
  START,
  type Step,
  stepsNamed,
} from "./scale/peers.ts";
import { scalePlot } from "./scale/plot.ts";
import { type Usage, usedTogether, watchUsage } from "./scale/processes.ts";
import {
  type Requests,
  type Sample,
  type ScaleResult,
  type StateSize,
  sizeOf,
} from "./scale/result.ts";
import { type Stage, type Stages, writeStages } from "./scale/stages.ts";
import { kubernetesTools } from "./scale/tools.ts";

const LIMIT_MILLISECONDS = 1_800_000;

const paths = localPaths(".local/bench");
const folder = join(paths.root, "scale");

/**
 * Brings the same objects into a cluster with the components, with plain @pulumi/kubernetes, with kubectl, with Helm and with raw requests:
 * on the same cluster, in turn. Counts requests, resources and bytes, and times the steps.
 *
 * @param args - the options of `npm run bench -- scale`, as {@link readScaleOptions} reads them
 */
export async function measureScale(...args: readonly string[]): Promise<void> {
  const options = readScaleOptions(args);
  const out = resolve(options.out ?? join(import.meta.dirname, "results"));
  const toolchain = await ensureToolchain({ report });
  const tools = { ...(await kubernetesTools()), pulumi: toolchain.paths.pulumi, folder };
  const peers = peersNamed(peersOf(tools), options.peers);
  const chosen = stepsNamed(options.steps);
  await onFreshCluster(paths, { toolchain, report }, async () => {
    for (const it of [folder, join(folder, "chart", "templates")]) privateFolder(it);
    const chart = "apiVersion: v2\nname: bench\nversion: 0.0.1\n";
    writeFileSync(join(folder, "chart", "Chart.yaml"), chart);
    const environment = engineEnvironment(paths, toolchain, paths.kubeconfig);
    for (const program of ["backend", "plain", "sdk"]) {
      const init = ["stack", "init", "dev", "--no-select", "--non-interactive"];
      const cwd = join(import.meta.dirname, "programs", program);
      await run({ program: tools.pulumi, args: init, cwd }, environment);
    }
    const starts = await measureStarts(tools.pulumi, environment, options.rounds);
    const measured = await measureAll(peers, chosen, environment, options);
    const { counts, rounds } = options;
    write(out, { ...howTaken(), rounds, counts, starts, ...measured });
  });
}

type Environment = Readonly<Record<string, string>>;

async function measureAll(
  peers: readonly Peer[],
  chosen: readonly Step[],
  environment: Environment,
  { counts, rounds }: { readonly counts: readonly number[]; readonly rounds: number },
) {
  const samples: Sample[] = [];
  const requests: Requests[] = [];
  const states: StateSize[] = [];
  for (const backends of counts) {
    const work = { backends, chosen, environment, stages: await writeStages(folder, backends) };
    for (const peer of peers) {
      const counted = await countPeer(peer, work);
      requests.push(...counted.requests);
      states.push(...counted.states);
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const peer of rotated(peers, round)) {
        samples.push(...(await timePeer(peer, work)));
      }
    }
  }
  return { samples, requests, states };
}

async function measureStarts(
  pulumi: string,
  environment: Environment,
  rounds: number,
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const { command, name } of rotated(emptyPrograms(pulumi), round)) {
      const start = performance.now();
      const used = await run(command, environment);
      const seconds = (performance.now() - start) / 1000;
      samples.push({ peer: name, backends: 0, step: START, seconds, ...used });
    }
  }
  return samples;
}

interface Work {
  readonly backends: number;
  readonly chosen: readonly Step[];
  readonly environment: Environment;
  readonly stages: Stages;
}

async function countPeer(peer: Peer, work: Work) {
  const { backends, chosen, environment } = work;
  const requests: Requests[] = [];
  const states: StateSize[] = [];
  const place = { peer: peer.name, backends };
  for (const step of chosen) {
    const used: Usage[] = [];
    const verbs = await countedThrough(paths, folder, async (kubeconfig) => {
      const through = { ...environment, KUBECONFIG: kubeconfig };
      for (const it of peer.commands(step, stageOf(step, work))) used.push(await run(it, through));
    });
    const together = usedTogether(used);
    requests.push({ ...place, step, verbs, used: together });
    const seconds = JSON.stringify(together.processorSecondsOf);
    report(`counted ${peer.name}, ${backends}, ${step}: ${JSON.stringify(verbs)}, ${seconds}`);
    if (step === "first up" && peer.project !== undefined) {
      const text = readFileSync(stackFile(paths, peer.project, "dev"), "utf8");
      states.push({ ...place, ...sizeOf(text) });
    }
  }
  return { requests, states };
}

async function timePeer(peer: Peer, work: Work): Promise<readonly Sample[]> {
  const { backends, chosen, environment } = work;
  const samples: Sample[] = [];
  for (const step of chosen) {
    const used: Usage[] = [];
    const start = performance.now();
    for (const it of peer.commands(step, stageOf(step, work))) {
      used.push(await run(it, environment));
    }
    const seconds = (performance.now() - start) / 1000;
    samples.push({ peer: peer.name, backends, step, seconds, ...usedTogether(used) });
    report(`${peer.name}, ${backends}, ${step}: ${seconds.toFixed(2)} s`);
  }
  return samples;
}

function stageOf(step: Step, { chosen, stages: { changed, first, more } }: Work): Stage {
  if (step === "one image changed") return changed;
  const added = chosen.includes("ten added") && (step === "ten added" || step === "destroy");
  return added ? more : first;
}

async function run(command: Command, environment: Environment) {
  const { args, cwd = folder, env, exitCodes = [0], program } = command;
  const running = execa(program, args, {
    cwd,
    env: { ...environment, ...env },
    stdin: "ignore",
    all: true,
    reject: false,
    timeout: LIMIT_MILLISECONDS,
  });
  const stop = watchUsage(running.pid ?? -1);
  const { all, exitCode = -1 } = await running;
  const used = stop();
  if (exitCodes.includes(exitCode)) return used;
  throw new Error(`${program} ${args.join(" ")} ends with ${exitCode}: ${all}`);
}

function write(out: string, result: ScaleResult): void {
  mkdirSync(out, { recursive: true });
  const json = `${JSON.stringify(result, undefined, 2)}\n`;
  writeFileSync(join(out, "scale.json"), json);
  writeFileSync(join(out, "scale.md"), scalePage(result));
  if (result.rounds > 0) {
    writeFileSync(join(out, "scale.svg"), scalePlot(result, "first up"));
  }
  report(`Written to ${join(out, "scale.md")}`);
}
