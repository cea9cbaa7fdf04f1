import { once } from "node:events";
import { accessTo } from "../api/access-to.ts";
import { httpApi } from "../api/http-api.ts";
import { declaredIn, readManifests } from "../declared/read-declared.ts";
import { CannotTellError, messageOf } from "../errors.ts";
import { servePage } from "../page/server/serve-page.ts";
import { ExitCode } from "../report.ts";
import type { Output } from "./output.ts";
import { type CommandLine, checkServe } from "./read-options.ts";

/** `--serve`: serves the page until the command is interrupted, and prints its address. */
export async function serve(
  target: string | undefined,
  line: CommandLine,
  output: Output,
): Promise<number> {
  checkServe(target, line);
  const manifests = line.declared === undefined ? undefined : readManifests(line.declared);
  const access = await accessTo(line);
  const namespace = line.namespace ?? access.namespace;
  const page = await servePage({
    api: httpApi(access),
    namespace,
    ...(manifests !== undefined && { declared: declaredIn(manifests, namespace) }),
    onError: (error) => output.stderr.write(`Unexpected: ${messageOf(error)}\n`),
  }).catch((error: unknown) => {
    throw new CannotTellError(`Cannot serve the page: ${messageOf(error)}`);
  });
  output.stdout.write(`${page.url}\n`);
  const ending = new AbortController();
  const signals = ["SIGINT", "SIGTERM"].map((it) => once(process, it, { signal: ending.signal }));
  await Promise.race(signals);
  ending.abort();
  await Promise.allSettled(signals);
  await page.close();
  return ExitCode.Healthy;
}
