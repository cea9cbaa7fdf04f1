import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { askEngine, type Engine } from "../../preview/collect/engine.ts";
import { GateError, messageOf } from "../../preview/errors.ts";
import type { Facts, Lock, StackState } from "../facts.ts";
import { observeClusters } from "./clusters.ts";
import { type JudgedLock, lockFolder, locksIn } from "./locks.ts";
import { processWith } from "./process.ts";

/** What is judged, and how it is reached. */
export interface Patient extends Engine {
  readonly stack: string;
  /** The context for providers that hide how they reach their cluster. */
  readonly context: string | undefined;
}

/** Reads all that is known about a stack. It changes nothing. */
export async function collectFacts(patient: Patient): Promise<Facts> {
  const { context, stack } = patient;
  const locks = await readLocks(patient);
  const now = Date.now();
  try {
    const state = await readState(patient);
    return { stack, locks, state, clusters: await observeClusters(state, context), now };
  } catch (error) {
    return { stack, locks, state: undefined, stateProblem: messageOf(error), clusters: [], now };
  }
}

async function readState(patient: Patient): Promise<StackState> {
  const exported = await askEngine(patient, ["stack", "export", "--stack", patient.stack]);
  const { deployment } = JSON.parse(exported);
  return {
    resources: deployment?.resources ?? [],
    pendingOperations: deployment?.pending_operations ?? [],
  };
}

/** The locks of a file backend; no other one has locks that can be read here. */
async function readLocks(patient: Patient): Promise<readonly Lock[]> {
  const { url } = JSON.parse(await askEngine(patient, ["whoami", "--json"])) as { url?: string };
  if (url === undefined || !url.startsWith("file://")) return [];
  const backend = fileURLToPath(url.replace("file://~", `file://${process.env["HOME"]}`));
  const folder = lockFolder(backend, projectOf(patient.cwd), patient.stack.split("/").at(-1) ?? "");
  return locksIn(folder, processWith).map((it) => ({
    path: it.path,
    holder: holderOf(it),
    state: it.state,
  }));
}

function projectOf(cwd: string): string {
  const path = join(cwd, "Pulumi.yaml");
  try {
    return String(parse(readFileSync(path, "utf8")).name);
  } catch (error) {
    throw new GateError(`Cannot read the project's name in ${path}: ${messageOf(error)}`);
  }
}

function holderOf({ lock }: JudgedLock): string {
  if (lock === undefined) return "a process that cannot be told";
  return `process ${lock.pid} on host ${lock.hostname}`;
}
