import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkout } from "../../local/paths.ts";
import { installPackedPackage, PLUGIN } from "./packed-package.ts";
import { core, type PulumiRun, pulumi } from "./rig.ts";

// What no unit test shows: that the plugin in the packed package serves programs in other languages.
const NAME = "pulumi-kubernetes-services";
const stack = "dev";
let folder: string;
let cwd: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "plugin-"));
  cwd = join(folder, "program");
  await installPackedPackage(folder);
  writeProgram(cwd);
  await pulumi(["stack", "init", stack, "--no-select"], { cwd });
});

afterAll(async () => {
  await run("destroy", true);
  await pulumi(["stack", "rm", stack, "--yes"], { cwd });
  rmSync(folder, { recursive: true });
});

test("plugin: deploys a Backend whose target and URLs reach the program", async () => {
  const { exitCode, output } = await run("up", true);

  expect(output).toMatch(/\+ \d+ created/);
  expect(exitCode).toBe(0);
  const { spec } = await core.readNamespacedService({ name: "remote", namespace: "default" });
  expect(spec?.selector).toEqual({ app: "remote" });
  const outputs = await pulumi(["stack", "output", "--json", "--stack", stack], { cwd });
  expect(JSON.parse(outputs.output)).toEqual({
    target: {
      namespace: "default",
      selector: { app: "remote" },
      ports: [{ name: "http", containerPort: 8080, port: 80, protocol: "TCP", entrance: false }],
      drainSeconds: 10,
      serviceName: "remote",
    },
    urls: { http: "http://remote.default.svc" },
  });
});

test("plugin: fails with every problem by its property when a Backend's arguments are wrong", async () => {
  const { exitCode, output } = await run("preview", false);

  const properties = output.match(/- property .*/g);
  expect(properties).toEqual([
    "- property ports[0].containerPort with value 0 has a problem: is 0, must be an integer from 1 to 65535",
    "- property replicas with value -1 has a problem: is -1, must be an integer from 0 to 2147483647",
    "- property args.secretEnv.PASSWORD has a problem: is refused, must be a string; quote numbers and booleans",
  ]);
  expect(output).not.toMatch(/31415926|3\.1415926/);
  expect(exitCode).not.toBe(0);
});

function run(command: string, good: boolean): Promise<PulumiRun> {
  const skip = command === "preview" ? [] : ["--yes", "--skip-preview"];
  const setting = ["--config", `remote:good=${good}`];
  const args = command === "destroy" ? [] : setting;
  return pulumi([command, ...skip, ...args, "--stack", stack], { cwd });
}

function writeProgram(program: string): void {
  cpSync(join(import.meta.dirname, "programs", "plugin"), program, { recursive: true });
  mkdirSync(join(program, "node_modules"));
  symlinkSync(join(checkout, "node_modules", "@pulumi"), join(program, "node_modules", "@pulumi"));
  const runtime = { name: "nodejs", options: { typescript: false } };
  const plugins = { providers: [{ name: NAME, path: `../${PLUGIN}` }] };
  write(program, {
    "package.json": JSON.stringify({ private: true, type: "module" }),
    "Pulumi.yaml": JSON.stringify({ name: "remote", main: "index.ts", runtime, plugins }),
  });
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}
