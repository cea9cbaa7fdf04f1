import { constants } from "node:fs";
import { access, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join, sep } from "node:path";
import type { ToolName } from "./recipes.ts";
import { runChild } from "./run-child.ts";
import { distrust } from "./trust.ts";
import { versions } from "./versions.ts";

/** How an installed tool tells its version, and which answers will do. */
interface VersionQuestion {
  /** The executable's name, where it is not the tool's. */
  readonly executable?: string;
  readonly args: readonly string[];
  readonly accepts: (answer: string) => boolean;
}

const exactly = (version: string) => (answer: string) =>
  /\d+\.\d+\.\d+(-[\w.]+)?/.exec(answer)?.[0] === version;

const sameMinor = (version: string) => {
  const [major, minor] = version.split(".");
  return (answer: string) => new RegExp(`v${major}\\.${minor}\\.\\d+`).test(answer);
};

// Kubernetes' parts work together across patch releases of one minor version.
const kubernetesQuestion: VersionQuestion = {
  args: ["--version"],
  accepts: sameMinor(versions.kubernetes),
};

/**
 * The tools that may come from PATH. kwok is not among them, because its stages come with its
 * source; nor are moto and the judges, which are Python packages; nor the provider, which tells no version; nor
 * CoreDNS, which has to run in an image without libraries. What a distribution packages is looked
 * for as a whole (`node-packages.ts`).
 */
const questions: Partial<Record<ToolName, VersionQuestion>> = {
  pulumi: { args: ["version"], accepts: exactly(versions.pulumi) },
  etcd: { args: ["--version"], accepts: exactly(versions.etcd) },
  "kube-apiserver": kubernetesQuestion,
  "kube-controller-manager": kubernetesQuestion,
  "kube-scheduler": kubernetesQuestion,
  "aws-cloud-controller-manager": {
    args: ["--version"],
    accepts: exactly(versions.awsCloudControllerManager),
  },
  "kube-apiserver-1.35": {
    executable: "kube-apiserver",
    args: ["--version"],
    accepts: sameMinor(versions.olderKubernetes),
  },
  kubelet: { args: ["--version"], accepts: sameMinor(versions.kubernetesNode) },
  "kube-proxy": { args: ["--version"], accepts: sameMinor(versions.kubernetesNode) },
  "kube-score": { args: ["version"], accepts: exactly(versions.kubeScore) },
};

/** Tells whether what a tool on PATH says of itself is a version this project works with. */
export function acceptsVersion(tool: ToolName, answer: string): boolean {
  return questions[tool]?.accepts(answer) ?? false;
}

/** A program that another user can write is passed over: it may be run as root. */
async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await distrust(path)) === undefined;
  } catch {
    return false;
  }
}

/** The first executable file with a name in some folders. */
export async function firstExecutable(name: string, folders: readonly string[]) {
  for (const folder of folders) {
    if (await isExecutable(join(folder, name))) return join(folder, name);
  }
  return;
}

/** Where to look for installed tools. */
export interface LookupContext {
  readonly env: NodeJS.ProcessEnv;
  /** The folders of PATH that can hold an installed tool. */
  readonly folders: readonly string[];
  /** Where the user's own Pulumi keeps plugins and the versions its launcher has installed. */
  readonly pulumiHome: string;
}

// What npm puts on PATH are launchers: the one called pulumi downloads the CLI when it is run.
const npmFolder = join("node_modules", ".bin");

/** Leaves out our own cache, which a program we started may have on its PATH. */
export function lookupContext(env: NodeJS.ProcessEnv, cacheDirectory: string): LookupContext {
  const { PATH = "", PULUMI_HOME = "" } = env;
  const isOurs = (folder: string): boolean => folder.startsWith(cacheDirectory + sep);
  const folders = PATH.split(delimiter).filter(
    (folder) => isAbsolute(folder) && !folder.endsWith(npmFolder) && !isOurs(folder),
  );
  const ownHome = PULUMI_HOME !== "" && !isOurs(PULUMI_HOME);
  return { env, folders, pulumiHome: ownHome ? PULUMI_HOME : join(homedir(), ".pulumi") };
}

/** A tool on PATH, if it says that it is the right version. */
async function rightOneOnPath(tool: ToolName, { env, folders }: LookupContext) {
  const question = questions[tool];
  const path = question && (await firstExecutable(question.executable ?? tool, folders));
  if (!path) return;

  try {
    const quiet = { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const answer = await runChild({
      command: path,
      args: question.args,
      env: quiet,
      limitSeconds: 10,
    });
    return question.accepts(answer) ? path : undefined;
  } catch {
    return; // Whatever cannot tell its version is not used.
  }
}

/**
 * The engine and its language host, which are only taken together: from PATH, or from the folder
 * in which npm's launcher and the Automation API install that version.
 */
async function installedPulumi(around: LookupContext): Promise<Partial<Record<ToolName, string>>> {
  const launched = join(around.pulumiHome, "versions", versions.pulumi, "bin");
  const pulumi =
    (await rightOneOnPath("pulumi", around)) ?? (await firstExecutable("pulumi", [launched]));
  if (!pulumi) return {};

  const folders = [dirname(pulumi), dirname(await realpath(pulumi)), ...around.folders];
  const host = await firstExecutable("pulumi-language-nodejs", folders);
  return host ? { pulumi, "pulumi-language-nodejs": host } : {};
}

/** The provider, where the user's own Pulumi has installed it as a plugin of the right version. */
async function installedProvider({ pulumiHome }: LookupContext) {
  const plugin = join(pulumiHome, "plugins", `resource-kubernetes-v${versions.kubernetesProvider}`);
  const unfinished = await access(`${plugin}.partial`).then(
    () => true,
    () => false,
  );
  return unfinished ? undefined : firstExecutable("pulumi-resource-kubernetes", [plugin]);
}

/**
 * Finds the tools that are installed on this machine in a version this project works with. Only
 * a program that is there is asked for its version, and nothing in `cacheDirectory` counts.
 */
export async function findInstalled(
  tools: readonly ToolName[],
  cacheDirectory: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Partial<Record<ToolName, string>>> {
  const around = lookupContext(env, cacheDirectory);
  const found: Partial<Record<ToolName, string>> = {};
  const pulumiTools: readonly ToolName[] = ["pulumi", "pulumi-language-nodejs"];

  const lookUps = tools
    .filter((tool) => !pulumiTools.includes(tool))
    .map(async (tool) => {
      const path =
        tool === "pulumi-resource-kubernetes"
          ? await installedProvider(around)
          : await rightOneOnPath(tool, around);
      if (path) found[tool] = path;
    });
  if (tools.some((tool) => pulumiTools.includes(tool))) {
    lookUps.push(installedPulumi(around).then((pair) => void Object.assign(found, pair)));
  }
  await Promise.all(lookUps);
  return found;
}
