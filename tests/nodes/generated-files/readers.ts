import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";
import { waitFor } from "../../../local/wait.ts";

const run = promisify(execFile);
const WITHIN_SECONDS = 30;
const LARGEST_OUTPUT = 100_000_000;

/** Paths of the programs that read generated files. */
export interface ReaderPaths {
  readonly "aws-cloud-controller-manager": string;
  readonly containerd: string;
  readonly coredns: string;
  readonly haproxy: string;
  readonly "kube-proxy": string;
  readonly kubelet: string;
  /** A Python that has PyYAML. */
  readonly moto: string;
  readonly pulumi: string;
}

/** Of an API server that is not asked. */
const NOBODYS_KUBECONFIG = `apiVersion: v1
kind: Config
current-context: nobody
contexts: [{name: nobody, context: {cluster: nobody, user: nobody}}]
clusters: [{name: nobody, cluster: {server: "https://127.0.0.1:9"}}]
users: [{name: nobody, user: {}}]
`;
const FAMILIES = /IP families will be added to nodes: \[(.*)\]\n/;

/** Some of a kubelet's configuration, by the names of its own type. */
export interface KubeletConfiguration {
  readonly KubeReserved?: Readonly<Record<string, string>>;
}

/** A server as HAProxy knows it. */
export interface KnownServer {
  readonly backend: string;
  readonly server: string;
}

/** Reads generated files with the programs they are for, in a folder of its own. */
export class Readers {
  readonly #paths: ReaderPaths;
  readonly #folder = mkdtempSync(join(tmpdir(), "generated-files-"));

  constructor(paths: ReaderPaths) {
    this.#paths = paths;
  }

  /** Removes the folder. */
  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  /** What a running HAProxy calls its servers, in the order of the file. */
  async haproxyNames(text: string, of: (server: KnownServer) => string): Promise<string[]> {
    const socket = join(this.#folder, "stats");
    const answer = await this.#withHaproxy(`${text}global\n  stats socket ${socket}\n`, () =>
      ask(socket, "show servers state"),
    );
    const known = answer.split("\n").filter((line) => /^\d+ /.test(line));
    const names = known.map((line) => {
      const [, backend = "", , server = ""] = line.split(" ");
      return of({ backend, server });
    });
    return [...new Set(names)];
  }

