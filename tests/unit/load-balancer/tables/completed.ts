import { optionNames } from "../../../../components/load-balancer/contract/option-names.ts";
import { cellsWithoutController, generatedCells, withOthers } from "./generated.ts";
import type { Cell, ControllerTable, Kept, Table } from "./table.ts";

/** A table with the generated cells behind its own, which win. */
export function completed(table: ControllerTable, all: readonly ControllerTable[]): Table {
  return { ...table, cells: withOthers(table.cells, generatedCells(table, all)) };
}

/** The table of a cluster without a controller. */
export function withoutController(all: readonly ControllerTable[]): Table {
  return {
    controller: "None",
    documentation: "",
    maximumPorts: 65535,
    silent: true,
    asked: {},
    plain: { annotations: {}, spec: {} },
    addressKind: "ip",
    evidence: { begun: [], accepted: [], refused: [], unfinished: [], answersEachChange: false },
    forceNewKeys: [],
    exposureKeys: [],
    sourceRanges: { by: "kube-proxy", voidedBy: {} },
    keys: Object.fromEntries(optionNames.map((option) => [option, []])),
    cells: cellsWithoutController(all),
    changes: {},
    changesFrom: {},
  };
}

/** The same with its prefix before each annotation that is written without a "/". */
export function withFullKeys(table: ControllerTable): ControllerTable {
  const full = (key: string) =>
    key.includes("/") || key.startsWith("spec.") ? key : `${table.prefix}${key}`;
  const fullKeys = <T>(of: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(of).map(([key, value]) => [full(key), value]));
  const fullLists = (of: ControllerTable["keys"]) =>
    Object.fromEntries(Object.entries(of).map(([option, keys]) => [option, keys.map(full)]));
  const fullCell = ({ annotations, asked, ...cell }: Cell): Cell => ({
    ...cell,
    asked: isAnnotations(asked.annotations)
      ? { ...asked, annotations: fullKeys(asked.annotations) }
      : asked,
    ...(annotations === undefined ? {} : { annotations: fullKeys(annotations) }),
  });
  const fullKept = (kept: Kept): Kept => ({ ...kept, annotations: fullKeys(kept.annotations) });
  const { olderKeys, plain, ranges, sourceRanges, updates } = table;
  return {
    ...table,
    plain: { ...plain, annotations: fullKeys(plain.annotations) },
    ...(table.hostnameKey === undefined ? {} : { hostnameKey: full(table.hostnameKey) }),
    forceNewKeys: table.forceNewKeys.map(full),
    exposureKeys: table.exposureKeys.map(full),
    sourceRanges: { ...sourceRanges, voidedBy: fullKeys(sourceRanges.voidedBy) },
    keys: fullLists(table.keys),
    ...(olderKeys === undefined ? {} : { olderKeys: fullLists(olderKeys) }),
    ...(table.openKeys === undefined ? {} : { openKeys: table.openKeys.map(full) }),
    refusedAnnotations: table.refusedAnnotations.map(fullKeys),
    cells: table.cells.map(fullCell),
    ranges: { ...ranges, annotations: fullKeys(ranges.annotations) },
    ...(updates === undefined
      ? {}
      : {
          updates: updates.map((update) => ({
            ...update,
            before: fullKept(update.before),
            after: fullKept(update.after),
          })),
        }),
  };
}

function isAnnotations(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === "object" && value !== null;
}
