import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readPorts } from "../cluster/ports.ts";
import { UserError } from "../errors.ts";
import { writeAtomically } from "../files/atomic-file.ts";
import type { LocalPaths } from "../paths.ts";
import { ensureRunning, type ProcessContext } from "../processes/managed-process.ts";

/** Opens the page. */
const TOKEN = /^[\w-]{32}$/;
const READY_TIMEOUT_SECONDS = 60;

/**
 * Serves the page of where-is-my-pod for a cluster that runs, as a process that ends with it. What runs and answers is left alone.
 *
 * @returns the address, which has the token in it
 */
export async function ensurePage(
  paths: LocalPaths,
  context: Pick<ProcessContext, "report" | "signal">,
): Promise<string> {
  const { page: port } = readPorts(paths.run);
  if (port === undefined) throw new UserError("Cannot serve the page: the cluster was not started");
  const tokenFile = join(paths.pki, "page-token");
  const url = `http://127.0.0.1:${port}/${ensureToken(tokenFile)}/`;
  const spec = {
    name: "page",
    order: 9,
    command: process.execPath,
    // The token is in a file: everybody on the machine sees arguments.
    args: [join(import.meta.dirname, "serve.ts"), `${port}`, tokenFile, paths.kubeconfig],
    restartOn: [url, readFileSync(paths.kubeconfig, "utf8")],
    isReady: async () => (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok,
    readyTimeoutSeconds: READY_TIMEOUT_SECONDS,
  };
  await ensureRunning(spec, { run: paths.run, logs: paths.logs, ...context });
  return url;
}

function ensureToken(path: string): string {
  const known = existsSync(path) ? readFileSync(path, "utf8") : "";
  if (TOKEN.test(known)) return known;
  const token = randomBytes(24).toString("base64url");
  writeAtomically(path, token);
  return token;
}
