import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { messageOf, UserError } from "../../local/errors.ts";
import { report } from "../../local/terminal.ts";
import { ensureToolchain, findToolchain } from "../../local/toolchain/ensure-toolchain.ts";
import type { NodeToolName, TestToolName } from "../../local/toolchain/recipes.ts";
import { waitFor } from "../../local/wait.ts";

const LIMIT_SECONDS = 3600;
const POLL_MILLISECONDS = 1000;

/** The limit of a hook that waits for a tool, with a minute for what else it does. */
export const testToolMilliseconds = (LIMIT_SECONDS + 60) * 1000;

/**
 * Builds tools that only some tests use, while the others run, and yields what ends the build. A
 * failure is said at once and left in a file for the tests that wait.
 */
export function buildTestTools(
  tools: readonly (NodeToolName | TestToolName)[],
  failureFile: string,
): () => Promise<void> {
  rmSync(failureFile, { force: true });
  const ending = new AbortController();
  const building = ensureToolchain({ tools, report, signal: ending.signal }).catch((error) => {
    if (ending.signal.aborted) return;
    report(messageOf(error));
    mkdirSync(dirname(failureFile), { recursive: true });
    writeFileSync(failureFile, messageOf(error));
  });
  const stop = async (): Promise<unknown> => {
    ending.abort(new Error("The tests have ended"));
    return building;
  };

  // The compilers are in a group of their own: what ends this process does not reach them.
  const interrupted = (name: NodeJS.Signals) => {
    void stop().finally(() => process.kill(process.pid, name));
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.once(name, interrupted);
  return async () => {
    for (const name of signals) process.off(name, interrupted);
    await stop();
  };
}

/** The path of a tool that the set-up builds, as soon as it is there. */
export async function awaitTestTool(
  tool: TestToolName,
  failureFile: string,
  pollMilliseconds = POLL_MILLISECONDS,
): Promise<string> {
  let told = false;
  const ask = async (): Promise<string | undefined> => {
    const toolchain = await findToolchain([tool]);
    if (toolchain) return toolchain.paths[tool];
    if (existsSync(failureFile)) throw new UserError(readFileSync(failureFile, "utf8"));

    if (!told) report(`Waiting until ${tool} is built`);
    told = true;
    await delay(pollMilliseconds);
    return;
  };
  return waitFor(ask, { awaited: `the build of ${tool}`, timeoutSeconds: LIMIT_SECONDS });
}
