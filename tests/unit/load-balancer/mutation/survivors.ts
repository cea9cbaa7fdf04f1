import type { LoadBalancerController } from "../../../../components/index.ts";
import { disagreement } from "../tables/disagreement.ts";
import type { Table } from "../tables/table.ts";
import type { Code, Linked } from "./linked.ts";
import { mutantsOf } from "./mutants.ts";

/** What became of the changes of one file. */
export interface Mutated {
  readonly changes: number;
  /** Those that no table has seen. */
  readonly survivors: readonly string[];
}

/** Changes a source in every way, one at a time, and shows each change to the tables. */
export function mutate(
  linked: Linked,
  file: string,
  source: string,
  tables: readonly Table[],
): Mutated {
  const mutants = mutantsOf(source);
  const users = [...linked.usersOf(file)];
  const concerned = tables.filter(({ controller }) =>
    users.some((user) => user.startsWith("dialects/") && user.endsWith(fileOf(controller))),
  );
  const witnesses = new Witnesses(concerned);
  const survivors = mutants.filter((mutant) => !isSeen(linked, file, mutant.source, witnesses));
  return { changes: mutants.length, survivors: survivors.map(({ change }) => change) };
}

/** Whether code and tables disagree somewhere. */
export const disagree = (code: Code, tables: readonly Table[]): boolean =>
  new Witnesses(tables).disagree(code);

/** Tables that are asked in the order in which they last disagreed, and of each the cell that did: the next change is often seen by the same one. */
class Witnesses {
  readonly #tables: Table[];

  constructor(tables: readonly Table[]) {
    this.#tables = [...tables];
  }

  disagree({ dialectOf, normalizeLoadBalancer }: Code): boolean {
    for (const [index, table] of this.#tables.entries()) {
      const dialect = dialectOf(table.controller as LoadBalancerController);
      const found = disagreement(normalizeLoadBalancer, dialect, table);
      if (found === undefined) continue;
      this.#tables.splice(index, 1);
      this.#tables.unshift(askedFirst(table, found));
      return true;
    }
    return false;
  }
}

function askedFirst(table: Table, name: string): Table {
  const [first, rest] = [true, false].map((it) =>
    table.cells.filter(({ cell }) => (cell === name) === it),
  );
  return { ...table, cells: [...(first ?? []), ...(rest ?? [])] };
}

/** How the path of a controller's dialect ends, which is called after it. */
function fileOf(controller: string): string {
  return `/${controller.replace(/(?<!^)[A-Z]/g, "-$&").toLowerCase()}.ts`;
}

/** A change that cannot be run is one that is seen. */
function isSeen(linked: Linked, file: string, source: string, witnesses: Witnesses): boolean {
  try {
    return witnesses.disagree(linked.with(file, source));
  } catch {
    return true;
  }
}
