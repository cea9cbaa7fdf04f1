import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import getPort, { clearLockedPorts, portNumbers } from "get-port";
import { writeAtomically } from "../files/atomic-file.ts";
import { privateFolder } from "../files/private-folder.ts";
import { waitFor } from "../wait.ts";

/** Every port of an embedded cluster on 127.0.0.1, and the process that listens there. */
const processOf = {
  etcd: "etcd",
  apiServer: "kube-apiserver",
  controllerManager: "kube-controller-manager",
  scheduler: "kube-scheduler",
  aws: "aws",
  awsController: "aws-cloud-controller-manager",
  page: "page",
} as const;

/** Who listens. */
export type PortName = keyof typeof processOf;

/** The ports of one embedded cluster: free ones when it first started, kept afterwards. */
export type Ports = Readonly<Record<PortName, number>>;

/** What {@link ensurePorts} needs to know. */
export interface PortOptions {
  /** Folder in which the ports are remembered. */
  readonly folder: string;
  /** Whether the process of this name runs, so that its port is rightly taken. */
  readonly isRunning: (process: string) => boolean;
  /** Told of every remembered port that somebody else holds. */
  readonly report: (line: string) => void;
}

/** The remembered ports; free ones where none is remembered or somebody else took it meanwhile. */
export async function ensurePorts({ folder, isRunning, report }: PortOptions): Promise<Ports> {
  const known = readPorts(folder);
  clearLockedPorts(); // it would not give the same port twice in half a minute, not even to the process it belongs to
  const ports = {} as Record<PortName, number>;
  for (const [name, process] of Object.entries(processOf) as [PortName, string][]) {
    const before = known[name];
    const keep = before !== undefined && isRunning(process);
    ports[name] = keep ? before : await freePort(before);
    if (before !== undefined && ports[name] !== before) {
      report(
        `port ${before} of ${process} is taken by another program; it moves to ${ports[name]}`,
      );
    }
  }
  privateFolder(folder);
  writeAtomically(join(folder, "ports"), JSON.stringify(ports));
  return ports;
}

/**
 * Below the ports that Linux (from 32768) and macOS (from 49152) lend to outgoing connections: one of those could take the port of
 * a server while it restarts.
 */
const CANDIDATES = { first: 20_000, last: 29_999 };
/** A process that was killed holds its port until the last of its threads is gone. */
const RELEASED_WITHIN_SECONDS = 3;
const HOST = "127.0.0.1";

async function freePort(preferred: number | undefined): Promise<number> {
  const { first, last } = CANDIDATES;
  const start = first + Math.floor(Math.random() * (last - first));
  const candidates = [...portNumbers(start, last), ...portNumbers(first, start)];
  const another = () => getPort({ host: HOST, port: candidates });
  if (preferred === undefined) return another();
  return waitFor(
    async () => (await getPort({ host: HOST, port: preferred })) === preferred && preferred,
    { awaited: `port ${preferred}`, timeoutSeconds: RELEASED_WITHIN_SECONDS },
  ).catch(another);
}

/** The ports as remembered, without a look at who holds them; none where the file is damaged. */
export function readPorts(folder: string): Partial<Ports> {
  try {
    return portsIn(readFileSync(join(folder, "ports"), "utf8")) ?? {};
  } catch {
    return {};
  }
}

/** Why the remembered ports cannot be used. */
export function portsProblem(path: string): string | undefined {
  if (!existsSync(path)) return `${path} is missing`;
  return portsIn(readFileSync(path, "utf8")) === undefined ? `${path} is damaged` : undefined;
}

function portsIn(text: string): Partial<Ports> | undefined {
  try {
    const ports = JSON.parse(text) as Partial<Ports>;
    const numbers = Object.values(ports);
    const isPort = (port: unknown) =>
      Number.isInteger(port) && Number(port) > 0 && Number(port) <= LAST_PORT;
    return numbers.every(isPort) && new Set(numbers).size === numbers.length ? ports : undefined;
  } catch {
    return undefined;
  }
}

const LAST_PORT = 65_535;
