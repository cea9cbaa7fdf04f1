import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppsV1Api, NetworkingV1Api } from "@kubernetes/client-node";
import { parse, stringify } from "yaml";
import { readOnlyToken, removeReadOnlyRole } from "../../shared/read-only-token.ts";
import type { GitHubEvent } from "../../shared/workflows/play.ts";
import { Repository } from "../../shared/workflows/repository.ts";
import { config, core, paths, pulumi, toolchain } from "../rig.ts";

/** The stacks that the workflows preview and update. */
export const STACKS = ["staging", "prod"] as const;
type Stack = (typeof STACKS)[number];

/** Looks like a token of Pulumi's service, and is none. */
const CANARY = `pul-${"0123456789abcdef".repeat(3).slice(0, 40)}`;

/** A secret of the stacks' configuration. */
const CONFIGURED = "canary-0b4d6f1e97";

const apps = config.makeApiClient(AppsV1Api);
const networking = config.makeApiClient(NetworkingV1Api);

/** The commits of a pull request: the one before it, its own and the merge that GitHub makes of both. */
export interface PullRequestCommits {
  readonly base: string;
  readonly head: string;
  readonly merge: string;
}

/** A repository with this checkout's program, whose stacks are deployed on the rig. */
export class Shop {
  readonly folder = join(paths.root, "workflows");
  readonly repository = new Repository(join(this.folder, "origin"));
  /** What the machines of the jobs have: the engine, and where the states of the stacks are. */
  readonly machine = {
    PULUMI_HOME: toolchain.pulumiHome,
    PULUMI_BACKEND_URL: `file://${join(this.folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "passphrase-of-a-test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  #readOnlyToken = "";

  /** Deploys the stacks, each in a namespace of its own, as somebody at a terminal does the first time. */
  async deploy(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(join(this.folder, "state"), { recursive: true });
    await this.repository.create();
    this.#readOnlyToken = await readOnlyToken(config);
    for (const stack of STACKS) {
      writeFileSync(this.#kubeconfigPath(stack), this.kubeconfig(stack), { mode: 0o600 });
      const setting = `  pulumi-kubernetes-services:namespace: shop-${stack}\n`;
      this.repository.edit(`Pulumi.${stack}.yaml`, (text) => `${text}${setting}`);
      await this.engine(stack, "stack", "init", "--no-select");
      await this.engine(stack, "config", "set", "--secret", "shop:apiToken", CONFIGURED);
    }
    await this.repository.commit("A shop");
    await Promise.all(STACKS.map((stack) => this.engine(stack, "up", "--yes", "--skip-preview")));
  }

  /** Takes everything away from the cluster. */
  async remove(): Promise<void> {
    await Promise.all(
      STACKS.map((stack) => core.deleteNamespace({ name: `shop-${stack}` }).catch(() => undefined)),
    );
    await removeReadOnlyRole(config);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs the engine on a stack. */
  engine(stack: Stack, ...args: readonly string[]): Promise<void> {
    return this.#engine(stack, args);
  }

  /** Puts back what the program says with a command in which the stack is called NAME. */
  putBack(stack: Stack, command: string): Promise<void> {
    const [variable = "", , ...args] = command.replace("--stack NAME", "").trim().split(/ +/);
    const [name = "", value = ""] = variable.split("=");
    return this.#engine(stack, [...args, "--yes", "--skip-preview"], { [name]: value });
  }

  async #engine(stack: Stack, args: readonly string[], env = {}): Promise<void> {
    const { exitCode, output } = await pulumi([...args, "--stack", stack], {
      cwd: this.repository.folder,
      env: { ...this.machine, KUBECONFIG: this.#kubeconfigPath(stack), ...env },
      timeoutSeconds: 600,
    });
    if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} fails: ${output}`);
  }

  /** Proposes other numbers of replicas on a branch, and merges it as GitHub does to try it out. */
  async propose(replicas: Readonly<Partial<Record<Stack, number>>>): Promise<PullRequestCommits> {
    const base = await this.repository.git("rev-parse", "main");
    await this.repository.git("checkout", "--quiet", "-B", "feature", "main");
    for (const [stack, wanted] of Object.entries(replicas)) {
      const setting = `  pulumi-kubernetes-services:replicas: ${wanted}\n`;
      this.repository.edit(`Pulumi.${stack}.yaml`, (text) =>
        text
          .replace(/ {2}pulumi-kubernetes-services:replicas: .*\n/, "")
          .replace("config:\n", `config:\n${setting}`),
      );
    }
    const head = await this.repository.commit("Other numbers of replicas");
    await this.repository.git("checkout", "--quiet", "--detach", "main");
    await this.repository.git("merge", "--quiet", "--no-ff", "--no-edit", head);
    const merge = await this.repository.git("rev-parse", "HEAD");
    await this.repository.git("update-ref", "refs/pull/7/merge", merge);
    return { base, head, merge };
  }

  /** Merges what was proposed. */
  async merge({ merge }: PullRequestCommits): Promise<void> {
    await this.repository.git("checkout", "--quiet", "-B", "main", merge);
  }

  /** The secrets of an environment, as the guide says who gets which. */
  secretsOf = (environment: string): Readonly<Record<string, string>> => {
    const stack = STACKS.find((it) => environment.endsWith(it));
    if (stack === undefined) return {};
    const mayWrite = environment === stack;
    return {
      KUBECONFIG_TEXT: this.kubeconfig(stack, mayWrite ? undefined : this.#readOnlyToken),
      PULUMI_ACCESS_TOKEN: CANARY,
    };
  };

  /** The artifacts of all runs. */
  readonly artifacts = join(this.folder, "artifacts");

  /** What no job may print, by what it is. */
  secrets(): Readonly<Record<string, string>> {
    const { users } = parse(readFileSync(paths.kubeconfig, "utf8"));
    return {
      "token of the role that reads": this.#readOnlyToken,
      "credential of the role that writes": String(Object.values(users[0].user).at(-1)),
      "token of Pulumi's service": CANARY,
      "passphrase of the state": this.machine.PULUMI_CONFIG_PASSPHRASE,
      "secret of the configuration": CONFIGURED,
    };
  }

  /** Scales a stack's front end, as somebody does by hand. */
  async scale(stack: Stack, replicas: number): Promise<void> {
    const place = { name: "my-frontend", namespace: `shop-${stack}` };
    const scale = await apps.readNamespacedDeploymentScale(place);
    await apps.replaceNamespacedDeploymentScale({
      ...place,
      body: { ...scale, spec: { replicas } },
    });
  }

  /** Removes a stack's NetworkPolicies, as somebody does by hand. */
  async removePolicies(stack: Stack): Promise<void> {
    await networking.deleteCollectionNamespacedNetworkPolicy({ namespace: `shop-${stack}` });
  }

  /** The rig's kubeconfig with a context of the stack's name; with a token, as the role that has it. */
  kubeconfig(stack: Stack, token?: string): string {
    const file = parse(readFileSync(paths.kubeconfig, "utf8"));
    file.contexts[0].name = stack;
    file["current-context"] = stack;
    if (token !== undefined) file.users[0].user = { token };
    return stringify(file);
  }

  /** The replicas of a stack's workloads in the cluster. */
  async replicas(stack: Stack): Promise<readonly (number | undefined)[]> {
    const { items } = await apps.listNamespacedDeployment({ namespace: `shop-${stack}` });
    return items.map(({ spec }) => spec?.replicas);
  }

  #kubeconfigPath = (stack: Stack): string => join(this.folder, `${stack}.kubeconfig`);
}

/** A recorded event, with the commits of this pull request in the place of those that it was recorded with. */
export function recordedEvent(
  name: string,
  recording: string,
  sha: string,
  commits: PullRequestCommits,
): GitHubEvent {
  const path = join(import.meta.dirname, "../../shared/workflows/events", `${recording}.json`);
  const text = Object.entries(commits).reduce(
    (all, [key, commit]) => all.replaceAll(`$${key}`, commit),
    readFileSync(path, "utf8"),
  );
  return { name, ref: "refs/heads/main", sha, payload: JSON.parse(text) };
}
