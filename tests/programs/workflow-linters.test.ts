import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { checkout } from "../../local/paths.ts";
import { testToolMilliseconds } from "../shared/test-tools.ts";
import { judge } from "./judge.ts";

const WORKFLOWS = ".github/workflows";

/** A copy of this checkout's workflows with a text replaced in one of them. */
function brokenWorkflows(name: string, from: string, to: string): string {
  const folder = mkdtempSync(join(tmpdir(), "workflows-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(checkout, WORKFLOWS), join(folder, WORKFLOWS), { recursive: true });
  const path = join(folder, WORKFLOWS, name);
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
  writeFileSync(path, text.replace(from, to));
  return folder;
}

describe("actionlint", () => {
  let executable: string;
  beforeAll(async () => {
    executable = await judge("actionlint");
  }, testToolMilliseconds);

  /** What it finds, one line each. It runs without the linters of scripts, which a machine may or may not have. */
  async function lint(folder: string): Promise<readonly string[]> {
    await execa("git", ["init", "--quiet"], { cwd: folder }); // it looks for a repository
    const options = ["-no-color", "-oneline", "-shellcheck=", "-pyflakes="];
    const { stdout } = await execa(executable, options, { cwd: folder, reject: false });
    return stdout === "" ? [] : stdout.split("\n");
  }

  test("actionlint: finds nothing in the workflows", async () => {
    const folder = brokenWorkflows("up.yml", "name: Up\n", "name: Update\n");

    expect(await lint(folder)).toEqual([]);
  });

  test.each([
    ["a job that there is not", "needs: dev", "needs: nobody", "does not exist"],
    ["an expression that there is not", "secrets.KUBECONFIG_TEXT", "github.nobody", "not defined"],
    ["a key that there is not", "timeout-minutes: 60", "time-out-minutes: 60", "unexpected key"],
  ])("actionlint: finds %s", async (_, from, to, problem) => {
    const found = await lint(brokenWorkflows("up.yml", from, to));

    expect(found).toEqual([expect.stringContaining(problem)]);
  });
});

describe("zizmor", () => {
  let executable: string;
  beforeAll(async () => {
    executable = join(dirname(await judge("judges")), "zizmor");
  }, testToolMilliseconds);

  /** The names of what it finds. What needs the network is left out. */
  async function audit(folder: string): Promise<readonly string[]> {
    const options = ["--offline", "--no-progress", "--format=json", "--persona=pedantic"];
    const { stdout } = await execa(executable, [...options, WORKFLOWS], {
      cwd: folder,
      reject: false,
    });
    const found = JSON.parse(stdout) as readonly { readonly ident: string }[];
    return found.map(({ ident }) => ident);
  }

  test("zizmor: finds nothing in the workflows", async () => {
    expect(await audit(checkout)).toEqual([]);
  });

  test("zizmor: is told to leave one thing alone, with the reason", () => {
    const text = readFileSync(join(checkout, WORKFLOWS, "preview-comment.yml"), "utf8");
    const waivers = text.match(/zizmor: ignore\[[\w-]+\] \w.{30,}/g);

    expect(waivers).toEqual([expect.stringContaining("ignore[dangerous-triggers] nothing of the")]);
  });

  test.each([
    [
      "an action that is not pinned",
      "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
      "actions/checkout@v7",
      "unpinned-uses",
    ],
    [
      "an expression in a script",
      "run: npm stop -- --purge",
      `run: npm stop -- "${"$"}{{ github.event.head_commit.message }}"`,
      "template-injection",
    ],
    [
      "credentials that stay",
      "        with:\n          persist-credentials: false\n",
      "",
      "artipacked",
    ],
    ["rights for every job", "permissions: {}", "permissions: write-all", "excessive-permissions"],
  ])("zizmor: finds %s", async (_, from, to, problem) => {
    expect(await audit(brokenWorkflows("up.yml", from, to))).toContain(problem);
  });
});
