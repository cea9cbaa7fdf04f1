import { median } from "../rounds.ts";
import type { Usage } from "./processes.ts";

/** A step of a peer with a number of Backends. */
export interface Place {
  readonly peer: string;
  readonly backends: number;
  readonly step: string;
}

/** One measurement of a step. */
export interface Sample extends Place, Usage {
  readonly seconds: number;
}

/** The requests of a step to the API server, by verb. */
export interface Requests extends Place {
  /** What the step took meanwhile, through the proxy that counts. */
  readonly used: Usage;
  readonly verbs: Readonly<Record<string, number>>;
}

/** The state of a stack after the first `up`. */
export interface StateSize {
  readonly peer: string;
  readonly backends: number;
  readonly bytes: number;
  readonly resources: number;
  /** The resources and their bytes by type. */
  readonly types: Readonly<Record<string, { readonly resources: number; readonly bytes: number }>>;
}

/** All that the benchmark has measured. */
export interface ScaleResult {
  readonly machine: string;
  readonly date: string;
  readonly rounds: number;
  readonly counts: readonly number[];
  /** Of programs that declare nothing. */
  readonly starts: readonly Sample[];
  readonly samples: readonly Sample[];
  readonly requests: readonly Requests[];
  readonly states: readonly StateSize[];
}

/** The median of numbers with the least and the largest of them. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** The median and the spread; `undefined` for no numbers. */
export function spreadOf(numbers: readonly number[]): Spread | undefined {
  const sorted = [...numbers].sort((one, other) => one - other);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return undefined;
  return { median: median(sorted), least, most };
}

/** The samples of one place. */
export function samplesAt(result: ScaleResult, place: Place): readonly Sample[] {
  return result.samples.filter((it) => isAt(it, place));
}

/** Whether two places are the same. */
function isAt(one: Place, other: Place): boolean {
  return one.peer === other.peer && one.backends === other.backends && one.step === other.step;
}

/** Reads a state file of the engine's file backend. */
export function sizeOf(text: string): Omit<StateSize, "peer" | "backends"> {
  const resources: readonly { readonly type: string }[] =
    JSON.parse(text).checkpoint.latest?.resources ?? [];
  const types = Object.entries(Object.groupBy(resources, ({ type }) => type)).map(
    ([type, some = []]) => {
      const bytes = some.reduce((sum, it) => sum + JSON.stringify(it).length, 0);
      return [type, { resources: some.length, bytes }];
    },
  );
  const bytes = Buffer.byteLength(text);
  return { bytes, resources: resources.length, types: Object.fromEntries(types) };
}
