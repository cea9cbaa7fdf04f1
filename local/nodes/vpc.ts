import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { privateFolder } from "../files/private-folder.ts";
import type { LocalPaths } from "../paths.ts";
import {
  clusterKey,
  GATEWAY,
  LOAD_BALANCER_CIDR,
  RESOLVER,
  type RealNode,
  socketFolder,
  VPC_PREFIX_LENGTH,
} from "./names.ts";
import { command, inNamespace } from "./run-in.ts";

const BRIDGE = "vpc";
const CONTROL_GROUPS = "/sys/fs/cgroup";

/** Makes the network in which the nodes stand: a network namespace with a bridge, apart from the host's own network. */
export async function ensureVpc(paths: LocalPaths, nodes: readonly RealNode[]): Promise<void> {
  const key = clusterKey(paths);
  privateFolder(socketFolder(paths));
  if (!existsSync(join("/run/netns", key))) await command("ip", "netns", "add", key);
  const ip = (...args: string[]) => inVpc(paths, "ip", ...args);
  if (!(await ip("-brief", "link", "show", "type", "bridge")).includes(BRIDGE)) {
    await ip("link", "add", BRIDGE, "type", "bridge");
  }
  await ip("link", "set", "lo", "up");
  for (const address of [GATEWAY, RESOLVER]) {
    await ip("address", "replace", `${address}/${VPC_PREFIX_LENGTH}`, "dev", BRIDGE);
  }
  await ip("link", "set", BRIDGE, "up");
  await ip("route", "replace", "local", LOAD_BALANCER_CIDR, "dev", "lo");
  for (const { podCidr, address } of nodes) {
    await ip("route", "replace", podCidr, "via", address);
  }
}

/** A node to be connected. */
export interface Plug {
  readonly node: RealNode;
  /** Its first process. */
  readonly pid: number;
  /** The other nodes, to whose Pods it has to know the way. */
  readonly others: readonly RealNode[];
}

/** Connects a node to the network. */
export async function plugIn(paths: LocalPaths, { node, others, pid }: Plug): Promise<void> {
  const onNode = (...args: string[]) =>
    command("nsenter", `--target=${pid}`, "--net", "--", ...args);
  if (!(await onNode("ip", "-brief", "link", "show")).includes("eth0")) {
    const port = `to-${node.label}`;
    // The kernel removes the namespace of a node that was killed some time after its processes, and its end of the cable with it.
    if ((await inVpc(paths, "ip", "-brief", "link", "show")).includes(`${port}@`)) {
      await inVpc(paths, "ip", "link", "delete", port);
    }
    await inVpc(
      paths,
      "ip",
      "link",
      "add",
      port,
      "type",
      "veth",
      "peer",
      "name",
      "eth0",
      "netns",
      String(pid),
    );
    await inVpc(paths, "ip", "link", "set", port, "master", BRIDGE, "up");
  }
  await onNode("ip", "link", "set", "lo", "up");
  await onNode("ip", "address", "replace", `${node.address}/${VPC_PREFIX_LENGTH}`, "dev", "eth0");
  await onNode("ip", "link", "set", "eth0", "up");
  await onNode("ip", "route", "replace", "default", "via", GATEWAY);
  for (const { podCidr, address } of others)
    await onNode("ip", "route", "replace", podCidr, "via", address);
  await onNode("sysctl", "-qw", "net.ipv4.ip_forward=1");
}

/** Removes the network and all that real nodes leave outside their own namespaces. Their processes must have ended. */
export async function removeVpc(paths: LocalPaths): Promise<void> {
  const key = clusterKey(paths);
  if (existsSync(join("/run/netns", key))) await command("ip", "netns", "delete", key);
  rmSync(socketFolder(paths), { recursive: true, force: true });
  if (!existsSync(CONTROL_GROUPS)) return;
  for (const controller of ["", ...readdirSync(CONTROL_GROUPS)])
    removeGroups(join(CONTROL_GROUPS, controller, key));
}

const inVpc = (paths: LocalPaths, ...args: string[]) => {
  const [program = "", ...rest] = [...inNamespace(clusterKey(paths)), ...args];
  return command(program, ...rest);
};

/** Control groups are removed from the innermost outwards; the files in them go by themselves. */
function removeGroups(folder: string): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeGroups(join(folder, entry.name));
  }
  rmdirSync(folder);
}
