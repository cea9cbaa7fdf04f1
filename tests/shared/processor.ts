import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clusterKey } from "../../local/nodes/names.ts";
import type { LocalPaths } from "../../local/paths.ts";
import { isRunning, readRecords } from "../../local/processes/record.ts";
import { waitFor } from "../../local/wait.ts";
import { type Process, readProc, withChildren } from "./proc.ts";

/** Where control groups share the processor: version 1 of the kernel's interface, and version 2. */
const HIERARCHIES = ["/sys/fs/cgroup/cpu", "/sys/fs/cgroup"];
/** The cluster's part of the processor, as a multiple of that of any other group: https://docs.kernel.org/scheduler/sched-design-CFS.html */
const TIMES = 20;
const EMPTY_WITHIN_SECONDS = 20;

/** Who uses the processor first. */
export interface Processor {
  /** Lets a process carry requests too. */
  carries(pid: number): void;
  /** Gives everything its former part again. */
  restore(): Promise<void>;
}

/**
 * Lets what carries requests, clients, load balancer and Pods, use the processor before what manages the cluster: its control plane, the
 * nodes' daemons and this process. In a real cluster they are on machines of their own, or on ones with processors enough for both; here a
 * new Pod's start would keep requests to the others waiting.
 */
export function carryRequestsFirst(paths: LocalPaths): Processor {
  const key = clusterKey(paths);
  const hierarchy = HIERARCHIES.find((it) => existsSync(join(it, key, "cgroup.procs")));
  if (hierarchy === undefined) throw new Error(`There are no control groups of ${key}`);
  const all = join(hierarchy, key);
  const [carrying, managing] = [join(all, "carrying"), join(all, "managing")];
  const groups = [carrying, managing];
  for (const group of groups) mkdirSync(group, { recursive: true });
  const part = join(all, existsSync(join(all, "cpu.shares")) ? "cpu.shares" : "cpu.weight");
  const before = readFileSync(part, "utf8");
  writeFileSync(part, String(TIMES * (part.endsWith("shares") ? 1024 : 100)));
  writeFileSync(join(managing, "cpu.idle"), "1");
  for (const { name, pid } of managersOf(paths, key)) {
    move(pid, name === "haproxy" ? carrying : managing);
  }
  move(process.pid, managing);
  return {
    carries: (pid) => move(pid, carrying),
    restore: async () => {
      await Promise.all(groups.map((group) => dissolve(group, hierarchy)));
      writeFileSync(part, before);
    },
  };
}

/** Moves the processes of a group out of it, also those that they start meanwhile, and removes it. */
async function dissolve(group: string, into: string): Promise<void> {
  await waitFor(
    () => {
      for (const pid of readFileSync(join(group, "cgroup.procs"), "utf8").split("\n")) {
        if (pid !== "") move(Number(pid), into);
      }
      rmdirSync(group);
      return true;
    },
    { awaited: `the control group ${group} to be empty`, timeoutSeconds: EMPTY_WITHIN_SECONDS },
  );
}

/** The processes that the cluster has started, and those that they have, but for what runs in Pods. */
function managersOf(paths: LocalPaths, key: string): Process[] {
  const roots = readRecords(paths.run)
    .filter(isRunning)
    .map(({ pid }) => pid);
  return withChildren(roots).filter(({ pid }) => !readProc(pid, "cgroup").includes(`/${key}/`));
}

function move(pid: number, group: string): void {
  try {
    writeFileSync(join(group, "cgroup.procs"), String(pid));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
