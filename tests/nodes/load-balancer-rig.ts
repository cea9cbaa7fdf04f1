import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { join, relative } from "node:path";
import { EC2, type IpPermission } from "@aws-sdk/client-ec2";
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
import { type Process, processes } from "../shared/proc.ts";
import type { Attempt } from "./clients.ts";
import { type Order, TRAFFIC_PORT } from "./fake-targets.ts";

/** A simulated AWS with its load balancers' data plane, and three fake targets in a network of their own. */
export interface LoadBalancerRig {
  readonly aws: ElasticLoadBalancingV2;
  readonly ec2: EC2;
  readonly network: AwsNetwork;
  /** Ids of the targets, and their addresses. */
  readonly targets: readonly { readonly id: string; readonly address: string }[];
  /** Tells a target how its health check is to answer. */
  readonly tell: (order: Order) => Promise<void>;
  /** Tries to connect from addresses of the network; answers which attempts a target took. */
  readonly attempt: (attempts: readonly Attempt[]) => Promise<boolean[]>;
  /** Has a security group admit these and nobody else, and waits until that is carried out. */
  readonly admit: (groupId: string, ...rules: readonly IpPermission[]) => Promise<void>;
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

/** A rule that admits a range to a port. */
export const tcp = (port: number, range: string): IpPermission => ({
  IpProtocol: "tcp",
  FromPort: port,
  ToPort: port,
  IpRanges: [{ CidrIp: range }],
});

/**
 * Brings the rig up. Everybody is admitted to the targets.
 *
 * @param name - of its folder
 * @param clients - addresses of which clients are
 */
export async function startRig(
  name = "load-balancers",
  clients: readonly string[] = [],
): Promise<LoadBalancerRig> {
  const paths = localPaths(join(".local", "test", name));
  await stopCluster(paths); // of a run that was killed
  rmSync(paths.root, { recursive: true, force: true });
  const namespace = clusterKey(paths);
  const context = { run: paths.run, logs: paths.logs, report: () => {} };
  mkdirSync(paths.run, { recursive: true });
  const toolchain = await ensureToolchain({ tools: ["moto", "haproxy", "nft"], report });
  const access = awsAccess(paths, await getPort({ host: "127.0.0.1" }));
  await ensureRunning(simulatedAws(paths, toolchain, access), context);
  const network = await createNetwork(paths, access);
  const targets = network.instances.map(({ instanceId, privateIpAddress }) => ({
    id: instanceId,
    address: privateIpAddress,
  }));
  const addresses = targets.map(({ address }) => address);
  openNetwork(namespace, [...addresses, ...clients]);
  const fakes = await startInside(namespace, "fake-targets.ts", addresses);
  const asking = await startInside(namespace, "clients.ts", []);
  const spec: ProcessSpec = loadBalancers({
    endpoint: access.endpoint,
    awsKey: ensureAwsKeys(paths).reader,
    haproxy: toolchain.paths.haproxy,
    nft: toolchain.paths.nft,
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
  const ec2 = new EC2({ region: AWS_REGION, endpoint: access.endpoint, credentials: access });
  const admit = async (groupId: string, ...rules: readonly IpPermission[]) => {
    const { SecurityGroups } = await ec2.describeSecurityGroups({ GroupIds: [groupId] });
    const before = SecurityGroups?.[0]?.IpPermissions ?? [];
    const change = (IpPermissions: readonly IpPermission[]) => ({
      GroupId: groupId,
      IpPermissions: [...IpPermissions],
    });
    if (before.length > 0) await ec2.revokeSecurityGroupIngress(change(before));
    if (rules.length > 0) await ec2.authorizeSecurityGroupIngress(change(rules));
    if (record() !== undefined) await carriedOut(files.socket);
  };
  await admit(network.securityGroupId, tcp(TRAFFIC_PORT, "0.0.0.0/0"));
  return {
    aws,
    ec2,
    admit,
    network,
    targets,
    tell: async (order) => {
      const done = once(fakes, "message");
      fakes.send(order);
      await done;
    },
    attempt: async (attempts) => {
      const answer = once(asking, "message");
      asking.send(attempts);
      return (await answer)[0];
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
      for (const inside of [fakes, asking]) {
        inside.disconnect();
        await once(inside, "exit");
      }
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

async function startInside(
  namespace: string,
  script: string,
  args: readonly string[],
): Promise<ChildProcess> {
  const path = join(import.meta.dirname, script);
  const inside = [`--net=/run/netns/${namespace}`, process.execPath, path, ...args];
  const started = spawn("nsenter", inside, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  await once(started, "message");
  return started;
}

/** Has the data plane carry out what the simulated AWS says now. */
async function carriedOut(socket: string): Promise<void> {
  const asked = request({ socketPath: relative(process.cwd(), socket), method: "POST" }).end();
  const [{ statusCode }] = await once(asked, "response");
  if (statusCode !== 200) throw new Error(`the data plane answers ${statusCode}`);
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
