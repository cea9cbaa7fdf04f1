import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processStart } from "./identity.ts";

/** What is remembered of a process that was started, so that another command finds the same process again and no other. */
export interface ProcessRecord {
  /** Name of the process, also of its log. */
  readonly name: string;
  /** Process id, also of its process group. */
  readonly pid: number;
  /** Start of the process as {@link processStart} gives it. */
  readonly start: string;
  /** Digest of command, arguments and environment. */
  readonly digest: string;
  /** Place in the order of starting; stopping goes backwards. */
  readonly order: number;
}

/** Digest by which a change of command, arguments or environment is noticed. */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}

/** Writes a record whole or not at all. */
export function writeRecord(folder: string, record: ProcessRecord): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${record.name}.json`);
  writeFileSync(`${path}.new`, JSON.stringify(record));
  renameSync(`${path}.new`, path);
}

/** Reads one record; `undefined` when there is none. */
export function readRecord(folder: string, name: string): ProcessRecord | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as ProcessRecord;
  } catch {
    return undefined;
  }
}

/** Every record of the folder in the order of starting. */
export function readRecords(folder: string): ProcessRecord[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith(".json"))
    .map((name) => readRecord(folder, name.slice(0, -".json".length)))
    .filter((record) => record !== undefined)
    .sort((a, b) => a.order - b.order);
}

/** Forgets a process. */
export function removeRecord(folder: string, name: string): void {
  rmSync(join(folder, `${name}.json`), { force: true });
}

/** Whether the very process of the record runs: a later process with the same pid does not count. */
export function isRunning(record: ProcessRecord): boolean {
  return processStart(record.pid) === record.start;
}
