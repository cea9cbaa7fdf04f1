// Checks our own programs that are not TypeScript: `node local/programs/check.ts` prints every problem and fails if there is one.
// What this machine lacks a tool for is skipped, and said.

import { globSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import { execa } from "execa";
import { recipes } from "../toolchain/recipes.ts";
import { copySources } from "../toolchain/sources.ts";

const programs = import.meta.dirname;
const checkout = join(programs, "../..");
const LIMIT_MILLISECONDS = 300_000;

/** What a check came to. */
type Outcome = { readonly problems: readonly string[] } | { readonly skipped: string };

/** Runs a command; one that this machine does not have is undefined. */
async function run(command: string, args: readonly string[], cwd: string, env = {}) {
  const { all, code, exitCode } = await execa(command, args, {
    cwd,
    env,
    all: true,
    reject: false,
    timeout: LIMIT_MILLISECONDS,
  });
  return code === "ENOENT" ? undefined : { failed: exitCode !== 0, output: all.trim() };
}

/** Runs a command whose failure is a problem. */
async function judge(command: string, args: string[], cwd: string, env = {}): Promise<Outcome> {
  const ended = await run(command, args, cwd, env);
  if (ended === undefined) return { skipped: `${command} is not on PATH` };
  return { problems: ended.failed ? [`${command} ${args.join(" ")}\n${ended.output}`] : [] };
}

async function goFormat(): Promise<Outcome> {
  const ended = await run("gofmt", ["-l", programs], checkout);
  if (ended === undefined) return { skipped: "gofmt is not on PATH" };
  const files = ended.output.split("\n").filter((line) => line !== "");
  return { problems: files.map((file) => `${file} is not formatted; run gofmt -w on it`) };
}

/** Vets packages, and tests them if nothing was found. */
async function vetAndTest(packages: string, cwd: string, env: typeof goEnvironment) {
  const vetted = await judge("go", ["vet", packages], cwd, env);
  return "skipped" in vetted || vetted.problems.length > 0
    ? vetted
    : judge("go", ["test", packages], cwd, env);
}

const goEnvironment = { GOWORK: "off", CGO_ENABLED: "0" };

/** Vets and tests a program that has a module of its own. */
const goModule = (program: string): Promise<Outcome> =>
  vetAndTest("./...", join(programs, program), goEnvironment);

/** Vets and tests the language host in the module graph of Pulumi, which is not fetched for it. */
async function languageHost(): Promise<Outcome> {
  const recipe = recipes.find(({ name }) => name === "pulumi-language-nodejs");
  if (recipe === undefined) throw new Error("There is no recipe of the language host");
  const folder = await mkdtemp(join(tmpdir(), "language-host-"));
  try {
    await copySources(recipe, folder, { tests: true });
    const offline = { ...goEnvironment, GOPROXY: "off", GOFLAGS: "-mod=readonly" };
    const listed = await run("go", ["list", "-deps", "-test", "./language-host"], folder, offline);
    if (listed === undefined) return { skipped: "go is not on PATH" };
    if (listed.failed) {
      return {
        skipped: "Go's module cache lacks modules of local/pins/pulumi; run go mod download there",
      };
    }
    return await vetAndTest("./language-host", folder, offline);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Lints the Python files and compares them with how they would be formatted. */
async function python(): Promise<Outcome> {
  const workspace = new Workspace(
    {
      "line-length": 140,
      "target-version": "py310",
      lint: { select: ["E", "F", "W", "I", "B", "UP", "SIM", "C4", "PIE"] },
    },
    PositionEncoding.Utf16,
  );
  const problems: string[] = [];
  for (const file of globSync(["local/programs/**/*.py", "tests/**/*.py"], { cwd: checkout })) {
    const text = await readFile(join(checkout, file), "utf8");
    for (const { code, message, start_location: at } of workspace.check(text)) {
      problems.push(`${file}:${at.row}:${at.column} ${code} ${message}`);
    }
    if (workspace.format(text) !== text) problems.push(`${file} is not formatted as Ruff does`);
  }
  return { problems };
}

const checks: Readonly<Record<string, () => Promise<Outcome>>> = {
  "the format of Go": goFormat,
  "demo-application": () => goModule("demo-application"),
  "load-generator": () => goModule("load-generator"),
  "language-host": languageHost,
  "the style of Python": python,
  "simulated-aws": () =>
    judge(
      "python3",
      ["-B", "-m", "unittest", "discover", "-p", "*_test.py"],
      join(programs, "simulated-aws"),
    ),
};

for (const [name, check] of Object.entries(checks)) {
  const outcome = await check();
  if ("skipped" in outcome) {
    console.error(`local/programs: ${name} is not checked: ${outcome.skipped}`);
  } else {
    for (const problem of outcome.problems) console.error(`local/programs: ${name}: ${problem}`);
    if (outcome.problems.length > 0) process.exitCode = 1;
  }
}
