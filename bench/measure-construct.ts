import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { checkout } from "../local/paths.ts";
import { report } from "../local/terminal.ts";
import type { Taken } from "./construct/renderer.ts";
import { howTaken, writeResult } from "./result.ts";
import { median, rotated } from "./rounds.ts";

const PROCESSES = 3;
const ROUNDS = 16;
const PROGRAMS = 5;
const WARM_UP = 30;
const RENDERER = join(import.meta.dirname, "construct", "renderer.ts");

/** What is rendered in turn: the same Backend with both checkouts, once more as a control, and one with every argument. */
const SIDES = ["other", "here", "again", "every"] as const;
type Side = (typeof SIDES)[number];
type Round = Readonly<Record<Side, Taken>>;

/**
 * What constructing and rendering a Backend with few arguments takes with the components of this checkout and of another one, and one with
 * every argument with those of this checkout: in turn, each in a process of its own.
 *
 * @param other - the folder of the other checkout, whose dependencies are installed
 */
export async function measureConstruct(other: string | undefined): Promise<void> {
  if (other === undefined || !existsSync(join(other, "node_modules"))) {
    throw new Error(
      "Cannot measure construct: name the folder of a checkout whose dependencies are installed",
    );
  }
  const rounds: Round[] = [];
  for (let number = 1; number <= PROCESSES; number += 1) {
    rounds.push(...(await measure(resolve(other))));
    report(`${number} of ${PROCESSES}: ${JSON.stringify(ratios(rounds, "processor"))}`);
  }
  const { stdout } = await execa("git", ["-C", other, "rev-parse", "--short", "HEAD"]);
  const how = { what: WHAT, how: HOW, ...howTaken(), other: stdout };
  writeResult("construct", { ...how, ...summary(rounds) });
}

const WHAT =
  "milliseconds to construct and render a Backend with its required arguments, in programs of ten: with the components and the renderer of an older checkout (other), of this one (here, and again as a control), and a Backend with every argument with this one's (every)";
const HOW = `${PROCESSES} times four processes, each warmed up by ${WARM_UP} programs, and ${ROUNDS} rounds in which each renders ${PROGRAMS} programs, in another order each time; ratios are medians of those of each round; processor is the time that the process was given, with compiling and collecting garbage`;

/** A process that renders with the components of a checkout. */
const rendererOf = (folder: string, which: string) =>
  execa({
    node: true,
    ipc: true,
    stdin: "ignore",
  })`${RENDERER} ${folder} ${which}`;

async function measure(other: string): Promise<readonly Round[]> {
  const processes = {
    other: rendererOf(other, "few"),
    here: rendererOf(checkout, "few"),
    again: rendererOf(checkout, "few"),
    every: rendererOf(checkout, "every"),
  };
  const ask = async (side: Side, programs: number): Promise<Taken> => {
    await processes[side].sendMessage({ programs });
    return (await processes[side].getOneMessage()) as unknown as Taken;
  };
  for (const side of SIDES) await ask(side, WARM_UP);
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const taken: [Side, Taken][] = [];
    for (const side of rotated(SIDES, round)) {
      taken.push([side, await ask(side, PROGRAMS)]);
    }
    rounds.push(Object.fromEntries(taken) as unknown as Round);
  }
  for (const side of SIDES) await processes[side].sendMessage({ programs: 0 });
  await Promise.all(Object.values(processes));
  return rounds;
}

function summary(rounds: readonly Round[]) {
  const medians = SIDES.map((side) => {
    const of = (kind: keyof Taken) => rounded(rounds.map((round) => round[side][kind]));
    return [side, { wall: of("wall"), processor: of("processor") }];
  });
  return {
    milliseconds: Object.fromEntries(medians),
    ratios: { wall: ratios(rounds, "wall"), processor: ratios(rounds, "processor") },
  };
}

/** How many times as long each takes as another one of the same round. */
function ratios(rounds: readonly Round[], kind: keyof Taken) {
  const ratio = (one: Side, than: Side) =>
    rounded(rounds.map((round) => round[one][kind] / round[than][kind]));
  return {
    hereToOther: ratio("here", "other"),
    againToHere: ratio("again", "here"),
    everyToHere: ratio("every", "here"),
  };
}

function rounded(numbers: readonly number[]): number {
  return Number(median(numbers).toFixed(3));
}
