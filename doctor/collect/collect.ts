import { homedir } from "node:os";
import { resolve } from "node:path";
import { projectOf, shortName } from "../../preview/collect/collect.ts";
import { askEngine, type Engine } from "../../preview/collect/engine.ts";
import { messageOf } from "../../preview/errors.ts";
import type { Facts, Lock, StackState } from "../facts.ts";
import { observeClusters } from "./clusters.ts";
import { type JudgedLock, lockFolder, locksIn } from "./locks.ts";
import { processWith } from "./process.ts";

/** With this the URL of a backend in files begins. */
const FILES = "file://";

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
  if (url === undefined || !url.startsWith(FILES)) return [];
  const backend = folderOf(url, patient.cwd);
  const folder = lockFolder(backend, projectOf(patient.cwd), shortName(patient.stack));
  return locksIn(folder, processWith).map((it) => ({
    path: it.path,
    holder: holderOf(it),
    state: it.state,
  }));
}

/** The folder of a file backend. Its URL may begin at the program's folder or at the home folder, and may have options at its end. */
function folderOf(url: string, cwd: string): string {
  const [path = ""] = url.slice(FILES.length).split("?");
  return resolve(cwd, decodeURIComponent(path).replace(/^~/, homedir()));
}

function holderOf({ lock }: JudgedLock): string {
  if (lock === undefined) return "a process that cannot be told";
  return `process ${lock.pid} on host ${lock.hostname}`;
}
