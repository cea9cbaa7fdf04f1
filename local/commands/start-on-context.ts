import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { LoadBalancerController } from "../../components/cluster/args.ts";
import { openDevStack } from "../engine/dev-stack.ts";
import { engineTools } from "../engine/environment.ts";
import { reachableContext } from "../engine/kube-context.ts";
import { runPulumi } from "../engine/run-pulumi.ts";
import { DEV_STACK, PROJECT } from "../engine/stack.ts";
import { UserError } from "../errors.ts";
import { writeAtomically } from "../files/atomic-file.ts";
import { privateFolder } from "../files/private-folder.ts";
import { shellWord } from "../formats/shell.ts";
import { type StackFile, stackText } from "../formats/stack.ts";
import { movingLine } from "../moving-line.ts";
import { checkout, type LocalPaths, localPaths } from "../paths.ts";
import { report } from "../terminal.ts";
import { ensureToolchain } from "../toolchain/ensure-toolchain.ts";
import { withLock } from "./lock.ts";

/** Options of `npm start -- --context NAME`. */
export interface ContextOptions {
  readonly context: string;
  readonly image?: string;
  readonly controller?: string;
  readonly json?: true;
}

/** What the person decides about the cluster, remembered for the next time. */
interface Choice {
  readonly image: string;
  readonly controller: string;
}

/** Deploys the dev stack to a cluster that is there already, under a state of its own. */
export async function startOnContext(options: ContextOptions, signal: AbortSignal): Promise<void> {
  const { kubeconfig, uid } = await reachableContext(options.context);
  const paths = contextPaths(options.context);
  const choice = await choose(options, paths, signal);
  await withLock(paths, signal, async () => {
    const engine = await engineFor(paths, kubeconfig, signal);
    const configFile = writeConfig(paths, options.context, choice);
    // an update is held against the program's own pin; a removal does not run the program
    if (!existsSync(uidPath(paths))) writeAtomically(uidPath(paths), uid);
    const up = ["up", "--yes", "--skip-preview", "--stack", DEV_STACK, "--config-file", configFile];
    await runPulumi(up, { ...engine, output: "show" });
    // a damaged one is written anew only when the pin has shown that this is the cluster
    if (readUid(paths) === undefined) writeAtomically(uidPath(paths), uid);
    const outputs = ["stack", "output", "--stack", DEV_STACK, ...(options.json ? ["--json"] : [])];
    process.stdout.write(`${await runPulumi(outputs, { ...engine, output: "return" })}\n`);
  });
  report(`Remove it with npm stop -- --context ${shellWord(options.context)}`);
}

/** Takes away what {@link startOnContext} deployed. */
export async function removeFromContext(context: string, signal: AbortSignal): Promise<void> {
  const paths = contextPaths(context);
  if (!existsSync(uidPath(paths))) {
    throw new UserError(
      `Cannot remove anything from context "${context}": nothing was deployed to it from this checkout`,
    );
  }
  const { kubeconfig, uid } = await reachableContext(context);
  const known = readUid(paths);
  if (known === undefined) {
    throw new UserError(
      `Cannot remove anything from context "${context}": ${uidPath(paths)} is damaged; run npm start -- --context ${shellWord(context)}, which writes it anew where it is the same cluster`,
    );
  }
  if (known !== uid) {
    throw new UserError(
      `Cannot remove anything from context "${context}": it points at another cluster than the one that was deployed to; point it back`,
    );
  }
  await withLock(paths, signal, async () => {
    const engine = await engineFor(paths, kubeconfig, signal);
    const configFile = configPath(paths);
    // The program looks whether each object is still its own.
    const destroy = ["destroy", "--run-program", "--yes", "--skip-preview", "--stack", DEV_STACK];
    await runPulumi([...destroy, "--config-file", configFile], { ...engine, output: "show" });
    rmSync(paths.root, { recursive: true });
  });
}

/** One folder a context, named so that no two contexts share it and every file system can bear it. */
function contextPaths(context: string): LocalPaths {
  const readable = context.replaceAll(/[^A-Za-z0-9-]+/g, "-").slice(-40);
  const digest = createHash("sha256").update(context).digest("hex").slice(0, 8);
  return localPaths(join(localPaths().contexts, `${readable}-${digest}`));
}

