import { get, type RequestOptions } from "node:http";
import { Writable } from "node:stream";
import type { KubeConfig, V1Status } from "@kubernetes/client-node";
import { messageOf, UserError } from "../errors.ts";
import { tunnel } from "../nodes/connect.ts";
import type { LocalPaths } from "../paths.ts";
import type { Answer } from "./answer.ts";

const ANSWER_SECONDS = 2;
const COMMAND_LIMIT_MILLISECONDS = 15_000;

/** Asks for a URL once on this computer, outside the cluster's network. */
export function askOnHost(url: string): Promise<Answer> {
  return request(url, { agent: false });
}

/** Asks for a URL once in the network in which the nodes stand. Addresses only: names are for Pods and nodes. */
export async function askInVpc(paths: LocalPaths, url: string): Promise<Answer> {
  const { hostname, port } = new URL(url);
  try {
    const socket = await tunnel(paths, hostname, Number(port || 80));
    return await request(url, { createConnection: () => socket });
  } catch (error) {
    return { failure: messageOf(error) };
  }
}

function request(url: string, options: RequestOptions): Promise<Answer> {
  const signal = AbortSignal.timeout(ANSWER_SECONDS * 1000);
  return new Promise((resolve) => {
    const fail = (error: Error) => {
      const failure = signal.aborted ? `no answer in ${ANSWER_SECONDS} s` : error.message;
      resolve({ failure });
    };
    const asking = get(url, { ...options, signal }, async (response) => {
      try {
        const body = (await response.setEncoding("utf8").toArray()).join("").trim();
        if (response.statusCode === 200) resolve({ pod: body });
        else resolve({ failure: `status ${response.statusCode}` });
      } catch (error) {
        fail(error as Error);
      }
    });
    asking.once("error", fail);
  });
}

/** A Pod in which a command is run. */
export interface PodReference {
  readonly namespace: string;
  readonly name: string;
  readonly container: string;
}

/** Asks for a URL once inside a Pod, by the demo application's own command. @throws UserError when the command cannot be run there */
export async function askInPod(
  config: KubeConfig,
  pod: PodReference,
  url: string,
): Promise<Answer> {
  const command = ["/demo-application", "ask", "--seconds", String(ANSWER_SECONDS), url];
  const { status, stderr, stdout } = await execute(config, pod, command);
  if (status.status === "Success") return { pod: stdout.trim() };
  const exitCode = status.details?.causes?.find(({ reason }) => reason === "ExitCode")?.message;
  if (exitCode === "1") return { failure: lastPart(stderr) };
  throw new UserError(
    `Cannot ask for ${url} in Pod ${pod.name}: ${status.message ?? "no exit code"}`,
  );
}

/** The command begins with the URL, and Go's client with it once more. */
const lastPart = (text: string): string => text.trim().replace(/^.*": /s, "");

interface Execution {
  readonly status: V1Status;
  readonly stdout: string;
  readonly stderr: string;
}

async function execute(
  config: KubeConfig,
  { container, name, namespace }: PodReference,
  command: string[],
): Promise<Execution> {
  const { Exec } = await import("@kubernetes/client-node");
  const [stdout, stderr] = [new Collector(), new Collector()];
  return new Promise((resolve, reject) => {
    const fail = (reason: string) =>
      reject(new UserError(`Cannot run a command in Pod ${name}: ${reason}`));
    const limit = setTimeout(
      () => fail(`no end in ${COMMAND_LIMIT_MILLISECONDS / 1000} s`),
      COMMAND_LIMIT_MILLISECONDS,
    );
    const done = (status: V1Status) => {
      clearTimeout(limit);
      resolve({ status, stdout: stdout.text, stderr: stderr.text });
    };
    new Exec(config)
      .exec(namespace, name, container, command, stdout, stderr, null, false, done)
      .catch((error: unknown) => {
        clearTimeout(limit);
        fail(messageOf(error));
      });
  });
}

class Collector extends Writable {
  text = "";

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
