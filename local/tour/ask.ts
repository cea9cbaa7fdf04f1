import { get, type RequestOptions } from "node:http";
import type { KubeConfig } from "@kubernetes/client-node";
import { messageOf, UserError } from "../errors.ts";
import { tunnel } from "../nodes/connect.ts";
import type { LocalPaths } from "../paths.ts";
import type { Answer } from "./answer.ts";
import { executeInPod, type PodReference } from "./execute-in-pod.ts";

const ANSWER_SECONDS = 2;

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

/** Asks for a URL once inside a Pod, by the demo application's own command. @throws UserError when the command cannot be run there */
export async function askInPod(
  config: KubeConfig,
  pod: PodReference,
  url: string,
): Promise<Answer> {
  const command = ["/demo-application", "ask", "--seconds", String(ANSWER_SECONDS), url];
  const { status, stderr, stdout } = await executeInPod(config, pod, command);
  if (status.status === "Success") return { pod: stdout.trim() };
  const exitCode = status.details?.causes?.find(({ reason }) => reason === "ExitCode")?.message;
  if (exitCode === "1") return { failure: lastPart(stderr) };
  throw new UserError(
    `Cannot ask for ${url} in Pod ${pod.name}: ${status.message ?? "no exit code"}`,
  );
}

/** The command begins with the URL, and Go's client with it once more. */
const lastPart = (text: string): string => text.trim().replace(/^.*": /s, "");
