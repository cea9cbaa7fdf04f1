import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../files/atomic-file.ts";
import { privateFolder } from "../files/private-folder.ts";
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
  /**
   * When it was started, by the clock of then, in milliseconds since 1970.
   * @default - not known
   */
  readonly began?: number;
}

/** Digest by which a change of command, arguments or environment is noticed. */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}

/** Writes a record whole or not at all. */
export function writeRecord(folder: string, record: ProcessRecord): void {
  privateFolder(folder);
  writeAtomically(join(folder, `${record.name}.json`), JSON.stringify(record));
}

/** Reads one record; `undefined` when there is none, or one that tells of no process. */
export function readRecord(folder: string, name: string): ProcessRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as ProcessRecord;
    return isRecord(record, name) ? record : undefined;
  } catch {
    return undefined;
  }
}

function isRecord({ pid, order, ...record }: ProcessRecord, name: string): boolean {
  const texts = [record.start, record.digest];
  return (
    record.name === name &&
    Number.isInteger(pid) &&
    pid > 1 && // a signal to the group 1, or to a negative one, reaches everything
    typeof order === "number" &&
    texts.every((text) => typeof text === "string")
  );
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
