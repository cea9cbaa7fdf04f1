import { execFile } from "node:child_process";
import { inject } from "vitest";
import {
  type Forwards,
  type ListenerForward,
  readForwards,
} from "../../local/cloud/load-balancers/forwards.ts";
import { clusterKey } from "../../local/nodes/names.ts";
import { inNamespace } from "../../local/nodes/run-in.ts";
import { executeInPod } from "../../local/tour/execute-in-pod.ts";
import { waitFor } from "../../local/wait.ts";
import { config, core, paths } from "../engine/rig.ts";

const application = inject("nodeToolchain").paths["demo-application"];
const APPLICATION_IN_POD = "/demo-application";
const POD_WITHIN_SECONDS = 30;

/** What came of one request. */
export interface Answer {
  readonly ok: boolean;
  /** What was answered, or why nothing was. */
  readonly text: string;
}

/** One request, or one line over plain TCP. */
export interface Question {
  /** A URL; with `tcp` `HOST:PORT`. */
  readonly target: string;
  readonly tcp?: boolean;
  /** How long the answer may take. */
  readonly seconds?: number;
}

/** Asks from this machine. */
export const askFromHere = (question: Question): Promise<Answer> =>
  run([application, ...argumentsOf(question)]);

/** Asks from inside the VPC, where the nodes' addresses and those of load balancers are. */
export const askFromVpc = (question: Question): Promise<Answer> =>
  run([...inNamespace(clusterKey(paths)), application, ...argumentsOf(question)]);

function run([program = "", ...args]: string[]): Promise<Answer> {
  return new Promise((resolve) => {
    execFile(program, args, (error, stdout, stderr) =>
      resolve({ ok: error === null, text: (stdout + stderr).trim() }),
    );
  });
}

/** Asks from a Pod that has the demo application, as `kubectl exec` does. */
export async function askFromPod(
  pod: { readonly namespace: string; readonly name: string },
  question: Question,
): Promise<Answer> {
  const command = [APPLICATION_IN_POD, ...argumentsOf(question)];
  const { status, stderr, stdout } = await executeInPod(config, { ...pod, container: "" }, command);
  return { ok: status.status === "Success", text: (stdout + stderr).trim() };
}

function argumentsOf({ target, tcp = false, seconds = 5 }: Question): string[] {
  return ["ask", ...(tcp ? ["--tcp"] : []), `--seconds=${seconds}`, target];
}

/** Waits until a Pod runs. Yields its IP address. */
export function untilRunning(name: string, namespace: string): Promise<string> {
  return waitFor(
    async () => {
      const { status } = await core.readNamespacedPod({ name, namespace });
      return status?.phase === "Running" && status.podIP;
    },
    { awaited: `Pod ${namespace}/${name} to run`, timeoutSeconds: POD_WITHIN_SECONDS },
  );
}

/** Where the simulated load balancers and the node ports can be reached, now. */
export const forwards = (): Forwards => readForwards(paths);

/** What leads to a front: the listener of the load balancer that the cloud has given to its Service. */
export async function listenerOf(name: string, namespace: string): Promise<ListenerForward> {
  const { status } = await core.readNamespacedService({ name, namespace });
  const host = status?.loadBalancer?.ingress?.[0]?.hostname;
  const found = forwards().listeners.find(({ dnsName }) => dnsName === host);
  if (found === undefined) throw new Error(`Nothing leads to the load balancer ${host}`);
  return found;
}
