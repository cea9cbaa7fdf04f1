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
import { isRunning, readRecord } from "../../../../local/processes/record.ts";
import { waitFor } from "../../../../local/wait.ts";

const KUBECONFIG = {
  "current-context": "a",
  clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1" } }],
  contexts: [{ name: "a", context: { cluster: "c", user: "u" } }],
  users: [{ name: "u", user: { token: "t" } }],
};

let paths: LocalPaths;

beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), "page-test-"));
  paths = localPaths(root);
  for (const folder of [paths.run, paths.pki, paths.logs]) mkdirSync(folder, { mode: 0o700 });
  writeFileSync(paths.kubeconfig, JSON.stringify(KUBECONFIG));
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

test("ensurePage: takes another port where somebody else has its own, and sends them nothing", async () => {
  const { asked, port } = await stranger();
  writeFileSync(join(paths.run, "ports"), JSON.stringify({ page: port }));

  const url = await page();

  expect(new URL(url).port).not.toBe(`${port}`);
  expect(await (await fetch(url)).text()).toContain("<html");
  expect(statSync(join(paths.pki, "page.json")).mode & 0o777).toBe(0o600);
  expect(asked).toEqual([]);
});

test("ensurePage: stays as it is while it runs, and has a new token when it was killed", async () => {
  const { port } = await stranger();
  writeFileSync(join(paths.run, "ports"), JSON.stringify({ page: port }));
  const first = await page();
  const record = readRecord(paths.run, "page");
  if (record === undefined) throw new Error("The page does not run");

  expect(await page()).toBe(first);
  process.kill(record.pid, "SIGKILL");
  await waitFor(() => !isRunning(record), { awaited: "end of page", timeoutSeconds: 10 });
  const next = await page();

  expect(new URL(next).pathname).not.toBe(new URL(first).pathname);
  expect((await fetch(next)).status).toBe(200);
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
