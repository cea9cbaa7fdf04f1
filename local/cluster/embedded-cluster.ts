import type { KubeConfig } from "@kubernetes/client-node";
import { awsCloudController } from "../cloud/cloud-controller.ts";
import { type AwsNetwork, createNetwork, readNetwork } from "../cloud/network.ts";
import { checkedNetwork } from "../cloud/network-fields.ts";
import { type AwsAccess, awsAccess, simulatedAws } from "../cloud/simulated-aws.ts";
import { writeAtomically } from "../files/atomic-file.ts";
import { privateFolder } from "../files/private-folder.ts";
import { NodeKind } from "../nodes/kind.ts";
import { startRealNodes } from "../nodes/real-nodes.ts";
import { startSimulatedNodes } from "../nodes/simulated-nodes.ts";
import { stopOtherNodes } from "../nodes/stop-nodes.ts";
import type { NodeToolchain } from "../nodes/toolchain.ts";
import { removeVpc } from "../nodes/vpc.ts";
import type { LocalPaths } from "../paths.ts";
import {
  ensureRunning,
  PortTakenError,
  type ProcessContext,
  type ProcessSpec,
  stopProcess,
} from "../processes/managed-process.ts";
import { isRunning, readRecord, readRecords } from "../processes/record.ts";
import type { Toolchain } from "../toolchain/ensure-toolchain.ts";
import type { ClusterToolName } from "../toolchain/recipes.ts";
import { settled } from "../wait.ts";
import {
  apiServer,
  type ControlPlaneParts,
  controllerManager,
  etcd,
  scheduler,
} from "./control-plane.ts";
import { checkDiskSpace, whileThereIsRoom } from "./disk-space.ts";
import { writeKubeconfig } from "./kubeconfig.ts";
import { mend } from "./mend.ts";
import { ensurePki } from "./pki.ts";
import { ensurePorts } from "./ports.ts";

/** A second program may take a port between our look and our use of it. */
const PORT_ATTEMPTS = 3;

/** The running embedded cluster. */
export interface EmbeddedCluster {
  /** URL of the API server. */
  readonly server: string;
  /** Access to the simulated AWS. */
  readonly aws: AwsAccess;
  /** What the cluster stands on there. */
  readonly network: AwsNetwork;
}

/** What starting needs. */
export type StartOptions = StartTools & {
  /** Told one line an event. */
  readonly report: (line: string) => void;
  /** Ends the start; what it had started is stopped again. */
  readonly signal?: AbortSignal;
};

/** The tools, by what the nodes are to be: simulated, or real where their tools are given. */
type StartTools =
  | { readonly toolchain: Toolchain; readonly realNodes?: undefined }
  | { readonly toolchain: Toolchain<ClusterToolName>; readonly realNodes: NodeToolchain };

/**
 * Brings up what is not up: control plane, simulated nodes, simulated AWS and its real controller.
 * What runs and works is left alone. When it fails, whatever this call had started is stopped again.
 */
export function startCluster(paths: LocalPaths, options: StartOptions): Promise<EmbeddedCluster> {
  return allOrNothing(paths, options, async (signal) => {
    const { parts, run } = await prepare(paths, { ...options, signal });
    return bringUp(parts, run, { ...options, signal });
  });
}

/**
 * Brings up the database and the API server alone: enough for whatever asks it to judge manifests, though nothing is made of them.
 * When it fails, whatever this call had started is stopped again.
 */
export function startApiServer(paths: LocalPaths, options: StartOptions): Promise<void> {
  return startParts(paths, options, [etcd, apiServer]);
}

/**
 * Brings up the database, the API server and the controllers: enough for whatever needs no node.
 * When it fails, whatever this call had started is stopped again.
 */
export function startControlPlane(paths: LocalPaths, options: StartOptions): Promise<void> {
  return startParts(paths, options, [etcd, apiServer, controllerManager]);
}

function startParts(
  paths: LocalPaths,
  options: StartOptions,
  wanted: readonly ((parts: ControlPlaneParts) => ProcessSpec)[],
): Promise<void> {
  return allOrNothing(paths, options, async (signal) => {
    const { parts, run } = await prepare(paths, { ...options, signal });
    const specs = wanted.map((specOf) => specOf(parts));
    await inTurn(run, specs);
    rememberDatabase(paths);
  });
}

