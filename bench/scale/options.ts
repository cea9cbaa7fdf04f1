import { parseArgs } from "node:util";

/** What is measured. */
export interface ScaleOptions {
  /** The numbers of Backends. */
  readonly counts: readonly number[];
  /** How often each step is timed. 0 counts requests, resources and bytes alone. */
  readonly rounds: number;
  /** The names of the peers; empty for all. */
  readonly peers: readonly string[];
  /** The steps, by name; empty for all. What was brought into the cluster is destroyed in any case. */
  readonly steps: readonly string[];
  /** The folder for the results. */
  readonly out: string | undefined;
}

/**
 * Reads the arguments of `npm run bench -- scale`.
 *
 * @throws Error that names what cannot be read
 */
export function readScaleOptions(args: readonly string[]): ScaleOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      counts: { type: "string", default: "1,10,100" },
      rounds: { type: "string", default: "5" },
      peers: { type: "string", multiple: true, default: [] },
      steps: { type: "string", multiple: true, default: [] },
      out: { type: "string" },
    },
  });
  return {
    counts: values.counts.split(",").map((it) => whole("--counts", it, 1)),
    rounds: whole("--rounds", values.rounds, 0),
    peers: values.peers,
    steps: values.steps,
    out: values.out,
  };
}

function whole(option: string, text: string, least: number): number {
  const number = Number(text);
  if (text.trim() !== "" && Number.isInteger(number) && number >= least) return number;
  throw new Error(`Cannot measure: ${option} has "${text}", must be an integer from ${least} on`);
}
