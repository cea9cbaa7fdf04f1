import { dirname } from "node:path";
import type { Toolchain } from "../toolchain/ensure-toolchain.ts";
import type { ClusterToolName, NodeToolName } from "../toolchain/recipes.ts";

/** The tools of a cluster with real nodes. */
export type NodeToolchain = Toolchain<ClusterToolName | NodeToolName>;

/** The folder in which a node's programs find each other. */
export const nodePrograms = ({ paths }: NodeToolchain): string => dirname(paths.containerd);

/**
 * The umask of a node's programs. Processes in Pods run as other users and read what these write for them, such as images' folders and
 * /etc/hosts. Nobody else gets to it: it lies in the cluster's private folder and in the node's own mounts.
 */
export const NODE_UMASK = 0o022;
