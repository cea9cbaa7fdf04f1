import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { checkout } from "../../../local/paths.ts";
import { workflowProblems } from "./workflow-problems.ts";

const { scripts } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const runnable = { scripts: Object.keys(scripts), checkout };
const files = globSync(".github/workflows/*.yml", { cwd: checkout }).sort();
const textOf = (file: string) => readFileSync(join(checkout, file), "utf8");

test("workflows: are those that the documentation names", () => {
  const names = files.map((file) => file.slice(".github/workflows/".length));

  expect(names).toEqual(
    ["ci", "docs", "drift", "preview-comment", "preview", "release", "up"].map((it) => `${it}.yml`),
  );
});

/** Where the steps of each workflow run here. A test plays whole workflows, one step after the other. */
const RUN_BY: Readonly<Record<string, readonly string[]>> = {
  ".ci/run": ["ci"],
  "tests/engine/workflows.test.ts": ["drift", "preview-comment", "preview", "up"],
  "tests/programs/publishing.test.ts": ["docs", "release"],
};

/** The commands of a workflow. */
const commandsOf = (name: string): readonly string[] => {
  const { jobs } = parse(textOf(`.github/workflows/${name}.yml`)) as {
    jobs: Record<string, { steps: { run?: string }[] }>;
  };
  return Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
};

test("workflows: run here, every step of each", () => {
  const names = Object.values(RUN_BY).flat();
  const missing = Object.entries(RUN_BY).flatMap(([file, all]) =>
    all.filter((name) =>
      file === ".ci/run"
        ? commandsOf(name).some((command) => !textOf(file).split("\n").includes(command))
        : !new RegExp(`playing\\(\\s*"${name}"`).test(textOf(file)),
    ),
  );

  expect(names.map((it) => `.github/workflows/${it}.yml`).sort()).toEqual(files);
  expect(missing).toEqual([]);
});

test.each(files)("%s: breaks no rule", (file) => {
  expect(workflowProblems(textOf(file), runnable)).toEqual([]);
});

const UP = ".github/workflows/up.yml";
const [, PIN = ""] = /(actions\/checkout@\w+)/.exec(textOf(UP)) ?? [];

/** One rule broken in a workflow that is right, and the problem that says so. */
test.each([
  ["a pin by tag", PIN, "actions/checkout@v7", "must be pinned by the 40 hexadecimal digits"],
  ["a short commit", PIN, PIN.slice(0, -1), "must be pinned by the 40 hexadecimal digits"],
  ["a local action", PIN, "./.github/actions/x", "must be pinned by the 40 hexadecimal digits"],
  ["a pin without its version", " # v7.0.1", "", "without its version"],
  ["permissions for all jobs", "permissions: {}", "permissions: write-all", "must be {} or read"],
  [
    "one permission for all jobs",
    "permissions: {}",
    "permissions: {issues: write}",
    "must be {} or",
  ],
  ["no permissions", "permissions: {}", "", "must be {} or read alone"],
  ["a job without permissions", "    permissions:\n      contents: read\n", "", "of its own"],
  ["a job without a limit", "    timeout-minutes: 60\n", "", "has no timeout-minutes"],
  ["pull_request_target", "  push:", "  pull_request_target:", "gives the code of forks"],
  ["credentials that stay", "persist-credentials: false", "fetch-depth: 1", "without persist-cred"],
  ["an expression in a script", "npm start --", `npm start -- ${"$"}{{ github.ref }}`, "in env"],
  ["another program", "npm stop", "curl", "no script of ours"],
  ["a script that does not exist", "npm run up", "npm run no-such", "no script of ours"],
  ["a second command", "--purge", "--purge; curl x", "no script of ours"],
  ["a substitution", "--purge", "$(curl x)", "no script of ours"],
  ["a file that does not exist", "with-kubeconfig", "with-nothing", "which is not there"],
  [
    "an update that is cancelled",
    "cancel-in-progress: false",
    "cancel-in-progress: true",
    "updates",
  ],
  ["updates at the same time", "concurrency:\n  group: up\n", "x:\n", "updates stacks without"],
  ["no YAML", "jobs:", "jobs: [", "is not YAML"],
])("workflowProblems: sees %s", (_, from, to, problem) => {
  const right = textOf(UP);
  const broken = right.replace(from, to);

  expect(broken).not.toBe(right);
  expect(workflowProblems(broken, runnable).join("\n")).toContain(problem);
});

test("up.yml: updates the environments one after the other, each after its own preview", () => {
  const { jobs } = parse(textOf(UP)) as { jobs: Record<string, { needs?: string }> };

  const order = Object.entries(jobs).map(([name, { needs }]) => [needs, name]);
  expect(order).toEqual([
    [undefined, "dev"],
    ["dev", "preview-staging"],
    ["preview-staging", "staging"],
    ["staging", "preview-prod"],
    ["preview-prod", "prod"],
  ]);
});

test("preview.yml: gives a fork no secrets, and no job the right to write", () => {
  const { jobs } = parse(textOf(".github/workflows/preview.yml")) as {
    jobs: Record<string, { if: string; permissions: object }>;
  };

  const withSecrets = Object.values(jobs).filter((job) => JSON.stringify(job).includes("secrets."));
  expect(withSecrets.map((job) => job.if)).toEqual([
    "github.event.pull_request.head.repo.full_name == github.repository",
  ]);
  expect(Object.values(jobs).map(({ permissions }) => permissions)).toEqual([
    { contents: "read" },
    { contents: "read" },
  ]);
});

const withKubeconfig = join(checkout, ".github/scripts/with-kubeconfig");
const LOOK =
  'stat -c %a "$KUBECONFIG"; cat "$KUBECONFIG"; printenv KUBECONFIG_TEXT || echo "unset $KUBECONFIG"; exit 3';

test("with-kubeconfig: gives the kubeconfig in a private file, and removes it when the command fails", async () => {
  const run = await execa(withKubeconfig, ["bash", "-c", LOOK], {
    env: { KUBECONFIG_TEXT: "apiVersion: v1\nkind: Config" },
    reject: false,
  });

  const [mode, first, second, last = ""] = run.stdout.split("\n");
  expect([mode, first, second]).toEqual(["600", "apiVersion: v1", "kind: Config"]);
  expect(last).toMatch(/^unset \/.*\/kubeconfig$/);
  expect(run.exitCode).toBe(3);
  expect(globSync(last.slice("unset ".length))).toEqual([]);
});

test("with-kubeconfig: fails without a kubeconfig, and runs nothing", async () => {
  const run = await execa(withKubeconfig, ["echo", "ran"], { reject: false });

  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain("must be the kubeconfig; set it as a secret of the environment");
  expect(run.stdout).toBe("");
});
