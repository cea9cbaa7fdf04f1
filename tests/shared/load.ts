import { once } from "node:events";
import {
  type CoreV1Api,
  PatchStrategy,
  setHeaderOptions,
  type V1Container,
  type V1Pod,
} from "@kubernetes/client-node";
import { execa } from "execa";
import { imageReferences } from "../../local/images/node-images.ts";
import { clusterKey } from "../../local/nodes/names.ts";
import { inNamespace } from "../../local/nodes/run-in.ts";
import type { NodeToolchain } from "../../local/nodes/toolchain.ts";
import type { LocalPaths } from "../../local/paths.ts";
import { waitFor } from "../../local/wait.ts";
import type { LoadReport, LoadReports } from "./load-report.ts";
import type { Processor } from "./processor.ts";

/** How long after the last request was due its answer may come, and the report. */
const REPORT_WITHIN_SECONDS = 60;
/** How long after the end of a container its log may be incomplete. */
const LOGGED_WITHIN_SECONDS = 20;
/** A target has that long to answer for the first time. */
const FIRST_ANSWER_WITHIN_SECONDS = 20;

/** As much as every Pod of a Backend; without a request it would get what they leave. */
const CLIENT_CPU = "100m";

/** For how long a new Pod asks before what it asks is counted. */
const SECONDS_BEFORE = 3;

/** The cluster under load. */
export interface LoadedCluster {
  readonly paths: LocalPaths;
  readonly core: CoreV1Api;
  readonly toolchain: NodeToolchain;
  /**
   * Lets clients outside use the processor first.
   *
   * @default - they use it as all others do
   */
  readonly processor?: Processor | undefined;
}

/** Requests at a fixed rate, whether or not those before were answered. */
export interface LoadArgs {
  /** `http://HOST:PORT/PATH`, or `tcp://HOST:PORT` of the demo application's echo. */
  readonly target: string;
  /** Requests a second. */
  readonly rate: number;
  /** When it ends, unless it is ended before. */
  readonly seconds: number;
  /**
   * Connections that are kept and used in turn.
   *
   * @default 0, a new connection for every request
   */
  readonly keep?: number;
}

/** Loads under way, by their names. */
export interface Load {
  /** What became of every request, once all are over. */
  reports(): Promise<LoadReports>;
  /** The same, sending no more from now on. */
  stop(): Promise<LoadReports>;
}

/** Sends from inside the VPC, where the nodes' addresses and those of load balancers are. Returns once all are sending. */
export async function loadFromOutside(
  { paths, processor, toolchain }: LoadedCluster,
  loads: Readonly<Record<string, LoadArgs>>,
): Promise<Load> {
  const [nsenter = "", ...inside] = inNamespace(clusterKey(paths));
  const running = Object.entries(loads).map(([name, load]) => {
    const args = [...inside, toolchain.paths["load-generator"], ...argsOf(load)];
    const timeout = (FIRST_ANSWER_WITHIN_SECONDS + load.seconds + REPORT_WITHIN_SECONDS) * 1000;
    const child = execa(nsenter, args, { reject: false, timeout });
    if (child.pid !== undefined) processor?.carries(child.pid);
    return { name, child };
  });
  // One that never gets an answer ends with a message in place of a report.
  await Promise.all(running.map(({ child }) => Promise.race([once(child.stderr, "data"), child])));
  const reports = async () => {
    const ends = running.map(async ({ name, child }) => {
      const { stdout, stderr } = await child;
      return [name, readReport(name, `${stderr}\n${stdout}`)] as const;
    });
    return Object.fromEntries(await Promise.all(ends));
  };
  const stop = () => {
    for (const { child } of running) child.kill("SIGTERM");
    return reports();
  };
  return { reports, stop };
}

/** Where a Pod is to be. */
export interface Place {
  readonly namespace: string;
  /** Name of the node. One that is drained would take the Pod with it. */
  readonly node: string;
}

