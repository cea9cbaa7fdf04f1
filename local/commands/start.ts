import { noForwards, readForwards } from "../cloud/load-balancers/forwards.ts";
import { startCluster } from "../cluster/embedded-cluster.ts";
import { openDevStack } from "../engine/dev-stack.ts";
import { type PulumiOptions, runPulumi } from "../engine/run-pulumi.ts";
import { DEV_STACK } from "../engine/stack.ts";
import { UserError } from "../errors.ts";
import { movingLine } from "../moving-line.ts";
import { chooseNodes, NodeKind } from "../nodes/kind.ts";
import { pageOrNote } from "../page/ensure-page.ts";
import { localPaths } from "../paths.ts";
import { interruptSignal, report } from "../terminal.ts";
import { ensureToolchain } from "../toolchain/ensure-toolchain.ts";
import { realNodesToolNames } from "../toolchain/recipes.ts";
import { settled } from "../wait.ts";
import { withLock } from "./lock.ts";
import { describeStart, printStart } from "./started.ts";

/** Options of `npm start`. */
export interface StartOptions {
  readonly context?: string;
  readonly image?: string;
  readonly controller?: string;
  readonly nodes?: string;
  readonly json?: true;
}

/** `npm start`. */
export async function start(options: StartOptions): Promise<void> {
  const signal = interruptSignal();
  if (options.context !== undefined) {
    const { startOnContext } = await import("./start-on-context.ts");
    return startOnContext({ ...options, context: options.context }, signal);
  }
  if (options.image !== undefined || options.controller !== undefined) {
    throw new UserError(
      "Cannot use --image or --controller without --context: the embedded cluster takes both from Pulumi.dev.yaml; change them there",
    );
  }
  const paths = localPaths();
  await withLock(paths, signal, async () => {
    const { kind, reason } = await chooseNodes(options.nodes);
    const tools = await toolsFor(kind, signal);
    report(`Starting the embedded cluster with ${kind} nodes: ${reason}`);
    const cluster = await startCluster(paths, { ...tools, report, signal });
    const engine = await openDevStack(paths, tools.toolchain, paths.kubeconfig, signal);
    const up = ["up", "--yes", "--skip-preview", "--stack", DEV_STACK];
    const [page] = await settled([
      pageOrNote(paths, { report, signal }),
      runPulumi(up, { ...engine, output: "show" }),
    ]);
    const result = describeStart({
      cluster,
      kubeconfig: paths.kubeconfig,
      nodes: kind,
      outputs: await stackOutputs(engine),
      page,
      forwards: kind === NodeKind.Real ? readForwards(paths) : noForwards,
    });
    process.stdout.write(
      options.json ? `${JSON.stringify(result, undefined, 2)}\n` : printStart(result),
    );
  });
}

/** Both work without any of the tools: what this program makes is asked of the program alone. */
const meanwhile = `Meanwhile, in another terminal: npm run render -- --stack ${DEV_STACK} prints the manifests that will be deployed, npm run topology -- --stack ${DEV_STACK} their picture`;

async function toolsFor(kind: NodeKind, signal: AbortSignal) {
  const show = movingLine();
  if (kind === NodeKind.Simulated) {
    const toolchain = await ensureToolchain({ report, show, meanwhile, signal });
    return { toolchain, realNodes: undefined };
  }
  const tools = realNodesToolNames;
  const toolchain = await ensureToolchain({ tools, report, show, meanwhile, signal });
  return { toolchain, realNodes: toolchain };
}

async function stackOutputs(
  engine: Omit<PulumiOptions, "output">,
): Promise<Record<string, string>> {
  const text = await runPulumi(["stack", "output", "--json", "--stack", DEV_STACK], {
    ...engine,
    output: "return",
  });
  return JSON.parse(text) as Record<string, string>;
}