/** From now on the database holds what people have made. */
const rememberDatabase = ({ etcdMade }: LocalPaths) => writeAtomically(etcdMade, "");

/** Starts another time where a port was taken from under a process; stops what was started where it fails. */
async function allOrNothing<T>(
  paths: LocalPaths,
  { report, signal }: StartOptions,
  start: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const before = new Set(
    readRecords(paths.run)
      .filter(isRunning)
      .map(({ pid }) => pid),
  );
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await whileThereIsRoom(paths.root, signal, start);
    } catch (error) {
      if (error instanceof PortTakenError && attempt < PORT_ATTEMPTS) {
        report(`${error.message}; trying another`);
        continue;
      }
      const started = readRecords(paths.run).filter(({ pid }) => !before.has(pid));
      for (const record of started.reverse()) await stopProcess(record, paths);
      throw error;
    }
  }
}

type Run = (spec: ProcessSpec) => Promise<boolean>;

/** Ports, certificates and the kubeconfig; and what then runs a process. */
async function prepare(
  paths: LocalPaths,
  { toolchain, realNodes, report, signal }: StartOptions,
): Promise<{ parts: ControlPlaneParts; run: Run }> {
  const context: ProcessContext = { run: paths.run, logs: paths.logs, report, signal };
  privateFolder(paths.root);
  privateFolder(paths.run);
  if (!runs(paths, "etcd")) await checkDiskSpace(paths.root);
  await mend(paths, { report, stop: () => stopCluster(paths) });
  const ports = await ensurePorts({
    folder: paths.run,
    isRunning: (name) => runs(paths, name),
    report,
  });
  const pki = await ensurePki(paths.pki);
  writeKubeconfig(paths, pki, ports);
  return {
    parts: { paths, pki, ports, toolchain, nodes: realNodes ? NodeKind.Real : NodeKind.Simulated },
    run: (spec) => ensureRunning(spec, context),
  };
}

async function bringUp(
  parts: ControlPlaneParts,
  run: Run,
  { realNodes, signal, toolchain }: StartOptions,
): Promise<EmbeddedCluster> {
  const { paths, ports } = parts;
  const aws = awsAccess(paths, ports.aws);
  await stopOtherNodes(paths, parts.nodes);

  const [, network] = await settled([
    inTurn(run, [etcd(parts), apiServer(parts)]),
    startAws(paths, simulatedAws(paths, toolchain, aws), aws, run),
  ]);
  rememberDatabase(paths);
  await settled([run(controllerManager(parts)), run(scheduler(parts))]);
  const config = await clusterConfig(paths);
  await settled([
    run(awsCloudController(parts, aws, network)),
    realNodes === undefined
      ? startSimulatedNodes({ ...parts, toolchain }, config, { network, run, signal })
      : startRealNodes({ ...parts, toolchain: realNodes }, config, { network, run, signal }),
  ]);
  return { server: `https://127.0.0.1:${ports.apiServer}`, aws, network };
}

async function inTurn(run: Run, specs: ProcessSpec[]) {
  for (const spec of specs) await run(spec);
}

async function startAws(
  paths: LocalPaths,
  spec: ProcessSpec,
  access: AwsAccess,
  run: Run,
): Promise<AwsNetwork> {
  await run(spec);
  return checkedNetwork(readNetwork(paths) ?? (await createNetwork(paths, access)));
}

async function clusterConfig(paths: LocalPaths): Promise<KubeConfig> {
  const { KubeConfig } = await import("@kubernetes/client-node"); // loaded while the control plane starts
  const config = new KubeConfig();
  config.loadFromFile(paths.kubeconfig);
  return config;
}

function runs(paths: LocalPaths, name: string): boolean {
  const record = readRecord(paths.run, name);
  return record !== undefined && isRunning(record);
}

/** Stops every process of the cluster, last started first, and removes the nodes' network. Returns the names of those that ran. */
export async function stopCluster(paths: LocalPaths): Promise<string[]> {
  const records = readRecords(paths.run);
  const ran = records.filter(isRunning).map(({ name }) => name);
  for (const record of records.reverse()) await stopProcess(record, paths);
  await removeVpc(paths);
  return ran;
}
