import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { CoreV1Api, DiscoveryV1Api, KubeConfig } from "@kubernetes/client-node";
import { execa } from "execa";
import { inject, onTestFinished } from "vitest";
import { parse, stringify } from "yaml";
import { type AwsNetwork, readNetwork } from "../../local/cloud/network.ts";
import { AWS_REGION, awsReadAccess } from "../../local/cloud/simulated-aws.ts";
import { engineEnvironment, leanProgram, loadingFirst } from "../../local/engine/environment.ts";
import { ensureStack } from "../../local/engine/stack.ts";
import { checkout, localPaths } from "../../local/paths.ts";
import type { TestToolName } from "../../local/toolchain/recipes.ts";
import { awaitTestTool } from "../shared/test-tools.ts";
import { bundledClient, bundledClientEnvironment } from "./bundled-client.ts";
import type { TestCluster } from "./test-cluster.ts";

/** What a run of `pulumi` left behind. */
export interface PulumiRun {
  readonly exitCode: number;
  /** Everything it printed. */
  readonly output: string;
}

/** How `pulumi` is run. */
export interface PulumiOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly timeoutSeconds?: number;
  /** Interrupts it, as Ctrl-C does; where it has not ended by itself 5 seconds later, it is killed. */
  readonly interrupt?: AbortSignal;
  /** Told what it prints, while it runs. */
  readonly onPrint?: (printed: string) => void;
}

const toolchain = inject("toolchain");

/** The cluster of this worker: no other one works on it meanwhile. */
function ownCluster(): TestCluster {
  const worker = Number(process.env["VITEST_POOL_ID"]);
  const cluster = inject("clusters")[worker - 1];
  if (cluster === undefined) throw new Error(`Worker ${worker} has no cluster`);
  return cluster;
}

const cluster = ownCluster();

/** The folder of the cluster under test. */
export const paths = localPaths(cluster.root);
/** The tools. */
export { toolchain };

/** The path of one of the tests' own tools, which may still be being built. */
export const testTool = (tool: TestToolName): Promise<string> =>
  awaitTestTool(tool, inject("testToolsFailure"));

/** The connection to the cluster under test, as any client reaches it. */
export const config = new KubeConfig();
config.loadFromFile(paths.kubeconfig);
export const core = config.makeApiClient(CoreV1Api);
export const discovery = config.makeApiClient(DiscoveryV1Api);

/** URL of the simulated AWS. */
export const { awsEndpoint } = cluster;

/** The load balancers of the simulated AWS, asked directly. */
export const loadBalancing = new ElasticLoadBalancingV2({
  region: AWS_REGION,
  endpoint: awsEndpoint,
  credentials: awsReadAccess(paths, Number(new URL(awsEndpoint).port)),
});

/** What the cluster stands on in the simulated AWS. */
export function network(): AwsNetwork {
  const found = readNetwork(paths);
  if (found === undefined) throw new Error("The cluster under test has no simulated network");
  return found;
}

/** The environment of the engine. */
export const environment: Record<string, string> = {
  ...engineEnvironment(paths, toolchain, paths.kubeconfig),
  ...loadingFirst(leanProgram, bundledClient),
  ...bundledClientEnvironment,
  GOGC: "400", // the engine and its plugins live for seconds, and need not collect what they leave
};

const packageByName = join(checkout, "tests/shared/package-by-name.cjs");

/** For a program that imports the package by its name, as the examples and copies of them do. */
export const exampleEnvironment = loadingFirst(leanProgram, bundledClient, packageByName);

/** Runs the real engine on the checkout's own program, or on the one in `cwd`. */
export async function pulumi(
  args: readonly string[],
  options: PulumiOptions = {},
): Promise<PulumiRun> {
  const running = execa(toolchain.paths.pulumi, [...args, "--non-interactive", "--color=never"], {
    cwd: options.cwd ?? checkout,
    env: { ...environment, ...options.env },
    stdin: "ignore",
    all: true,
    reject: false,
    timeout: (options.timeoutSeconds ?? 120) * 1000,
    ...(options.interrupt && { cancelSignal: options.interrupt, killSignal: "SIGINT" }),
  });
  running.all.on("data", (printed: Buffer) => options.onPrint?.(printed.toString()));
  const result = await running;
  return { exitCode: result.exitCode ?? -1, output: result.all };
}

/** Creates the stack if there is none of that name. */
export const newStack = (stack: string) =>
  ensureStack(stack, paths, { pulumi: toolchain.paths.pulumi, environment });

/** The stack's outputs. */
export async function outputsOf(stack: string): Promise<unknown> {
  const { output } = await pulumi(["stack", "output", "--json", "--stack", stack]);
  return JSON.parse(output);
}

/**
 * Writes a program's dev configuration with some settings changed (`undefined` takes one away), and returns its path.
 * It is gone when the test ends; a hook says itself when.
 */
export function stackConfig(
  changes: Readonly<Record<string, unknown>>,
  program = checkout,
  whenDone: (remove: () => void) => void = onTestFinished,
): string {
  const { name: project } = parse(readFileSync(join(program, "Pulumi.yaml"), "utf8"));
  const file = parse(readFileSync(join(program, "Pulumi.dev.yaml"), "utf8"));
  for (const [key, value] of Object.entries(changes)) file.config[`${project}:${key}`] = value;
  const folder = mkdtempSync(join(tmpdir(), "stack-config-"));
  const path = join(folder, "Pulumi.dev.yaml");
  writeFileSync(path, stringify(file));
  whenDone(() => rmSync(folder, { recursive: true }));
  return path;
}
