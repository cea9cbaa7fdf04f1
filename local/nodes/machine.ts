import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { privateFolder } from "../files/private-folder.ts";
import type { LocalPaths } from "../paths.ts";
import type { ProcessSpec } from "../processes/managed-process.ts";
import { controlGroup, nodeFolder, type RealNode } from "./names.ts";
import { NODE_UMASK, type NodeToolchain, nodePrograms } from "./toolchain.ts";

const READY_TIMEOUT_SECONDS = 20;
const script = join(import.meta.dirname, "machine.sh");

/** The machine that a node is: namespaces of its own, held by their first process, with which all in them ends. */
export function machine(paths: LocalPaths, node: RealNode, toolchain: NodeToolchain): ProcessSpec {
  const folder = nodeFolder(paths, node);
  return {
    name: node.label,
    order: 6,
    command: "unshare",
    args: [
      ...["--net", "--mount", "--pid", "--uts", "--fork", "--kill-child"],
      ...["sh", script, folder, node.name, controlGroup(paths, node), toolchain.paths.tini],
    ],
    ownPrograms: nodePrograms(toolchain),
    umask: NODE_UMASK,
    // A machine begins with nothing but its programs; of one before, its first process would still be told.
    beforeStart: () => {
      rmSync(folder, { recursive: true, force: true });
      privateFolder(folder);
    },
    isReady: async () => machinePid(paths, node) > 0,
    readyTimeoutSeconds: READY_TIMEOUT_SECONDS,
  };
}

/** The pid of a machine's first process as the host knows it. @throws Error before the machine has said so */
export function machinePid(paths: LocalPaths, node: RealNode): number {
  return Number(readFileSync(join(nodeFolder(paths, node), "pid"), "utf8"));
}
