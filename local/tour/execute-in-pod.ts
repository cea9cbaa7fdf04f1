import { Writable } from "node:stream";
import type { KubeConfig, V1Status } from "@kubernetes/client-node";
import { messageOf, UserError } from "../errors.ts";

const COMMAND_LIMIT_MILLISECONDS = 15_000;

/** A Pod in which a command is run. */
export interface PodReference {
  readonly namespace: string;
  readonly name: string;
  /** Empty where the Pod has one alone. */
  readonly container: string;
}

/** What a command has said and how it ended. */
export interface Execution {
  readonly status: V1Status;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in a Pod, as `kubectl exec` does. @throws UserError when it cannot be run there, or does not end in 15 s */
export async function executeInPod(
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
