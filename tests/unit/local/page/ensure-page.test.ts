import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { ensurePage, pageOrNote } from "../../../../local/page/ensure-page.ts";
import { type LocalPaths, localPaths } from "../../../../local/paths.ts";
import { stopProcess } from "../../../../local/processes/managed-process.ts";
import { readRecord } from "../../../../local/processes/record.ts";
import { kubeconfigOf } from "../../support/kubeconfig.ts";

let paths: LocalPaths;

beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), "page-test-"));
  paths = localPaths(root);
  for (const folder of [paths.run, paths.pki, paths.logs]) mkdirSync(folder, { mode: 0o700 });
  kubeconfigOf(paths.kubeconfig, { server: "https://127.0.0.1:1" });
  onTestFinished(async () => {
    const record = readRecord(paths.run, "page");
    if (record !== undefined) await stopProcess(record, paths);
    rmSync(root, { recursive: true });
  });
});

const page = () => ensurePage(paths, { report: () => {} });

/** Somebody else who answers everything with 200, and what was asked. */
async function stranger(): Promise<{ readonly port: number; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(({ url = "" }, response) => {
    asked.push(url);
    response.end("mine");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, asked };
}

test("ensurePage: takes another port where somebody else has its own, keeps it while it runs, and sends them nothing", async () => {
  const { asked, port } = await stranger();
  writeFileSync(join(paths.run, "ports"), JSON.stringify({ page: port }));

  const url = await page();

  expect(new URL(url).port).not.toBe(`${port}`);
  expect(await (await fetch(url)).text()).toContain("<html");
  expect(await page()).toBe(url);
  expect(statSync(join(paths.pki, "page.json")).mode & 0o777).toBe(0o600);
  expect(asked).toEqual([]);
});

test("pageOrNote: says that there is no page, and fails only when it is interrupted", async () => {
  const lines: string[] = [];
  const report = (line: string) => lines.push(line);

  expect(await pageOrNote(paths, { report })).toBeUndefined();

  expect(lines).toEqual([
    "The page of where-is-my-pod is not served: Cannot serve the page: the cluster was not started",
  ]);
  const signal = AbortSignal.abort(new Error("interrupted"));
  await expect(pageOrNote(paths, { report, signal })).rejects.toThrow("interrupted");
});
