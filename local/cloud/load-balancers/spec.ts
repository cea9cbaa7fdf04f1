import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { privateFolder } from "../../files/private-folder.ts";
import { respondsOk } from "../../processes/health.ts";
import type { ProcessSpec } from "../../processes/managed-process.ts";

const main = join(dirname(fileURLToPath(import.meta.url)), "main.ts");

/** What the data plane of the simulated network load balancers is told. */
export interface DataPlaneSettings {
  /** URL of the simulated AWS. */
  readonly endpoint: string;
  /** File of the access key with which it is read. */
  readonly awsKey: string;
  /** Path of the executable. */
  readonly haproxy: string;
  /** Path of the executable that writes the rules for packets. */
  readonly nft: string;
  /** Name of the network namespace that stands for the VPC. */
  readonly namespace: string;
  /** IP address by the id of the instance. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Its files. */
  readonly folder: string;
  /**
   * Access to the cluster whose node ports are forwarded.
   * @default - no node port is forwarded
   */
  readonly kubeconfig?: string;
}

/** The files of the data plane that others read. */
export interface DataPlaneFiles {
  /** Names and addresses of the load balancers, in the form of /etc/hosts. */
  readonly hosts: string;
  /** Which port on 127.0.0.1 leads where: `Forwards` as JSON. */
  readonly forwards: string;
  /** Unix socket: `POST /` carries out what the simulated AWS says, and answers when that is done. */
  readonly socket: string;
}

/** Where the files of the data plane are. */
export const dataPlaneFiles = (folder: string): DataPlaneFiles => ({
  hosts: join(folder, "hosts"),
  forwards: join(folder, "forwards.json"),
  socket: join(folder, "api.sock"),
});

/**
 * The data plane of the simulated network load balancers: HAProxy, told what to do by what the simulated AWS says.
 * It needs Linux, root, and the namespace with 10.0.255.0/24 as addresses of its own. Classic Load Balancers are not carried.
 */
export function loadBalancers(settings: DataPlaneSettings): ProcessSpec {
  privateFolder(settings.folder);
  return {
    name: "load-balancers",
    order: 6,
    command: process.execPath,
    args: [main, JSON.stringify(settings)],
    isReady: () => answers(dataPlaneFiles(settings.folder).socket),
    readyTimeoutSeconds: 60,
  };
}

/** A unix socket's path may have 107 characters at most; from here it is shorter. */
const answers = (socket: string): Promise<boolean> =>
  respondsOk("the data plane", { socketPath: relative(process.cwd(), socket), path: "/" });
