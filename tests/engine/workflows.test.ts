import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { found } from "../shared/needles.ts";
import { type GitHubEvent, type JobRun, play, type Runner } from "../shared/workflows/play.ts";
import { filesBelow } from "./files-below.ts";
import { type GitHubServer, startGitHub } from "./workflows/github-server.ts";
import { type PullRequestCommits, recordedEvent, Shop, STACKS } from "./workflows/shop.ts";

const MILLISECONDS = 1_800_000;
const TOKEN = "token-of-the-job";
/** Comments of others, so that the gate's own is on the third page. */
const OTHERS = 230;

const shop = new Shop();
let github: GitHubServer;
let commits: PullRequestCommits;
/** Every job of every workflow that was played. */
const played: JobRun[] = [];

async function playing(
  workflow: string,
  event: GitHubEvent,
  runId: string,
  more: Partial<Runner> = {},
): Promise<readonly JobRun[]> {
  const { folder, machine, repository, secretsOf } = shop;
  const places = { folder, origin: repository.folder, apiUrl: github.url, token: TOKEN };
  const runs = await play(workflow, event, runId, { ...places, machine, secretsOf, ...more });
  played.push(...runs);
  return runs;
}

const event = (name: string, recording: string, sha: string): GitHubEvent =>
  recordedEvent(name, recording, sha, commits);
const results = (runs: readonly JobRun[]) => runs.map(({ name, result }) => `${name} ${result}`);
const printed = (runs: readonly JobRun[]) => runs.map(({ output }) => output).join("\n");
const bodies = (list: string) => (github.lists.get(list) ?? []).map(({ body }) => body);

beforeAll(async () => {
  await shop.deploy();
  commits = await shop.propose({ staging: 3, prod: 4 });
  const { head } = commits;
  github = await startGitHub(
    TOKEN,
    new Map<string, readonly object[]>([
      ["/pulls", [{ number: 7, state: "open", head: { sha: head } }]],
      ["/issues/7/comments", Array.from({ length: OTHERS }, (_, id) => ({ id, body: "hello" }))],
      ["/issues", []],
    ]),
  );
}, MILLISECONDS);

afterAll(async () => {
  github?.close();
  await shop.remove();
}, MILLISECONDS);

describe("a pull request", { timeout: MILLISECONDS }, () => {
  const comments = "/issues/7/comments";

  test("of the repository is previewed on every stack by a role that may only read", async () => {
    const runs = await playing(
      "preview",
      event("pull_request", "pull-request", commits.merge),
      "9001",
    );

    expect(results(runs), printed(runs)).toEqual([
      "preview success",
      "preview success",
      "render skipped",
      "render skipped",
      "render skipped",
    ]);
    expect(runs[0]?.summary).toContain("Preview: pass");
    expect(await shop.replicas("staging")).toEqual([2, 2]);
  });

  test("gets one comment about every stack", async () => {
    const completed = event("workflow_run", "preview-completed", commits.base);

    const runs = await playing("preview-comment", completed, "9101");

    expect(results(runs), printed(runs)).toEqual(["comment success"]);
    expect(github.changes).toEqual([`POST ${comments}`]);
    const body = bodies(comments).at(-1) ?? "";
    for (const stack of STACKS) expect(body).toContain(`pulumi-kubernetes-services/${stack}`);
    expect(body).toContain("2 to update");
  });

  test("keeps that comment when it is previewed again, whatever page it is on", async () => {
    const completed = event("workflow_run", "preview-completed", commits.base);

    const runs = await playing("preview-comment", completed, "9102");

    expect(results(runs), printed(runs)).toEqual(["comment success"]);
    expect(github.changes.at(-1)).toMatch(/^PATCH \/issues\/comments\/\d+$/);
    expect(github.lists.get(comments)).toHaveLength(OTHERS + 1);
  });

  test("of a fork is rendered without any secret, and gets no comment", async () => {
    const before = github.changes.length;

    const runs = await playing(
      "preview",
      event("pull_request", "pull-request-of-fork", commits.merge),
      "9002",
    );
    const completed = event("workflow_run", "preview-of-fork-completed", commits.base);
    const comment = await playing("preview-comment", completed, "9103");

    expect(results(runs), printed(runs)).toEqual([
      "preview skipped",
      "preview skipped",
      "render success",
      "render success",
      "render success",
    ]);
    expect(runs.flatMap(({ secrets }) => secrets)).toEqual([]);
    expect(printed(comment)).toContain("The run has left no reports");
    expect(github.changes).toHaveLength(before);
  });
});

describe("a merge", { timeout: MILLISECONDS }, () => {
  test("updates the stacks in order, each as it was approved", async () => {
    await shop.merge(commits);
    const order: string[] = [];
    const beforeJob = async (name: string) => {
      order.push(
        `${name}: ${(await shop.replicas("staging"))[0]} ${(await shop.replicas("prod"))[0]}`,
      );
    };

    const runs = await playing("up", event("push", "push", commits.merge), "9003", { beforeJob });

    expect(results(runs), printed(runs)).toEqual([
      "dev success",
      "preview-staging success",
      "staging success",
      "preview-prod success",
      "prod success",
    ]);
    expect(order).toEqual([
      "dev: 2 3",
      "preview-staging: 2 3",
      "staging: 2 3",
      "preview-prod: 3 3",
      "prod: 3 3",
    ]);
    expect(await shop.replicas("prod")).toEqual([4, 4]);
    expect(runs.at(-1)?.output).toContain("Applied the 2 approved operations");
  });
});

