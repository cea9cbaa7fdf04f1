import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GitHubEvent, type JobRun, play, type Runner } from "../shared/workflows/play.ts";
import { type GitHubServer, startGitHub } from "./workflows/github-server.ts";
import { type PullRequestCommits, recordedEvent, Shop, STACKS } from "./workflows/shop.ts";

const MILLISECONDS = 1_800_000;
const TOKEN = "token-of-the-job";
/** Comments of others, so that the gate's own is on the third page. */
const OTHERS = 230;

const shop = new Shop();
let github: GitHubServer;
let commits: PullRequestCommits;

async function playing(
  workflow: string,
  event: GitHubEvent,
  runId: string,
  more: Partial<Runner> = {},
): Promise<readonly JobRun[]> {
  const { folder, machine, repository, secretsOf } = shop;
  const places = { folder, origin: repository.folder, apiUrl: github.url, token: TOKEN };
  return await play(workflow, event, runId, { ...places, machine, secretsOf, ...more });
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
    expect(body).toContain("4 to update");
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
    expect(runs.at(-1)?.output).toContain("Applied the 4 approved operations");
  });

  test("updates nothing more when a stack has changed while its approval was waited for", async () => {
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