/** Sends from a Pod. Returns once all are sending, and takes the Pod away with the reports. */
export async function loadFromPod(
  { core }: LoadedCluster,
  place: Place,
  loads: Readonly<Record<string, LoadArgs>>,
): Promise<Load> {
  const pod = await createPod(core, place, loads);
  const names = Object.keys(loads);
  const logOf = (name: string) => core.readNamespacedPodLog({ ...pod, container: name });
  const awaited = `the Pod ${pod.name}`;
  // Each tells every second how it goes.
  await waitFor(async () => (await Promise.all(names.map(logOf))).every((log) => log !== ""), {
    awaited,
    timeoutSeconds: 2 * FIRST_ANSWER_WITHIN_SECONDS + SECONDS_BEFORE,
  });
  const longest = Math.max(...Object.values(loads).map(({ seconds }) => seconds));
  const reports = async () => {
    await waitFor(() => hasEnded(core, pod, names.length), {
      awaited: `${awaited} to end`,
      timeoutSeconds: FIRST_ANSWER_WITHIN_SECONDS + longest + REPORT_WITHIN_SECONDS,
    });
    // The last lines of a long report may come into a log after its container has ended.
    const wholeReport = (name: string) =>
      waitFor(async () => readReport(name, await logOf(name)), {
        awaited: `the report of ${name}`,
        timeoutSeconds: LOGGED_WITHIN_SECONDS,
      });
    const found = await Promise.all(
      names.map(async (name) => [name, await wholeReport(name)] as const),
    );
    await core.deleteNamespacedPod(pod);
    return Object.fromEntries(found);
  };
  const stop = async () => {
    // Unlike a deletion it leaves the Pod's logs.
    const over = { spec: { activeDeadlineSeconds: 1 } };
    await core.patchNamespacedPod({ ...pod, body: over }, merging);
    return reports();
  };
  return { reports, stop };
}

interface PodName {
  readonly namespace: string;
  readonly name: string;
}

async function createPod(
  core: CoreV1Api,
  { namespace, node }: Place,
  loads: Readonly<Record<string, LoadArgs>>,
): Promise<PodName> {
  const containers = Object.entries(loads).map(([name, load]) => container(name, load));
  // Not every node knows a new Pod's address at once, and until then its policies let nobody in from there. A connection
  // that was refused is remembered for two minutes, with the Pod that it was led to. At the load's own rate none of its
  // ports comes again before the load has gone through all others.
  const initContainers = Object.values(loads)
    .slice(0, 1)
    .map((load) => container("before", { ...load, seconds: SECONDS_BEFORE }));
  const body: V1Pod = {
    metadata: { generateName: "load-", labels: { app: "load" } },
    spec: { nodeName: node, restartPolicy: "Never", securityContext, containers, initContainers },
  };
  const { metadata } = await core.createNamespacedPod({ namespace, body });
  return { namespace, name: metadata?.name ?? "" };
}

async function hasEnded(core: CoreV1Api, pod: PodName, containers: number): Promise<boolean> {
  const { containerStatuses = [] } = (await core.readNamespacedPod(pod)).status ?? {};
  const ended = containerStatuses.filter(({ state }) => state?.terminated !== undefined);
  return ended.length === containers;
}

const merging = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);

/** What every namespace allows. */
const securityContext = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };

function container(name: string, load: LoadArgs): V1Container {
  return {
    name,
    image: imageReferences.load,
    args: argsOf(load),
    resources: { requests: { cpu: CLIENT_CPU } },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
  };
}

function argsOf({ keep = 0, rate, seconds, target }: LoadArgs): string[] {
  const settings = { target, rate, seconds, keep, "wait-first": FIRST_ANSWER_WITHIN_SECONDS };
  const flags = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
  return [...flags, "--progress"];
}

/** What is printed each second. */
const PROGRESS = /^\d+ s: .*$/gm;

/** Reads a report. In the log of a container, what is printed each second may come behind it too. */
function readReport(name: string, printed: string): LoadReport {
  try {
    return JSON.parse(printed.replaceAll(PROGRESS, "")) as LoadReport;
  } catch {
    throw new Error(`The load ${name} has no report: ${printed}`);
  }
}
