import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { checkout } from "../../../local/paths.ts";

const GITLAB = "docs/guide/gitlab-ci.yml";
const files = [...globSync(".github/workflows/*.yml", { cwd: checkout }), GITLAB];

/** What the files run of the gate, as arguments of `pulumi-preview-gate`. */
const commands = files.flatMap((file) => {
  const lines = readFileSync(join(checkout, file), "utf8").split("\n");
  return lines.flatMap((line) => {
    const [, gate, script] =
      /(?:npx pulumi-preview-gate |npm run (preview|up) -- )(.*)/.exec(line) ?? [];
    const command = gate === "preview" ? "check " : gate === "up" ? "up " : "";
    return script === undefined ? [] : [{ file, command: `${command}${script}` }];
  });
});

/** Runs a command of the gate with an engine that is not there, and its reports in a folder of their own. */
async function gate(command: string) {
  const cwd = mkdtempSync(join(tmpdir(), "gate-commands-"));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const args = command.replaceAll('"', "").replaceAll("$STACK", "prod").split(" ");
  const program = [join(checkout, "preview/main.ts"), ...args, "--pulumi", "/no/such/engine"];
  const env = { GITHUB_STEP_SUMMARY: "" };
  return execa(process.execPath, [...program, "--cwd", checkout], { cwd, env, reject: false });
}

test("workflows: preview and update with the gate alone", () => {
  expect(commands.map(({ command }) => command.split(" ")[0]).sort()).toEqual([
    ...Array.from({ length: 6 }, () => "check"),
    ...Array.from({ length: 3 }, () => "up"),
  ]);
});

test.each(commands)(
  "$file: $command is read by the gate",
  async ({ command }) => {
    const { exitCode, stderr } = await gate(command);

    expect(stderr).not.toMatch(/unknown option|required option|invalid/);
    // An update stops earlier, because nothing was approved here.
    expect([exitCode, stderr]).toEqual(
      command.startsWith("up")
        ? [64, expect.stringContaining("approved.json")]
        : [2, expect.anything()],
    );
  },
  60_000,
);

test("the gate refuses an option that it does not have", async () => {
  const { exitCode, stderr } = await gate("check --stack prod --approve x");

  expect([exitCode, stderr]).toEqual([64, expect.stringContaining("unknown option '--approve'")]);
}, 60_000);

test("gitlab-ci.yml: updates by hand alone, one at a time, and what the preview of the same stack has left", () => {
  const jobs = parse(readFileSync(join(checkout, GITLAB), "utf8"));
  const updates = Object.entries<Record<string, unknown>>(jobs).filter(
    ([, job]) => job["extends"] === ".update",
  );

  expect(jobs[".update"]).toMatchObject({ resource_group: "$STACK", rules: [{ when: "manual" }] });
  expect(jobs[".gate"]).toMatchObject({ interruptible: false });
  expect(updates.map(([name, { needs, variables }]) => [name, needs, variables])).toEqual([
    ["staging", ["preview-staging"], { STACK: "staging" }],
    ["prod", ["preview-prod"], { STACK: "prod" }],
  ]);
  expect(jobs["preview-prod"].needs).toEqual(["staging"]);
});
