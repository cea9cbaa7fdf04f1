import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
} from "@kubernetes/client-node";
import { onTestFinished } from "vitest";
import { stackFile } from "../../local/engine/mend-state.ts";
import { type PulumiOptions, type PulumiRun, paths, pulumi, stackConfig } from "./rig.ts";

const cwd = join(import.meta.dirname, "programs", "pinned");

/** The objects of the program `programs/pinned`, but for its namespace. */
const OBJECTS = [
  { kind: "ConfigMap", name: "settings" },
  { kind: "ConfigMap", name: "inside" },
  { kind: "Secret", name: "password" },
  { kind: "Service", name: "front" },
] as const;

/** The one that has a file of configuration, and with it the salt of its secrets. */
const STACK = "dev";
const state = stackFile(paths, "pinned", STACK);

/** The URN of a resource of the program. */
export const urnOf = (type: string, name: string) =>
  `urn:pulumi:${STACK}::pinned::${type}::${name}`;

/** How the program makes its provider. */
export type ProviderKind = "pinned" | "made elsewhere" | "plain";

/** A stack of the program, on whichever cluster a kubeconfig leads to. */
export class PinnedStack {
  readonly #namespace: string;
  readonly #provider: ProviderKind;

  constructor(namespace: string, provider: ProviderKind) {
    this.#namespace = namespace;
    this.#provider = provider;
  }

  /** Runs a command on it, such as `up --yes`; the settings are those of the program. */
  async run(
    args: readonly string[],
    kubeconfig: string,
    settings: object = {},
    options: PulumiOptions = {},
  ): Promise<PulumiRun> {
    const given = { provider: this.#provider, namespace: this.#namespace, ...settings };
    let remove = () => {};
    const file = stackConfig(given, cwd, (it) => {
      remove = it;
    });
    const all = [...args, "--stack", STACK, "--config-file", file];
    const env = { KUBECONFIG: kubeconfig, ...options.env };
    return await pulumi(all, { timeoutSeconds: 300, ...options, cwd, env }).finally(remove);
  }

  /** A copy of a kubeconfig with something changed. */
  kubeconfig(path: string, change: (text: string) => string): string {
    const folder = temporaryFolder();
    const copy = join(folder, "config");
    writeFileSync(copy, change(readFileSync(path, "utf8")), { mode: 0o600 });
    return copy;
  }

  /** What is in the state: its file says so sooner than the engine. */
  resources(): readonly string[] {
    const { checkpoint } = JSON.parse(readFileSync(state, "utf8"));
    const resources: readonly { readonly urn: string }[] = checkpoint.latest?.resources ?? [];
    return resources.map(({ urn }) => urn).sort();
  }
}

/** Writes the state down; the result puts it back. */
export function rememberState(): () => void {
  const text = readFileSync(state, "utf8");
  return () => writeFileSync(state, text);
}

/** Makes the program's stack; the result takes it away again. */
export async function initPinned(): Promise<() => Promise<void>> {
  await pulumi(["stack", "init", STACK, "--no-select"], { cwd });
  return async () => {
    await pulumi(["stack", "rm", "--yes", "--force", "--preserve-config", "--stack", STACK], {
      cwd,
    });
  };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "pinned-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** The objects that have the names of the program's in a cluster, whoever has made them. */
export class NamedObjects {
  readonly #api: KubernetesObjectApi;
  readonly #namespace: string;

  constructor(config: KubeConfig, namespace: string) {
    this.#api = KubernetesObjectApi.makeApiClient(config);
    this.#namespace = namespace;
  }

  /** Makes those that are missing. */
  async make(): Promise<void> {
    const metadata = { name: this.#namespace };
    await this.#create({ apiVersion: "v1", kind: "Namespace", metadata });
    for (const { kind, name } of OBJECTS) {
      const spec = kind === "Service" ? { spec: { ports: [{ port: 80 }] } } : {};
      const data = kind === "ConfigMap" ? { data: { owner: "somebody else" } } : {};
      await this.#create({ apiVersion: "v1", kind, metadata: this.#at(name), ...spec, ...data });
    }
  }

  /** Which they are, and in which version; `gone` where one is not there. */
  async versions(): Promise<Readonly<Record<string, string>>> {
    const found: Record<string, string> = {};
    for (const { kind, name } of OBJECTS) {
      const header = { apiVersion: "v1", kind, metadata: this.#at(name) };
      const { metadata } = await this.#api.read(header).catch(() => ({ metadata: undefined }));
      found[`${kind} ${name}`] = metadata ? `${metadata.uid} ${metadata.resourceVersion}` : "gone";
    }
    return found;
  }

  /** Deletes one and makes it anew under its name. */
  async remake(kind: string, name: string): Promise<void> {
    const header = { apiVersion: "v1", kind, metadata: this.#at(name) };
    await this.#api.delete(header);
    await this.#create(header);
  }

  #at = (name: string) => ({ name, namespace: this.#namespace });

  async #create(object: KubernetesObject): Promise<void> {
    await this.#api.create(object).catch((error: { code?: number }) => {
      if (error.code !== 409) throw error;
    });
  }
}
