import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { execa } from "execa";
import { versions } from "../../../local/toolchain/versions.ts";
import { environment, exampleEnvironment, paths, toolchain } from "../rig.ts";

const OTHER_KUBERNETES = join(import.meta.dirname, "other-kubernetes.cjs");

/**
 * What `npm install` does here, for one package: the registry's package is laid out, and nothing else changes. The engine finds its provider
 * under that version then. It is the same provider: the version's own cannot be had here, so what is shown is what the engine and the
 * package do.
 */
const NPM = `#!/bin/bash -e
[ "$1" = install ]
archive=$(PATH="\${PATH#*:}" npm pack --silent "$2")
rm -rf node_modules/@pulumi/kubernetes
mkdir -p node_modules/@pulumi/kubernetes "$PULUMI_HOME/plugins/resource-kubernetes-v\${2##*@}"
tar -xzf "$archive" --strip-components=1 -C node_modules/@pulumi/kubernetes
ln -sf "$OUR_PROVIDER" "$PULUMI_HOME/plugins/resource-kubernetes-v\${2##*@}/"
`;

/** A project of its own, with a backend, another one, and a home of the engine in which further versions of the provider may be. */
export class StateProject {
  readonly folder = join(paths.root, "state-runbooks");
  readonly #environment: Record<string, string>;
  #exports = "";

  constructor() {
    rmSync(this.folder, { recursive: true, force: true });
    for (const name of ["bin", "state", "other-state", "home"]) {
      mkdirSync(join(this.folder, name), { recursive: true, mode: 0o700 });
    }
    this.write(
      "Pulumi.yaml",
      "name: runbooks\nmain: index.ts\nruntime: { name: nodejs, options: { typescript: false } }\n",
    );
    this.write("package.json", '{ "type": "module", "main": "index.ts" }\n');
    this.write("bin/npm", NPM);
    chmodSync(join(this.folder, "bin/npm"), 0o700);
    const provider = join(
      toolchain.pulumiHome,
      `plugins/resource-kubernetes-v${versions.kubernetesProvider}`,
    );
    cpSync(provider, join(this.folder, "home/plugins", basename(provider)), { recursive: true });
    const nodeOptions = `${exampleEnvironment.NODE_OPTIONS} --require ${JSON.stringify(OTHER_KUBERNETES)}`;
    this.#environment = {
      ...environment,
      NODE_OPTIONS: nodeOptions,
      PATH: `${join(this.folder, "bin")}:${environment["PATH"]}`,
      PULUMI_HOME: join(this.folder, "home"),
      OUR_PROVIDER: join(provider, "pulumi-resource-kubernetes"),
      PULUMI_BACKEND_URL: `file://${join(this.folder, "state")}`,
      OLD_BACKEND: `file://${join(this.folder, "state")}`,
      NEW_BACKEND: `file://${join(this.folder, "other-state")}`,
    };
  }

  /** Writes a file of the project. */
  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /**
   * Runs commands as somebody does who copies them into one shell after the other: what they export stays.
   *
   * @returns everything that they printed
   * @throws Error with that, if one fails
   */
  async run(commands: string): Promise<string> {
    const { all, exitCode } = await execa("bash", ["-e", "-c", `${this.#exports}${commands}`], {
      cwd: this.folder,
      env: this.#environment,
      stdin: "ignore",
      all: true,
      reject: false,
      timeout: 600_000,
    });
    if (exitCode !== 0) throw new Error(`${commands}\nends with ${exitCode}:\n${all}`);
    const exported = commands.match(/^export .*\n/gm) ?? [];
    this.#exports += exported.join("");
    return all;
  }

  /** Removes it. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
