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
  const users = linked.usersOf(file);
  const concerned = tables.filter(({ controller }) => users.has(fileOf(controller)));
  const survivors = mutants.filter((mutant) => !isSeen(linked, file, mutant.source, concerned));
  return { changes: mutants.length, survivors: survivors.map(({ change }) => change) };
}

/** Whether code and tables disagree somewhere. */
export function disagree(code: Code, tables: readonly Table[]): boolean {
  return tables.some((table) => {
    const dialect = code.dialectOf(table.controller as LoadBalancerController);
    return disagreement(code.normalizeLoadBalancer, dialect, table) !== undefined;
  });
}

/** The file of a controller's dialect, which is called after it. */
function fileOf(controller: string): string {
  return `dialects/${controller.replace(/(?<!^)[A-Z]/g, "-$&").toLowerCase()}.ts`;
}

/** A change that cannot be run is one that is seen. */
function isSeen(linked: Linked, file: string, source: string, tables: readonly Table[]): boolean {
  try {
    return disagree(linked.with(file, source), tables);
  } catch {
    return true;
  }
}
