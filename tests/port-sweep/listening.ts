import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { resolve } from "node:path";
import type { LocalPaths } from "../../local/paths.ts";
import { isRunning, readRecords } from "../../local/processes/record.ts";
import { type Process, processes, readProc } from "../shared/proc.ts";

/** A socket on which a process of a cluster takes connections. */
export interface Listener {
  readonly transport: "tcp" | "unix";
  /** IP address, path of a socket, or the name of an abstract one after `@`. */
  readonly address: string;
  /** Port; 0 for a socket of the file system. */
  readonly port: number;
  /** Name of who listens; empty where nobody knows. */
  readonly process: string;
  /** Whether it is in the network of the host, or in one of the cluster's own. */
  readonly onHost: boolean;
  /** A process in the network in which it is, and with the file system in which its path leads to it. */
  readonly pid: number;
}

/** All sockets of a cluster: those of its processes in the network of the host, and whatever listens in networks of its own. */
export function listenersOf(paths: LocalPaths): Listener[] {
  const owners = new Map<string, Process>();
  const networks = new Map<string, number>();
  for (const it of processesOf(paths)) {
    networks.set(linkOf(it.pid, "ns/net"), it.pid);
    for (const inode of socketsOf(it.pid)) owners.set(inode, it);
  }
  const host = linkOf(process.pid, "ns/net");
  networks.delete("");
  networks.set(host, process.pid);
  return [...networks].flatMap(([network, pid]) =>
    [...tcpListeners(pid), ...unixListeners(pid)].flatMap(({ inode, ...listener }) => {
      const owner = owners.get(inode);
      const onHost = network === host;
      if (owner === undefined && onHost) return [];
      return place({ ...listener, process: owner?.name ?? "", onHost, pid }, owner);
    }),
  );
}

/** The recorded processes and all that descend from them, also those on the nodes. */
export function processesOf({ run }: LocalPaths): Process[] {
  const all = processes();
  const found = new Set(
    readRecords(run)
      .filter(isRunning)
      .map(({ pid }) => pid),
  );
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { parent, pid } of all) if (found.has(parent)) found.add(pid);
  }
  return all.filter(({ pid }) => found.has(pid));
}

/** A path is as its owner sees it; of a path that nobody known owns, none can say where it leads. */
function place(listener: Listener, owner: Process | undefined): Listener[] {
  if (listener.transport === "tcp" || listener.address.startsWith("@")) return [listener];
  if (owner === undefined) return [];
  const address = resolve(linkOf(owner.pid, "cwd"), listener.address);
  return [{ ...listener, address, pid: owner.pid }];
}

type Found = Pick<Listener, "address" | "port" | "transport"> & { readonly inode: string };
const LISTENS = "0A";
const ACCEPTS = 0x1_00_00;

/** https://docs.kernel.org/networking/proc_net_tcp.html */
function tcpListeners(pid: number): Found[] {
  return ["net/tcp", "net/tcp6"].flatMap((file) =>
    linesOf(pid, file).flatMap((line) => {
      const [, local = "", , state, , , , , , inode = ""] = line.trim().split(/\s+/);
      if (state !== LISTENS) return [];
      const [address = "", port = ""] = local.split(":");
      return [{ transport: "tcp" as const, address: ipOf(address), port: hex(port), inode }];
    }),
  );
}

/** https://man7.org/linux/man-pages/man5/proc_pid_net.5.html */
function unixListeners(pid: number): Found[] {
  return linesOf(pid, "net/unix").flatMap((line) => {
    const [, , , flags = "", , , inode = "", ...path] = line.trim().split(/\s+/);
    if ((hex(flags) & ACCEPTS) === 0 || path.length === 0) return [];
    return [{ transport: "unix" as const, address: path.join(" "), port: 0, inode }];
  });
}

const linesOf = (pid: number, file: string): string[] =>
  readProc(pid, file).split("\n").slice(1).filter(Boolean);

const hex = (text: string): number => Number.parseInt(text, 16);

/** Each four bytes are a number in the order of the machine, which is that of Intel and of ARM. */
function ipOf(text: string): string {
  const bytes = (text.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse());
  if (bytes.length === 4) return bytes.map(hex).join(".");
  const groups = bytes.join("").match(/.{4}/g) ?? [];
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}

function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
      const [, inode] = /^socket:\[(\d+)\]$/.exec(linkOf(pid, `fd/${name}`)) ?? [];
      return inode ?? [];
    });
  } catch {
    return []; // it has ended
  }
}

function linkOf(pid: number, name: string): string {
  try {
    return readlinkSync(`/proc/${pid}/${name}`);
  } catch {
    return "";
  }
}

/** The network and the file system that a process sees. */
export const surroundingsOf = (pid: number) => ({
  network: linkOf(pid, "ns/net"),
  files: linkOf(pid, "ns/mnt"),
});

/** The texts of a file's lines that are long enough to be a secret. */
export const secretsIn = (file: string): string[] =>
  (readFileSync(file, "utf8").match(/[A-Za-z0-9+/=_-]{16,}/g) ?? []).map(String);
