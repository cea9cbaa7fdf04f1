import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import getPort from "get-port";

/** Every port of an embedded cluster on 127.0.0.1, and the process that listens there. */
const processOf = {
  etcd: "etcd",
  etcdPeer: "etcd",
  apiServer: "kube-apiserver",
  controllerManager: "kube-controller-manager",
  scheduler: "kube-scheduler",
  aws: "aws",
  awsController: "aws-cloud-controller-manager",
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
  const path = join(folder, "ports");
  const known = readPorts(path);
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
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, JSON.stringify(ports));
  return ports;
}

const freePort = (preferred: number | undefined) =>
  getPort({ host: "127.0.0.1", ...(preferred === undefined ? {} : { port: preferred }) });

function readPorts(path: string): Partial<Record<PortName, number>> {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Partial<Record<PortName, number>>;
  } catch {
    return {};
  }
}