/** The cluster that was deployed to; `undefined` where the file does not say it. */
function readUid(paths: LocalPaths): string | undefined {
  const text = readFileSync(uidPath(paths), "utf8");
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : undefined;
}

const uidPath = (paths: LocalPaths) => join(paths.root, "cluster-uid");

/** Options win, then what was chosen last time, then the answers of the person at the terminal. */
async function choose(
  options: ContextOptions,
  paths: LocalPaths,
  signal: AbortSignal,
): Promise<Choice> {
  const before = readChoice(paths);
  const fallback = before?.image ?? publicImage();
  const image = options.image ?? (await askForImage(fallback, signal));
  const known: string[] = Object.values(LoadBalancerController);
  const controller =
    options.controller ??
    before?.controller ??
    (await askForController(known, signal)) ??
    LoadBalancerController.None;
  if (!known.includes(controller)) {
    throw new UserError(
      `Cannot use --controller ${controller}: must be one of ${known.join(", ")}`,
    );
  }
  report(`Image: ${image}`);
  report(
    controller === LoadBalancerController.None
      ? "Load balancer: none; the front is left out. Say --controller to have it"
      : `Load balancer controller: ${controller}`,
  );
  return { image, controller };
}

async function askForImage(fallback: string, signal: AbortSignal): Promise<string> {
  if (!process.stdin.isTTY) return fallback;
  const { input } = await import("@inquirer/prompts");
  const message = "Image to run (an HTTP server on 8080 that runs as any user)";
  return input({ message, default: fallback }, { signal });
}

async function askForController(
  known: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const { select } = await import("@inquirer/prompts");
  const message = "What makes load balancers in this cluster";
  const choices = known.map((value) => ({ value }));
  return select({ message, choices, default: LoadBalancerController.None }, { signal });
}

const configPath = (paths: LocalPaths) => join(paths.root, "Pulumi.dev.yaml");

const readStackFile = (path = join(checkout, "Pulumi.dev.yaml")): StackFile =>
  parse(readFileSync(path, "utf8"));

/** An image that any cluster can pull; that of the dev stack lies on the embedded cluster's nodes alone. */
const publicImage = (): string =>
  String(readStackFile(join(checkout, "Pulumi.staging.yaml")).config[`${PROJECT}:image`]);

function readChoice(paths: LocalPaths): Choice | undefined {
  const path = configPath(paths);
  if (!existsSync(path)) return undefined;
  const { image, controller } = choiceIn(path);
  if (typeof image === "string" && typeof controller === "string") return { image, controller };
  report(`${path} is damaged; what was chosen last time is forgotten`);
  return undefined;
}

function choiceIn(path: string): { readonly image?: unknown; readonly controller?: unknown } {
  try {
    const { config } = readStackFile(path);
    return { image: config[`${PROJECT}:image`], controller: config[`${PROJECT}:controller`] };
  } catch {
    return {};
  }
}

/** The dev stack's configuration, with what is different on this cluster. */
function writeConfig(paths: LocalPaths, context: string, { image, controller }: Choice): string {
  const dev = readStackFile();
  const { [`${PROJECT}:readinessPath`]: _ofOurImage, ...settings } = dev.config;
  const config = {
    ...settings,
    [`${PROJECT}:context`]: context,
    [`${PROJECT}:image`]: image,
    [`${PROJECT}:controller`]: controller,
    [`${PROJECT}:frontService`]: controller !== LoadBalancerController.None,
  };
  privateFolder(paths.root);
  writeAtomically(configPath(paths), stackText("Pulumi.dev.yaml", { ...dev, config }));
  return configPath(paths);
}

async function engineFor(paths: LocalPaths, kubeconfig: string, signal: AbortSignal) {
  const toolchain = await ensureToolchain({
    tools: engineTools,
    report,
    show: movingLine(),
    signal,
  });
  return openDevStack(paths, toolchain, kubeconfig, signal);
}
