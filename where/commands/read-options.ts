import { isIP } from "node:net";
import { UsageError } from "../errors.ts";
import type { Caller } from "../state/cluster-state.ts";

/** The command line, as it was typed. */
export interface CommandLine {
  readonly namespace?: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly from?: string;
  readonly port?: string;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly watch?: boolean;
  readonly serve?: boolean;
  readonly declared?: string;
  readonly record?: string;
  readonly replay?: string;
  readonly timeout: string;
}

/** `--from`: an address, `pod/NAME`, `NAMESPACE/NAME` of a Pod, or a namespace. */
export function callerOf(text: string | undefined, namespace: string): Caller | undefined {
  if (text === undefined) return undefined;
  if (isIP(text) !== 0) return { ip: text };
  const [first = "", second, ...more] = text.split("/");
  if (second === undefined && first !== "") return { namespace: first };
  if (first === "" || !second || more.length > 0) {
    throw new UsageError(
      `Cannot call from "${text}": must be an address, a namespace, pod/NAME or NAMESPACE/NAME of a Pod`,
    );
  }
  return { pod: { name: second, namespace: /^(pods?|po)$/.test(first) ? namespace : first } };
}

/** `--port`. */
export function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--port is ${text}, must be an integer from 1 to 65535`);
}

/** `--timeout`, in milliseconds. */
export function timeoutOf(text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && seconds <= 600) return seconds * 1000;
  throw new UsageError(`--timeout is ${text}, must be seconds, more than 0 and at most 600`);
}

/** The options that go with no page. */
const NOT_SERVED = ["from", "port", "all", "json", "watch", "record", "replay"] as const;

/** @throws UsageError if `--serve` is given with what it does not take */
export function checkServe(target: string | undefined, line: CommandLine): void {
  const others = NOT_SERVED.filter((name) => line[name] !== undefined).map((name) => `--${name}`);
  if (target === undefined && others.length === 0) return;
  const wrong = [...(target === undefined ? [] : [target]), ...others].join(", ");
  throw new UsageError(
    `--serve shows every Service of a namespace and takes only --namespace, --context, --kubeconfig and --declared; remove ${wrong}`,
  );
}

/** @throws UsageError if options do not go together */
export function checkOptions(target: string | undefined, line: CommandLine): void {
  if (line.replay !== undefined && (line.record !== undefined || line.watch)) {
    throw new UsageError(
      "--replay reads a file and no cluster: it takes no --record and no --watch",
    );
  }
  if (line.all && target !== undefined) {
    throw new UsageError(`--all takes every Service of a namespace, and no name; remove ${target}`);
  }
  if (line.all && line.replay === undefined && (line.from ?? line.port) !== undefined) {
    throw new UsageError("--all takes neither --from nor --port: ask for one Service with them");
  }
  if (!line.all && target === undefined && line.replay === undefined) {
    throw new UsageError("Name what to look for, such as where-is-my-pod web, or use --all");
  }
  if (line.watch && (line.json || line.all || line.declared !== undefined)) {
    throw new UsageError("--watch takes neither --json nor --all nor --declared");
  }
}
