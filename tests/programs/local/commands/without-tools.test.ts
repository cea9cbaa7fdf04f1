import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { checkout } from "../../../../local/paths.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "without-tools-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

test("render: tells what is wrong with the configuration, and not where the program found it", async () => {
  const stack = `wrong-${process.pid}`;
  const path = join(checkout, `Pulumi.${stack}.yaml`);
  writeFileSync(path, "config:\n  pulumi-kubernetes-services:replicas: two\n");
  onTestFinished(() => rmSync(path));

  const command = [join(checkout, "local", "main.ts"), "render", "--stack", stack];
  const { exitCode, stderr } = await execa(process.execPath, command, { reject: false });

  expect(exitCode).toBe(1);
  expect(stderr).toContain(`Cannot use the configuration of stack "${stack}"`);
  expect(stderr).toContain("value 'two' is not a valid number");
  expect(stderr).not.toMatch(/^\s+at /m);
}, 60_000);

/** Runs a command of this checkout where nothing is on PATH, no cache is there and no release comes. */
async function withoutTools(command: string): Promise<string> {
  const { stdout } = await execa(
    process.execPath,
    [join(checkout, "local", "main.ts"), command, "--stack", "dev"],
    {
      env: { HOME: folder, PATH: folder, PULUMI_KUBERNETES_SERVICES_MIRROR: "http://127.0.0.1:1" },
      extendEnv: false,
      stdin: "ignore",
      timeout: 60_000,
    },
  );
  expect(existsSync(join(folder, ".cache"))).toBe(false);
  return stdout;
}

// What npm start offers while its tools come.
test("render: prints the manifests of the dev stack when there is not one tool", async () => {
  const documents = parseAllDocuments(await withoutTools("render"));

  const kinds = documents.map((document) => document.toJS().kind);
  expect(kinds).toEqual(expect.arrayContaining(["Deployment", "Namespace", "Service"]));
}, 60_000);

test("topology: prints the picture of the dev stack when there is not one tool", async () => {
  expect(await withoutTools("topology")).toMatch(/^flowchart LR\n[\s\S]*ClusterIP Service/);
}, 60_000);

test("README: shows the picture of the dev stack that topology prints", async () => {
  const readme = readFileSync(join(checkout, "README.md"), "utf8");
  const [, shown] = /```mermaid\n([\s\S]*?)\n```/.exec(readme) ?? [];

  expect(shown).toBe((await withoutTools("topology")).trimEnd());
}, 60_000);
