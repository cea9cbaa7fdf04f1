import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, describe, expect, test } from "vitest";
import { checkout } from "../../../local/paths.ts";
import { runCommandLine } from "../../../preview/commands/command-line.ts";
import { parseWaivers } from "../../../preview/commands/read-options.ts";
import { findingRules } from "../../../preview/findings/find.ts";
import { judgePreviews } from "../../../preview/judge.ts";
import { readRecording } from "../../preview/recordings.ts";
import { runHere } from "../../unit/support/run-here.ts";

const folder = mkdtempSync(join(tmpdir(), "preview-gate-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the gate in an empty folder. */
const gate = (args: readonly string[], env: Record<string, string> = {}) =>
  runHere(runCommandLine, args, { cwd: folder, env: { GITHUB_STEP_SUMMARY: "", ...env } });

/** The same in a process of its own. */
async function gateProcess(args: readonly string[]) {
  const { exitCode, stderr, stdout } = await execa(
    "node",
    [join(checkout, "preview/main.ts"), ...args],
    { cwd: folder, env: { GITHUB_STEP_SUMMARY: "" }, reject: false, timeout: 50_000 },
  );
  return { exitCode, stderr, stdout };
}

/** What `check --record` writes of some recordings. */
function record(...names: readonly string[]): string {
  const path = join(folder, `${names.join("-")}.json`);
  writeFileSync(path, JSON.stringify(names.map((name) => readRecording(name).evidence)));
  return path;
}

describe("pulumi-preview-gate", () => {
  test.each([
    [0, ["replicas-raised"], []],
    [1, ["replicas-raised", "claim-deleted"], []],
    [2, ["claim-deleted", "server-down-update"], []],
    [10, ["replicas-raised"], ["--detailed-exitcode"]],
    [0, ["nothing-changes"], ["--detailed-exitcode"]],
    [1, ["replicas-raised"], ["--expect-no-changes"]],
    [1, ["config-map-deleted"], ["--fail-on", "warn"]],
    [0, ["claim-deleted"], ["--severity", "stateful-deleted=warn"]],
    [2, ["replicas-raised"], ["--cluster-uid", "another"]],
    [2, ["replicas-raised"], ["--require-policy", "another"]],
    [0, ["role-may-not-write"], ["--dry-run", "optional"]],
  ])("exits with %i for %j with %j", async (code, names, options) => {
    const { exitCode, stdout } = await gate(["judge", record(...names), ...options]);

    expect(exitCode, stdout).toBe(code);
  });

  test.each([
    ["no command", []],
    ["an unknown command", ["chek"]],
    ["an unknown option", ["check", "--stack", "dev", "--stak", "x"]],
    ["no stack", ["check"]],
    ["a format that there is not", ["judge", "x", "--format", "pdf"]],
    ["an output without a path", ["judge", "OK", "--out", "json"]],
    ["a rule that there is not", ["judge", "OK", "--severity", "stateful=note"]],
    ["a time limit that is none", ["check", "--stack", "dev", "--timeout", "soon"]],
    ["a recording that there is not", ["judge", "nowhere.json"]],
    ["a file that is no recording", ["judge", "PACKAGE"]],
    ["an approval that there is not", ["up", "--stack", "dev", "--approved", "nowhere.json"]],
    ["waivers that there are not", ["judge", "OK", "--waivers", "nowhere.yaml"]],
  ])("exits with 64 for %s", async (_, args) => {
    const files: Readonly<Record<string, string>> = {
      OK: record("replicas-raised"),
      PACKAGE: join(checkout, "package.json"),
    };

    const { exitCode, stderr } = await gate(args.map((arg) => files[arg] ?? arg));

    expect(exitCode, stderr).toBe(64);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test.each([
    [1, ["judge", "RECORDING"]],
    [64, ["chek"]],
    [0, ["--help"]],
  ])(
    "exits with %i and prints the same as a process of its own when it is given %j",
    async (code, args) => {
      const given = args.map((it) => (it === "RECORDING" ? record("claim-deleted") : it));

      const alone = await gateProcess(given);

      expect(alone).toEqual(await gate(given));
      expect(alone.exitCode).toBe(code);
    },
  );

  test("exits with 2 where there is no program or no engine", async () => {
    const nowhere = await gate(["check", "--stack", "dev"]);
    const none = await gate([
      "check",
      "--stack",
      "dev",
      "--cwd",
      join(checkout, "tests/engine/programs/preview"),
      "--pulumi",
      "no-such-engine",
    ]);

    expect(nowhere.stderr).toContain("it has no Pulumi.yaml");
    expect(nowhere.exitCode).toBe(2);
    expect(none.stderr).toContain("no-such-engine");
    expect(none.exitCode).toBe(2);
  });

  test("explains itself, its exit codes included", async () => {
    const help = await gate(["--help"]);
    const command = await gate(["check", "--help"]);

    expect(help.exitCode).toBe(0);
    expect(help.stdout).toContain("Exit codes:");
    expect(command.stdout).toContain("--policy-pack");
  });

  test("prints one format, writes others to files, and writes the summary of a GitHub job", async () => {
    const [json, summary] = [join(folder, "made/report.json"), join(folder, "summary.md")];

    const { exitCode, stdout } = await gate(
      ["judge", record("claim-deleted"), "--format", "junit", "--out", `json=${json}`],
      { GITHUB_STEP_SUMMARY: summary },
    );

    expect(exitCode).toBe(1);
    expect(stdout).toContain("<testsuites");
    expect(JSON.parse(readFileSync(json, "utf8")).verdict).toBe("blocked");
    expect(readFileSync(summary, "utf8")).toContain("<!-- pulumi-preview-gate preview -->");
  });

  test("prints its schema and its rules", async () => {
    const schema = await gate(["schema"]);
    const rules = await gate(["rules"]);

    expect(JSON.parse(schema.stdout).title).toContain("pulumi-preview-gate");
    expect(rules.stdout).toContain("load-balancer-replaced\tblock\t");
  });
});

describe("docs/guide/preview-in-ci.md", () => {
  const guide = readFileSync(join(checkout, "docs/guide/preview-in-ci.md"), "utf8");

  test("shows what the gate prints", async () => {
    const { stdout } = await gate(["judge", record("server-down-update")]);
    const [, shown = ""] = /```console\n\$ pulumi-preview-gate [^\n]*\n(.*?)```/s.exec(guide) ?? [];

    expect(shown).toContain("could not judge");
    expect(stdout).toContain(shown);
  });

  test("shows waivers that can be read", () => {
    const [, shown = ""] = /<<'END'\n(waivers:.*?)END\n```/s.exec(guide) ?? [];

    expect(parseWaivers(shown)).toHaveLength(1);
  });

  test("names every rule that blocks and every question", async () => {
    const blocking = findingRules.filter(({ severity }) => severity === "block");
    const [stack] = judgePreviews([readRecording("replicas-raised").evidence]).stacks;
    const names = [...blocking, ...(stack?.trust ?? [])].map(({ id }) => `\`${id}\``);

    expect(names.filter((name) => !guide.includes(name))).toEqual([]);
    expect(names).toContain("`dry-run`");
  });
});