  /** The paths that a running HAProxy asks a checked server for, in alphabetical order. */
  async haproxyPaths(text: string, server: string, count: number): Promise<string[]> {
    const asked = new Set<string>();
    const target = createServer(({ url = "" }, response) => {
      asked.add(url);
      response.end();
    }).listen(0, "127.0.0.1");
    await once(target, "listening");
    const { port } = target.address() as AddressInfo;
    try {
      await this.#withHaproxy(text.replaceAll(server, `127.0.0.1:${port}`), () =>
        waitFor(() => asked.size >= count, {
          awaited: "HAProxy to check all",
          timeoutSeconds: WITHIN_SECONDS,
        }),
      );
    } finally {
      target.closeAllConnections();
      target.close();
    }
    return [...asked];
  }

  async #withHaproxy<T>(text: string, use: () => Promise<T>): Promise<T> {
    const file = this.#write("haproxy.cfg", text);
    // A proxy that listens, as otherwise it would not run.
    const door = this.#write(
      "door.cfg",
      `frontend door\n  mode tcp\n  timeout client 5s\n  bind unix@${this.#folder}/door\n`,
    );
    const haproxy = [this.#paths.haproxy, "-f", file, "-f", door] as const;
    await run(haproxy[0], ["-c", ...haproxy.slice(1)], { maxBuffer: LARGEST_OUTPUT });
    const child = spawn(haproxy[0], ["-db", ...haproxy.slice(1)], { stdio: "ignore" });
    const ended = once(child, "exit");
    try {
      await waitFor(() => reachable(join(this.#folder, "door")), {
        awaited: "HAProxy",
        timeoutSeconds: WITHIN_SECONDS,
      });
      return await use();
    } finally {
      child.kill("SIGKILL");
      await ended;
    }
  }

  /** The names of a hosts file, as the C library finds them. */
  hosts(text: string): Promise<string[]> {
    return this.#mounted(text, "/etc/hosts", ["getent", "-s", "files", "hosts"]).then((answer) =>
      answer
        .trim()
        .split("\n")
        .map((line) => line.split(/\s+/)[1] ?? ""),
    );
  }

  /** The name servers, as a resolver reads them. */
  async resolver(text: string): Promise<string[]> {
    const program = "console.log(JSON.stringify(require('node:dns').getServers()))";
    const command = [process.execPath, "--eval", program];
    return JSON.parse(await this.#mounted(text, "/etc/resolv.conf", command));
  }

  /** What a program prints that sees a file in place of another. */
  async #mounted(text: string, at: string, command: readonly string[]): Promise<string> {
    const file = this.#write("mounted", text);
    const script = 'mount --bind "$1" "$2" && shift 2 && exec "$@"';
    const args = ["--mount", "sh", "-c", script, "sh", file, at, ...command];
    return (await run("unshare", args, { maxBuffer: LARGEST_OUTPUT })).stdout;
  }

  /** The families of addresses that the AWS cloud controller says nodes will have. */
  async cloudController(text: string): Promise<string[]> {
    const args = [
      "--cloud-provider=aws",
      `--cloud-config=${this.#write("aws-cloud-config.ini", text)}`,
      `--kubeconfig=${this.#write("kubeconfig", NOBODYS_KUBECONFIG)}`,
      "--leader-elect=false",
      "--bind-address=127.0.0.1",
      "--secure-port=0",
    ];
    const said = await saidBy(this.#paths["aws-cloud-controller-manager"], args, FAMILIES);
    return (FAMILIES.exec(said)?.[1] ?? "").split(" ");
  }

  /** The words that CoreDNS says are no policy, of each file one. */
  async coredns(texts: readonly string[]): Promise<string[]> {
    const words: string[] = [];
    for (const text of texts) {
      const args = ["-conf", this.#write("Corefile", text)];
      const said = await saidBy(this.#paths.coredns, args, /^CoreDNS-/m);
      words.push(/unknown policy: (.*)\n/.exec(said)?.[1] ?? "");
    }
    return words;
  }

  /** The kubelet's configuration as it goes on with it. It ends by itself then, before it does anything. */
  async kubelet(text: string): Promise<KubeletConfiguration> {
    const args = [
      `--config=${this.#write("kubelet.yaml", text)}`,
      `--root-dir=${this.#folder}/kubelet`,
      `--cert-dir=${this.#folder}/kubelet`,
      "--exit-on-lock-contention", // without the file to lock
      "--v=5",
    ];
    const said = await saidBy(this.#paths.kubelet, args);
    const [, configuration] = /"KubeletConfiguration" configuration=<\n(.*?)\n >/s.exec(said) ?? [];
    if (configuration === undefined) throw new Error(said.trim().split("\n").at(-1));
    return JSON.parse(configuration);
  }

  /** The words that kube-proxy says are no ranges of addresses. */
  async kubeProxy(text: string): Promise<string[]> {
    const args = ["--config", this.#write("kube-proxy.yaml", text)];
    const error = errorIn(await saidBy(this.#paths["kube-proxy"], args));
    return goTextsIn(error, "NodePortAddresses\\[\\d+\\]: Invalid value: ", "");
  }

  /** kube-proxy's configuration as it writes what it has read; it cannot write control characters. */
  async kubeProxyConfiguration(text: string): Promise<object> {
    const written = join(this.#folder, "read-kube-proxy.yaml");
    const args = [
      `--config=${this.#write("kube-proxy.yaml", text)}`,
      `--write-config-to=${written}`,
    ];
    await run(this.#paths["kube-proxy"], args, { maxBuffer: LARGEST_OUTPUT });
    return parseYaml(readFileSync(written, "utf8"), { version: "1.1" });
  }

  async yaml(text: string): Promise<string[]> {
    return this.#python("import yaml; result = list(yaml.safe_load(text).values())", text);
  }

  async json(text: string): Promise<string[]> {
    return this.#python("result = list(json.loads(text).values())", text);
  }

  async #python(read: string, text: string): Promise<string[]> {
    const file = this.#write("text", text);
    const program = `import json, sys; text = open(sys.argv[1], encoding="utf-8", newline="").read(); ${read}; print(json.dumps(result))`;
    const { stdout } = await run(this.#paths.moto, ["-c", program, file], {
      maxBuffer: LARGEST_OUTPUT,
    });
    return JSON.parse(stdout);
  }

  async containerd(text: string): Promise<string[]> {
    const args = ["--config", this.#write("containerd.toml", text), "config", "dump"];
    const { stdout } = await run(this.#paths.containerd, args, { maxBuffer: LARGEST_OUTPUT });
    // It escapes all control characters but this one.
    const dump = parseToml(stdout.replaceAll("\u007f", "\\u007f")) as {
      proxy_plugins?: Record<string, { address: string }>;
    };
    return inOrder(dump.proxy_plugins ?? {}).map(({ address }) => address);
  }

  /** A stack's configuration, as the engine reads it. */
  async pulumi(text: string): Promise<string[]> {
    const folder = join(this.#folder, "pulumi");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    writeFileSync(join(folder, "Pulumi.yaml"), "name: p\nruntime: nodejs\n");
    const env = {
      PATH: process.env["PATH"] ?? "",
      HOME: folder,
      PULUMI_BACKEND_URL: `file://${folder}`,
      PULUMI_CONFIG_PASSPHRASE: "p",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
    const options = { cwd: folder, env, maxBuffer: LARGEST_OUTPUT };
    await run(this.#paths.pulumi, ["stack", "init", "dev", "--non-interactive"], options);
    writeFileSync(join(folder, "Pulumi.dev.yaml"), text);
    const { stdout } = await run(
      this.#paths.pulumi,
      ["config", "--json", "--stack", "dev"],
      options,
    );
    const config = JSON.parse(stdout) as Record<string, { value: string }>;
    return inOrder(config).map(({ value }) => value);
  }

  /** The variables, as a shell has them after `eval`. */
  async shell(text: string, count: number): Promise<string[]> {
    const file = this.#write("env", text);
    const variables = Array.from({ length: count }, (_, index) => `"$V${index}"`).join(" ");
    const script = this.#write("script", `eval "$(cat '${file}')"\nprintf '%s\\0' ${variables}\n`);
    const { stdout } = await run("sh", [script], { maxBuffer: LARGEST_OUTPUT });
    return stdout.split("\0").slice(0, -1);
  }

  async apt(text: string): Promise<string[]> {
    const args = ["dump", "--format=%f=%v%n"];
    const env = { PATH: process.env["PATH"] ?? "", APT_CONFIG: this.#write("apt.conf", text) };
    const { stdout } = await run("apt-config", args, { env, maxBuffer: LARGEST_OUTPUT });
    return stdout.split("\n").flatMap((line) => /^V::N::=(.*)$/.exec(line)?.[1] ?? []);
  }

  #write(name: string, text: string): string {
    const file = join(this.#folder, name);
    writeFileSync(file, text);
    return file;
  }
}

/** What a program says until it ends, or has said what goes before a pattern and what it matches; then it is ended. */
async function saidBy(program: string, args: readonly string[], until?: RegExp): Promise<string> {
  const env = { AWS_EC2_METADATA_DISABLED: "true" };
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const limit = setTimeout(() => child.kill("SIGKILL"), WITHIN_SECONDS * 1000);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data: Buffer) => {
      said += data.toString();
      if (until?.test(said)) child.kill("SIGKILL");
    });
  }
  await once(child, "close");
  clearTimeout(limit);
  return said;
}

const QUOTED = '("(?:[^"\\\\]|\\\\.)*")';

/** The error with which a program of Kubernetes says that it ends. */
const errorIn = (said: string): string => goTextsIn(said, " err=", "").at(-1) ?? "";

/** Of the strings of Go in a text, those between two others. */
const goTextsIn = (text: string, before: string, after: string): string[] =>
  [...text.matchAll(new RegExp(`${before}${QUOTED}${after}`, "g"))].map(([, quoted = ""]) =>
    goText(quoted),
  );

const LETTERS: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** The text of a string of Go: https://go.dev/ref/spec#String_literals */
const goText = (quoted: string): string =>
  quoted
    .slice(1, -1)
    .replaceAll(
      /\\(?:x(..)|u(.{4})|U(.{8})|(.))/g,
      (_, byte?: string, unit?: string, point?: string, letter = "") => {
        const code = byte ?? unit ?? point;
        if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
        return LETTERS[letter] ?? letter;
      },
    );

/** Values by the number in their names. */
export const inOrder = <T>(byName: Readonly<Record<string, T>>): T[] =>
  Object.entries(byName)
    .map(([name, value]) => [Number(/\d+$/.exec(name)?.[0]), value] as const)
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);

function ask(socket: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const connection = connect(socket, () => connection.write(`${command}\n`));
    connection.on("data", (data) => {
      answer += data.toString();
    });
    connection.on("end", () => resolve(answer));
    connection.on("error", reject);
  });
}

const reachable = (socket: string): Promise<boolean> =>
  new Promise((resolve) => {
    const connection = connect(socket, () => {
      connection.destroy();
      resolve(true);
    });
    connection.on("error", () => resolve(false));
  });
