import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import type { StartResult } from "../local/commands/started.ts";
import { UserError } from "../local/errors.ts";
import { interruptSignal, report } from "../local/terminal.ts";
import { goPlatform } from "../local/toolchain/cache.ts";
import { ensureToolchain } from "../local/toolchain/ensure-toolchain.ts";
import {
  kwokStagesFile,
  localToolNames,
  nodeToolNames,
  recipes,
} from "../local/toolchain/recipes.ts";
import { mirrorVariable } from "../local/toolchain/releases/mirror.ts";
import { type PinTable, writePins } from "../local/toolchain/releases/pins.ts";
import { releaseOf } from "../local/toolchain/releases/releases.ts";
import { waitFor } from "../local/wait.ts";
import { type BareMachine, bareMachine } from "./bare-machine.ts";
import { watchDiskUse } from "./disk-use.ts";
import { type PackedReleases, packReleases } from "./mirror/pack-releases.ts";
import { serveMirror } from "./mirror/serve-mirror.ts";
import { howTaken, writeResult } from "./result.ts";

const MEGABITS_PER_SECOND = 50;
const BYTES_PER_SECOND = (MEGABITS_PER_SECOND * 1_000_000) / 8;
const ROUNDS = 2;
const START_LIMIT_MILLISECONDS = 15 * 60_000;
const STOP_LIMIT_MILLISECONDS = 120_000;

/** Lines at which something ends or begins. */
const MILESTONE =
  /^(Installing |added |Downloading official|Downloaded |Building once|Built |The |Starting |Updating )/;

/** What one start from nothing took. */
interface Round {
  readonly seconds: number;
  readonly peakGigabytes: number;
  readonly servedMegabytes: number;
  /** What the command said when something ended or began, with the second in which it said it. */
  readonly said: readonly string[];
}

/** How long `npm start` takes on a machine that has nothing, until its addresses answer, when official releases come at 50 Mbit/s. */
export async function measureStartFromReleases(): Promise<void> {
  const signal = interruptSignal();
  const folder = await mkdtemp(join(tmpdir(), "publishers-"));
  try {
    const packed = await packAll(folder, signal);
    const rounds: Round[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      rounds.push(await measure(packed, signal));
      const { peakGigabytes, seconds } = rounds.at(-1) ?? { peakGigabytes: 0, seconds: 0 };
      report(`round ${round}: ${seconds} s, ${peakGigabytes} GB`);
    }
    writeResult("start-from-releases", summary(rounds));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Packs what is in this user's cache: it is what the publishers' programs are built from. */
async function packAll(folder: string, signal: AbortSignal): Promise<PackedReleases> {
  const tools = [...localToolNames, ...nodeToolNames];
  const toolchain = await ensureToolchain({ tools, report, signal });
  const wanted = recipes.filter((recipe) => recipe.tools.some((tool) => isIn(tools, tool)));
  const released = wanted.map((recipe) => releaseOf(recipe, goPlatform));
  const releases = released.filter((release) => release !== undefined);
  const paths: Readonly<Record<string, string>> = toolchain.paths;
  const fileOf = (name: string): string =>
    name === kwokStagesFile ? toolchain.kwokStages : (paths[name] ?? name);
  report("Packing the tools as their publishers do");
  return packReleases({ releases, platform: goPlatform, fileOf, folder });
}

const isIn = (names: readonly string[], name: string): boolean => names.includes(name);

async function measure({ files, pins }: PackedReleases, signal: AbortSignal): Promise<Round> {
  const mirror = await serveMirror(files, BYTES_PER_SECOND);
  const machine = await bareMachine();
  try {
    signal.throwIfAborted();
    pinWhatNobodyNames(machine, pins);
    const disk = watchDiskUse(machine.folder);
    try {
      const { said, seconds } = await startThere(machine, mirror.base, signal);
      const servedMegabytes = Math.round(mirror.sent() / 1e6);
      return { seconds, peakGigabytes: disk.peak(), servedMegabytes, said };
    } finally {
      await disk.stop();
      await stopThere(machine);
    }
  } finally {
    await machine.remove();
    await mirror.close();
  }
}

/** As a maintainer's `npm run pins` does against publishers. Everything else is held to the checksums that are served. */
function pinWhatNobodyNames({ clone }: BareMachine, pins: PinTable): void {
  writePins(join(clone, "local", "toolchain", "releases", "pins.json"), pins);
}

async function startThere({ clone, env }: BareMachine, mirror: string, signal: AbortSignal) {
  const started = performance.now();
  const seconds = (): number => Number(((performance.now() - started) / 1000).toFixed(1));
  const said: string[] = [];
  const child = execa("npm", ["start", "--silent", "--", "--json"], {
    cwd: clone,
    env: { ...env, [mirrorVariable]: mirror },
    extendEnv: false,
    stdin: "ignore",
    detached: true,
    cleanup: false, // It would end this process at Ctrl-C before the cluster is stopped.
  });
  // The whole group: npm does not pass the signal on to what it runs.
  const end = () => process.kill(-(child.pid ?? process.pid), "SIGTERM");
  const limit = AbortSignal.any([signal, AbortSignal.timeout(START_LIMIT_MILLISECONDS)]);
  limit.addEventListener("abort", end);
  child.then(
    () => limit.removeEventListener("abort", end),
    () => limit.removeEventListener("abort", end),
  );
  for await (const line of child.iterable({ from: "stderr" })) {
    const timed = `${seconds().toFixed(1)} s: ${line}`;
    report(`  ${timed}`);
    if (MILESTONE.test(line)) said.push(timed);
  }
  const result = JSON.parse((await child).stdout) as StartResult;
  await answer([result.localNodePortUrl, result.localFrontUrl], signal);
  said.push(`${seconds().toFixed(1)} s: both addresses answer`);
  return { seconds: seconds(), said };
}

async function answer(urls: readonly (string | null)[], signal: AbortSignal): Promise<void> {
  for (const url of urls) {
    if (url === null) {
      throw new UserError(
        "Cannot measure until an address answers: the nodes are simulated; run it on Linux as root",
      );
    }
    const ask = async () => (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok;
    await waitFor(ask, { awaited: `an answer of ${url}`, timeoutSeconds: 60, signal });
  }
}

async function stopThere({ clone, env }: BareMachine): Promise<void> {
  // Without dependencies nothing runs, and npm stop would install them first.
  if (!existsSync(join(clone, "node_modules", ".installed"))) return;
  await execa("npm", ["stop", "--silent", "--", "--purge"], {
    cwd: clone,
    env,
    extendEnv: false,
    stdio: ["ignore", "ignore", "inherit"],
    timeout: STOP_LIMIT_MILLISECONDS,
    cleanup: false,
  });
}

function summary(rounds: readonly Round[]) {
  const [best] = rounds.toSorted((a, b) => a.seconds - b.seconds);
  return {
    what: "wall seconds of `npm start` in a fresh clone with an empty home, until the dev entrance and the front answer on this machine, and the most disk that clone, home and temporary files took",
    how: `best of ${ROUNDS} rounds; official releases come from a mirror on 127.0.0.1 at ${MEGABITS_PER_SECOND} Mbit/s in all, packed from our builds in the publishers' forms, with as much besides as theirs have; packages of npm, Python, Go and the distribution come from their registries`,
    ...howTaken(),
    seconds: best?.seconds,
    peakGigabytes: best?.peakGigabytes,
    servedMegabytes: best?.servedMegabytes,
    secondsOfAll: rounds.map(({ seconds }) => seconds),
    peakGigabytesOfAll: rounds.map(({ peakGigabytes }) => peakGigabytes),
    said: best?.said,
  };
}
