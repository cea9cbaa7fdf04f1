import type { ArgsField } from "../../unit/support/analyze.ts";
import { placesOf } from "./places.ts";

/** In how many sets of arguments each field was set. */
export class Coverage {
  readonly #fields: readonly ArgsField[];
  readonly #counts = new Map<string, number>();
  #sets = 0;

  constructor(fields: readonly ArgsField[]) {
    this.#fields = fields;
  }

  /** Counts the fields of one set. */
  add(args: object): void {
    this.#sets += 1;
    for (const { path } of this.#fields) {
      if (placesOf(args, path).length > 0) this.#counts.set(path, this.#count(path) + 1);
    }
  }

  /** How many sets there were. */
  get sets(): number {
    return this.#sets;
  }

  /** The share of the sets that each field is set in, the rarest first. */
  shares(): [path: string, share: number][] {
    return this.#fields
      .map(({ path }): [string, number] => [path, this.#count(path) / this.#sets])
      .sort(([, one], [, other]) => one - other);
  }

  #count(path: string): number {
    return this.#counts.get(path) ?? 0;
  }
}
