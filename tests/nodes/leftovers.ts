import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { clusterKey } from "../../local/nodes/names.ts";
import type { LocalPaths } from "../../local/paths.ts";
import { processes, readProc } from "../shared/proc.ts";

const run = promisify(execFile);

/** What of a cluster is on the machine, outside its own folder: every line is one thing that ought to go with it. */
export function leftoversOf(paths: LocalPaths): string[] {
  const key = clusterKey(paths);
  return [
    ...processesOf(paths, key),
    ...linesOf("/proc/mounts", paths.root, key).map((line) => `mount ${line}`),
    ...[join("/run", key), join("/run/netns", key)].filter(existsSync),
    ...hierarchies()
      .map((hierarchy) => join(hierarchy, key))
      .filter(existsSync),
  ];
}

/** Processes that were started with a path of the cluster, or that are in its control groups or namespace. */
function processesOf({ root }: LocalPaths, key: string): string[] {
  return processes().flatMap(({ pid }) => {
    if (pid === process.pid) return [];
    const command = readProc(pid, "cmdline").replaceAll("\0", " ");
    const ours = command.includes(`${root}/`) || readProc(pid, "cgroup").includes(`/${key}/`);
    return ours ? [`process ${pid} ${command}`] : [];
  });
}

/** What the programs of a node keep in fixed places: of the host's own they may not make use. */
export const hostFolders = (): string[] =>
  ["/var/lib/cni/results", "/var/lib/kubelet", "/var/log/containers", "/var/log/pods"].flatMap(
    (folder) => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []),
  );

const linesOf = (file: string, ...texts: readonly string[]): string[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => texts.some((text) => line.includes(text)));

const hierarchies = (): string[] => [
  "/sys/fs/cgroup",
  ...readdirSync("/sys/fs/cgroup").map((name) => join("/sys/fs/cgroup", name)),
];

/** What the host's own network is made of: it may not change. The counters of its rules and the lifetimes of its addresses do. */
export async function hostNetwork(nft: string): Promise<string> {
  const [links, addresses, routes, rules] = await Promise.all([
    run("ip", ["-brief", "link", "show"]),
    run("ip", ["-brief", "address", "show"]),
    run("ip", ["route", "show", "table", "all"]),
    run(nft, ["--stateless", "list", "ruleset"]),
  ]);
  return [links, addresses, routes, rules].map(({ stdout }) => stdout).join("\n");
}