describe("a night", { timeout: MILLISECONDS }, () => {
  const night = async (runId: string) => {
    const runs = await playing("drift", event("schedule", "schedule", commits.merge), runId);
    return { runs, said: runs.at(-1)?.output };
  };
  const issues = () => github.lists.get("/issues") ?? [];

  test("says nothing as long as the clusters are as the program says", async () => {
    const before = github.changes.length;

    const { runs, said } = await night("9010");

    expect(results(runs), printed(runs)).toEqual([
      "preview success",
      "preview success",
      "issue success",
    ]);
    expect(said).toContain("No stack has drifted");
    expect(github.changes).toHaveLength(before);
  });

  test("opens an issue when somebody has scaled a Deployment by hand", async () => {
    await shop.scale("prod", 9);

    const { runs, said } = await night("9011");

    expect(results(runs), printed(runs)).toEqual([
      "preview success",
      "preview failure",
      "issue success",
    ]);
    expect(said).toContain("Opened an issue");
    expect(issues().map(({ state }) => state)).toEqual(["open"]);
    expect(issues()[0]?.body).toContain("pulumi-kubernetes-services/prod");
    expect(await shop.replicas("prod")).toContain(9); // it is reported, not mended
  });

  test("updates that issue when there is more the next night", async () => {
    await shop.removePolicies("prod");

    const { said } = await night("9012");

    expect(said).toMatch(/Updated issue \d+/);
    expect(issues()).toHaveLength(1);
    expect(issues()[0]?.body).toContain("NetworkPolicy");
  });

  test("closes it when the clusters are as the program says again, by the command in it", async () => {
    const [, command = ""] = /`(\S+=true pulumi up [^`]*)`/.exec(issues()[0]?.body ?? "") ?? [];
    await shop.putBack("prod", command);

    const { runs, said } = await night("9013");

    expect(results(runs), printed(runs)).toEqual([
      "preview success",
      "preview success",
      "issue success",
    ]);
    expect(said).toMatch(/No stack has drifted any more; closed issue \d+/);
    expect(issues().map(({ state }) => state)).toEqual(["closed"]);
  });
});

describe("a stack that has changed", { timeout: MILLISECONDS }, () => {
  test("is not updated when it has changed while its approval was waited for", async () => {
    commits = await shop.propose({ prod: 5 });
    await shop.merge(commits);
    const beforeJob = async (name: string) => {
      if (name === "prod")
        await shop.engine(
          "prod",
          "up",
          "--yes",
          "--skip-preview",
          "--config",
          "pulumi-kubernetes-services:replicas=2",
        );
    };
    const only = ["preview-prod", "prod"];

    const runs = await playing("up", event("push", "push", commits.merge), "9004", {
      beforeJob,
      only,
    });

    expect(results(runs), printed(runs)).toEqual(["preview-prod success", "prod failure"]);
    expect(runs.at(-1)?.output).toContain("Refused to update");
    expect(await shop.replicas("prod")).toEqual([2, 2]);
  });
});

describe("secrets", { timeout: MILLISECONDS }, () => {
  /** What jobs have printed, and their summaries. */
  const said = (runs: readonly JobRun[]) =>
    runs.map(({ output, summary }) => `${output}\n${summary}`).join("\n");
  const secrets = () => ({ ...shop.secrets(), "token of the job": TOKEN });

  test("are in no log, no summary, no artifact, and nothing that GitHub gets", async ({
    annotate,
  }) => {
    const places = {
      logs: said(played),
      artifacts: filesBelow(shop.artifacts),
      comments: JSON.stringify([...github.lists]),
    };

    const leaks = Object.entries(places).flatMap(([place, text]) =>
      found(text, secrets()).map((how) => `${place}: ${how}`),
    );
    const jobs = played.filter(({ result }) => result !== "skipped");
    await annotate(
      `Workflows: ${jobs.length} jobs played, ${leaks.length} of ${Object.keys(secrets()).length} secrets in their logs, artifacts and comments`,
      "figure",
    );
    expect(leaks).toEqual([]);
    expect(jobs.length).toBeGreaterThanOrEqual(25);
    expect(places.artifacts).toContain('"schemaVersion"');
    expect(new Set(jobs.flatMap((job) => job.secrets))).toEqual(
      new Set(["KUBECONFIG_TEXT", "PULUMI_ACCESS_TOKEN"]),
    );
  });

  test("are found where jobs print their environment", async () => {
    const commandWith = (text: string) =>
      played.flatMap(({ commands }) => commands).find((it) => it.includes(text)) ?? "";
    const instead = Object.fromEntries(
      ["--expect-no-changes", "github -- drift", "up -- --stack staging"].map((it) => [
        commandWith(it),
        "printenv",
      ]),
    );
    const schedule = event("schedule", "schedule", commits.merge);
    const push = event("push", "push", commits.merge);

    const leaky = [
      ...(await playing("drift", schedule, "9020", { instead })),
      ...(await playing("up", push, "9003", { instead, only: ["staging"] })),
    ];

    const leaked = new Set(found(said(leaky), secrets()).map((how) => how.split(", ")[0]));
    // That one is in the stacks' configuration alone, encrypted.
    expect(Object.keys(secrets()).filter((it) => !leaked.has(it))).toEqual([
      "secret of the configuration",
    ]);
  });
});
