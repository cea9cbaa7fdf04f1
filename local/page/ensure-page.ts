import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readPorts } from "../cluster/ports.ts";
import { messageOf, UserError } from "../errors.ts";
import { contentDigest } from "../files/remembered.ts";
import type { LocalPaths } from "../paths.ts";
import { ensureRunning, type ProcessContext } from "../processes/managed-process.ts";
import { isRunning, readRecord } from "../processes/record.ts";

const READY_TIMEOUT_SECONDS = 60;
/** All that the page's process runs: it is started again when the checkout is another one. */
const SOURCES = [
  "{where,local/page}/**/*.{ts,tsx,css,html}",
  "local/files/atomic-file.ts",
  "preview/secrets/credentials.ts",
  "package-lock.json",
];

/** What the process writes once it listens. Its token opens the page. */
export interface ListeningPage {
  readonly pid: number;
  /** The address, with the token in it. */
  readonly url: string;
}

/**
 * Serves the page of where-is-my-pod for a cluster that runs, as a process that ends with it. What runs and answers is left alone. Where
 * somebody else has its port, it takes another one; nobody but the process itself is ever sent its token.
 *
 * @returns the address, which has the token in it
 */
export async function ensurePage(
  paths: LocalPaths,
  context: Pick<ProcessContext, "report" | "signal">,
): Promise<string> {
  const { page: port } = readPorts(paths.run);
  if (port === undefined) throw new UserError("Cannot serve the page: the cluster was not started");
  // In a file, which only its owner reads: everybody on the machine sees arguments.
  const file = join(paths.pki, "page.json");
  const spec = {
    name: "page",
    order: 9,
    command: process.execPath,
    args: [join(import.meta.dirname, "serve.ts"), `${port}`, file, paths.kubeconfig],
    restartOn: [readFileSync(paths.kubeconfig, "utf8"), contentDigest(SOURCES)],
    beforeStart: () => rmSync(file, { force: true }),
    isReady: () => answers(file, paths),
    readyTimeoutSeconds: READY_TIMEOUT_SECONDS,
  };
  await ensureRunning(spec, { run: paths.run, logs: paths.logs, ...context });
  return readPage(file).url;
}

/** The address of {@link ensurePage}. The page is no part of the stack: where it cannot be served, a line says so and the rest goes on. */
export async function pageOrNote(
  paths: LocalPaths,
  context: Pick<ProcessContext, "report" | "signal">,
): Promise<string | undefined> {
  try {
    return await ensurePage(paths, context);
  } catch (error) {
    context.signal?.throwIfAborted();
    context.report(`The page of where-is-my-pod is not served: ${messageOf(error)}`);
    return undefined;
  }
}

/** Whether the process that was started listens and answers. It holds the port as long as it runs, so no other process can answer for it. */
async function answers(file: string, { run }: LocalPaths): Promise<boolean> {
  const { pid, url } = readPage(file);
  const record = readRecord(run, "page");
  if (record === undefined || record.pid !== pid || !isRunning(record)) return false;
  const withoutToken = new URL("/", url);
  return (await fetch(withoutToken, { signal: AbortSignal.timeout(2_000) })).status === 404;
}

const readPage = (file: string): ListeningPage =>
  JSON.parse(readFileSync(file, "utf8")) as ListeningPage;
