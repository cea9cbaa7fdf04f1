import { onTestFinished } from "vitest";
import { ensurePage } from "../../local/page/ensure-page.ts";
import type { LocalPaths } from "../../local/paths.ts";
import { stopProcess } from "../../local/processes/managed-process.ts";
import { readRecord } from "../../local/processes/record.ts";

/** Serves the page of a cluster until the test has finished, and returns its port. */
export async function servePageOf(paths: LocalPaths): Promise<number> {
  onTestFinished(async () => {
    const record = readRecord(paths.run, "page");
    if (record !== undefined) await stopProcess(record, paths);
  });
  return Number(new URL(await ensurePage(paths, { report: () => {} })).port);
}
