import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import getPort from "get-port";
import { ensureAwsKeys } from "../../local/cloud/aws-keys.ts";
import type { Forwards } from "../../local/cloud/load-balancers/forwards.ts";
import { ROOT } from "../../local/cloud/load-balancers/haproxy-root.ts";
import { dataPlaneFiles, loadBalancers } from "../../local/cloud/load-balancers/spec.ts";
import { type AwsNetwork, createNetwork } from "../../local/cloud/network.ts";
import { AWS_REGION, awsAccess, simulatedAws } from "../../local/cloud/simulated-aws.ts";
import { stopCluster } from "../../local/cluster/embedded-cluster.ts";
import { clusterKey } from "../../local/nodes/names.ts";
import { localPaths } from "../../local/paths.ts";
import { logPath } from "../../local/processes/log.ts";
import {
  ensureRunning,
  type ProcessSpec,
  stopProcess,
} from "../../local/processes/managed-process.ts";
import { readRecord } from "../../local/processes/record.ts";
import { report } from "../../local/terminal.ts";
import { ensureToolchain } from "../../local/toolchain/ensure-toolchain.ts";
import { type Process, processes } from "../proc.ts";
import type { Order } from "./fake-targets.ts";

/** A simulated AWS with its load balancers' data plane, and three fake targets in a network of their own. */
export interface LoadBalancerRig {
  readonly aws: ElasticLoadBalancingV2;
  readonly network: AwsNetwork;
  /** Ids of the targets, and their addresses. */
  readonly targets: readonly { readonly id: string; readonly address: string }[];
  /** Tells a target how its health check is to answer. */
  readonly tell: (order: Order) => Promise<void>;
  readonly forwards: () => Forwards;
  readonly hosts: () => string;
  /** The root folder of HAProxy. */
  readonly haproxyRoot: string;
  /** What the data plane and HAProxy said. */
  readonly log: () => string;
  /** The data plane's process, also the id of its group. */
  readonly dataPlane: () => number;
  /** Starts the data plane where it does not run. */
  readonly startDataPlane: () => Promise<boolean>;
  readonly stopDataPlane: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Brings the rig up, in a folder of this name. */
export async function startRig(name = "load-balancers"): Promise<LoadBalancerRig> {
  const paths = localPaths(join(".local/test", name));
  await stopCluster(paths); // of a run that was killed
  rmSync(paths.root, { recursive: true, force: true });
  const namespace = clusterKey(paths);
  const context = { run: paths.run, logs: paths.logs, report: () => {} };
  mkdirSync(paths.run, { recursive: true });
  const toolchain = await ensureToolchain({ tools: ["moto", "haproxy"], report });
  const access = awsAccess(paths, await getPort({ host: "127.0.0.1" }));
  await ensureRunning(simulatedAws(paths, toolchain, access), context);
  const network = await createNetwork(paths, access);
  const targets = network.instances.map(({ instanceId, privateIpAddress }) => ({
    id: instanceId,
    address: privateIpAddress,
  }));
  const addresses = targets.map(({ address }) => address);
  openNetwork(namespace, addresses);
  const fakes = await startTargets(namespace, addresses);
  const spec: ProcessSpec = loadBalancers({
    endpoint: access.endpoint,
    awsKey: ensureAwsKeys(paths).reader,
    haproxy: toolchain.paths.haproxy,
    namespace,
    addresses: Object.fromEntries(targets.map(({ id, address }) => [id, address])),
    folder: paths.loadBalancers,
  });
  const files = dataPlaneFiles(paths.loadBalancers);
  const record = () => readRecord(paths.run, spec.name);
  const aws = new ElasticLoadBalancingV2({
    region: AWS_REGION,
    endpoint: access.endpoint,
    credentials: access,
  });
  return {
    aws,
    network,
    targets,
    tell: async (order) => {
      const done = once(fakes, "message");
      fakes.send(order);
      await done;
    },
    forwards: () => JSON.parse(readFileSync(files.forwards, "utf8")),
    hosts: () => readFileSync(files.hosts, "utf8"),
    haproxyRoot: join(paths.loadBalancers, ROOT),
    log: () => readFileSync(logPath(paths.logs, spec.name), "utf8"),
    dataPlane: () => record()?.pid ?? Number.NaN,
    startDataPlane: () => ensureRunning(spec, context),
    stopDataPlane: async () => {
      const running = record();
      if (running) await stopProcess(running, context);
    },
    stop: async () => {
      fakes.disconnect();
      await once(fakes, "exit");
      await stopCluster(paths);
      if (!process.env["KEEP_TEST_CLUSTER"]) rmSync(paths.root, { recursive: true });
    },
  };
}

function openNetwork(namespace: string, addresses: readonly string[]): void {
  execFileSync("ip", ["netns", "add", namespace]);
  const ip = (...args: string[]) => execFileSync("ip", ["-n", namespace, ...args]);
  ip("link", "set", "lo", "up");
  ip("route", "add", "local", "10.0.255.0/24", "dev", "lo");
  for (const address of addresses) ip("address", "add", `${address}/32`, "dev", "lo");
}

async function startTargets(
  namespace: string,
  addresses: readonly string[],
): Promise<ChildProcess> {
  const script = join(import.meta.dirname, "fake-targets.ts");
  const inside = [`--net=/run/netns/${namespace}`, process.execPath, script, ...addresses];
  const targets = spawn("nsenter", inside, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  await once(targets, "message");
  return targets;
}

/** A connection through a load balancer, and the address of the target that took it. */
export interface Connection {
  readonly target: string;
  readonly socket: Socket;
}

/** Connects once; rejects where nobody answers. */
export async function open(port: number): Promise<Connection> {
  const socket = connect(port, "127.0.0.1");
  const target = await new Promise<string>((resolve, reject) => {
    socket.once("data", (data) => resolve(data.toString()));
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("closed without an answer")));
    socket.setTimeout(5000, () => reject(new Error("no answer in 5 s")));
  });
  socket.on("error", () => {}); // a reset shows as its close
  return { target, socket };
}

/** How many of a number of connections, one after another, each target took. */
export async function takenBy(port: number, connections: number): Promise<Record<string, number>> {
  const taken: Record<string, number> = {};
  for (let index = 0; index < connections; index += 1) {
    const { target, socket } = await open(port);
    socket.destroy();
    taken[target] = (taken[target] ?? 0) + 1;
  }
  return taken;
}

/** What comes back over a kept connection. */
export async function echo({ socket }: Connection, text: string): Promise<string> {
  const [answer] = (await Promise.all([once(socket, "data"), socket.write(text)]))[0];
  return String(answer);
}

/** The processes of a group. */
export const membersOf = (leader: number): number[] => pidsOf(leader, () => true);

/** The children of a process. */
export const childrenOf = (leader: number): number[] =>
  pidsOf(leader, ({ parent }) => parent === leader);

const pidsOf = (leader: number, wanted: (member: Process) => boolean): number[] =>
  processes()
    .filter((it) => it.group === leader && it.state !== "Z" && wanted(it))
    .map(({ pid }) => pid);
