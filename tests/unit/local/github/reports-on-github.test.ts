import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { gitHubAccess } from "../../../../local/github/api.ts";
import { postComment } from "../../../../local/github/post-comment.ts";
import { reportDrift } from "../../../../local/github/report-drift.ts";
import { readReports } from "../../../../local/github/reports.ts";
import { judgePreviews } from "../../../../preview/judge.ts";
import { markdownMarker } from "../../../../preview/render/markdown.ts";
import type { Report } from "../../../../preview/report.ts";
import { readRecording } from "../../../preview/recordings.ts";
import { fakeGitHub } from "./fake-github.ts";

const HEAD = "a".repeat(40);
const event = {
  workflow_run: {
    head_sha: HEAD,
    head_branch: "feature",
    head_repository: { owner: { login: "octo" } },
  },
};
const BOT = { type: "Bot" };
const fillers = (count: number, more: object = {}) =>
  Array.from({ length: count }, (_, id) => ({
    id,
    number: id,
    body: "hello",
    user: null,
    ...more,
  }));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "reports-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

function reportOf(name: string, stack: string): Report {
  const { evidence, options } = readRecording(name);
  const report = judgePreviews([evidence], options);
  return { ...report, stacks: report.stacks.map((it) => ({ ...it, stack })) };
}

function write(report: unknown, name: string): void {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "report.json"), JSON.stringify(report));
}

const BLOCKED = reportOf("balancer-deleted", "prod");
const PASSED = reportOf("nothing-changes", "staging");

describe("readReports", () => {
  test("readReports: makes one report with the worst verdict of all", () => {
    write(PASSED, "staging");
    write(BLOCKED, "prod");

    const report = readReports(folder);

    expect([PASSED.verdict, BLOCKED.verdict]).toEqual(["pass", "blocked"]);
    expect(report.verdict).toBe("blocked");
    expect(report.stacks.map(({ stack }) => stack)).toEqual(["prod", "staging"]);
  });

  test("readReports: does not pass without a stack", () => {
    write({ ...PASSED, stacks: [] }, "staging");

    expect(readReports(folder).verdict).toBe("unjudged");
  });

  test.each([
    ["another shape", { verdict: "pass", body: "secret-text" }],
    ["an unknown verdict", { ...PASSED, verdict: "secret-text" }],
    ["more fields", { ...PASSED, html: "secret-text" }],
    ["a list", ["secret-text"]],
  ])("readReports: fails on %s and repeats nothing of it", (_, report) => {
    write(report, "prod");

    expect(() => readReports(folder)).toThrow("is not a report of pulumi-preview-gate");
    expect(() => readReports(folder)).not.toThrow("secret-text");
  });

  test("readReports: fails on what is not JSON and repeats nothing of it", () => {
    writeFileSync(join(folder, "x.json"), "secret-text");

    expect(() => readReports(folder)).toThrow(/x\.json is not JSON$/);
  });

  test("readReports: follows no link", () => {
    symlinkSync("/etc/passwd", join(folder, "x.json"));

    expect(() => readReports(folder)).toThrow("must be a file");
  });

  test("readReports: fails on more files than there are stacks", () => {
    for (let index = 0; index <= 50; index += 1) writeFileSync(join(folder, `${index}.json`), "{}");

    expect(() => readReports(folder)).toThrow("has 51 reports, at most 50 are read");
  });
});

describe("postComment", () => {
  const pulls = {
    "/pulls": [...fillers(100, { head: { sha: "b" } }), { number: 7, head: { sha: HEAD } }],
  };
  const comments = "/issues/7/comments";

  test("postComment: writes a comment when there is none", async () => {
    write(BLOCKED, "prod");
    const { access, changes } = await fakeGitHub({ ...pulls, [comments]: fillers(3) });

    expect(await postComment(access, event, folder)).toBe("Commented on pull request 7");
    expect(changes).toMatchObject([{ method: "POST", path: comments }]);
    expect(changes[0]?.body?.["body"]).toContain("Preview: blocked");
  });

  test("postComment: updates its own comment, on whatever page it is", async () => {
    write(BLOCKED, "prod");
    const own = { id: 4711, body: `${markdownMarker(BLOCKED)}\nold`, user: BOT };
    const { access, changes } = await fakeGitHub({
      ...pulls,
      [comments]: [...fillers(250), own],
    });

    await postComment(access, event, folder);

    expect(changes).toMatchObject([{ method: "PATCH", path: "/issues/comments/4711" }]);
  });

  test("postComment: leaves a comment alone in which somebody has written the marker", async () => {
    write(BLOCKED, "prod");
    const forged = { id: 1, body: `${markdownMarker(BLOCKED)}\nmine`, user: { type: "User" } };
    const { access, changes } = await fakeGitHub({ ...pulls, [comments]: [forged] });

    await postComment(access, event, folder);

    expect(changes).toMatchObject([{ method: "POST" }]);
  });

  test("postComment: writes nothing when the pull request has moved on", async () => {
    write(BLOCKED, "prod");
    const { access, changes } = await fakeGitHub({ "/pulls": fillers(2, { head: { sha: "b" } }) });

    expect(await postComment(access, event, folder)).toBe(
      `No open pull request has the head ${HEAD}`,
    );
    expect(changes).toEqual([]);
  });

  test("postComment: writes nothing when the run has left no reports", async () => {
    const { access, changes } = await fakeGitHub(pulls);

    expect(await postComment(access, event, folder)).toBe("The run has left no reports");
    expect(await postComment(access, event, join(folder, "none"))).toBe(
      "The run has left no reports",
    );
    expect(changes).toEqual([]);
  });

  test("postComment: escapes what a report says", async () => {
    const hostile = "<img src=x>@octocat [l](https://evil.example)";
    const stacks = BLOCKED.stacks.map((it) => ({
      ...it,
      reason: hostile,
      project: hostile.replace("@", ""),
    }));
    write({ ...BLOCKED, stacks }, "prod");
    const { access, changes } = await fakeGitHub({ ...pulls, [comments]: [] });

    await postComment(access, event, folder);

    const body = changes[0]?.body?.["body"] ?? "";
    expect(body).toContain("&lt;img");
    expect(body).not.toMatch(/<img|@octocat|\]\(https|https:\/\//);
  });

  test("postComment: fails with what GitHub answers, and without the token", async () => {
    write(BLOCKED, "prod");
    const { access } = await fakeGitHub({});
    const posting = postComment(access, event, folder);

    await expect(posting).rejects.toThrow(/^GitHub answers GET \/pulls\?.* with 404: Not Found$/);
    await expect(postComment({ ...access, token: "hunter2" }, event, folder)).rejects.toThrow(
      /^(?!.*hunter2).* with 401: Bad credentials$/,
    );
  });
});

describe("reportDrift", () => {
  const issue = { number: 12, body: "<!-- pulumi-preview-gate drift -->\nold", user: BOT };

  test("reportDrift: opens an issue when a stack differs", async () => {
    write(BLOCKED, "prod");
    const { access, changes } = await fakeGitHub({ "/issues": fillers(3) });

    expect(await reportDrift(access, folder, ["prod"])).toBe("Opened an issue");
    expect(changes).toMatchObject([{ method: "POST", path: "/issues" }]);
    expect(changes[0]?.body?.["body"]).toMatch(/^<!-- pulumi-preview-gate drift -->\n/);
    expect(changes[0]?.body?.["body"]).toContain("PULUMI_K8S_ENABLE_PATCH_FORCE=true pulumi up");
  });

  test("reportDrift: updates the issue that is open, on whatever page it is", async () => {
    write(BLOCKED, "prod");
    const { access, changes } = await fakeGitHub({ "/issues": [...fillers(120), issue] });

    expect(await reportDrift(access, folder, ["prod"])).toBe("Updated issue 12");
    expect(changes).toMatchObject([{ method: "PATCH", path: "/issues/12" }]);
  });

  test.each([
    ["somebody's issue", { ...issue, user: { type: "User" } }],
    ["a pull request", { ...issue, pull_request: {} }],
  ])("reportDrift: does not write into %s with the marker", async (_, other) => {
    write(BLOCKED, "prod");
    const { access, changes } = await fakeGitHub({ "/issues": [other] });

    await reportDrift(access, folder, ["prod"]);

    expect(changes).toMatchObject([{ method: "POST", path: "/issues" }]);
  });

  test("reportDrift: names a stack without a report, although the others are the same", async () => {
    write(PASSED, "staging");
    const { access, changes } = await fakeGitHub({ "/issues": [] });

    await reportDrift(access, folder, ["staging", "prod"]);

    expect(changes[0]?.body?.["body"]).toContain("Stack `prod` has no report");
    expect(changes[0]?.body?.["body"]).not.toContain("pulumi up");
  });

  test("reportDrift: opens an issue when no job has left anything", async () => {
    const { access, changes } = await fakeGitHub({ "/issues": [] });

    await reportDrift(access, join(folder, "none"), ["prod"]);

    expect(changes[0]?.body?.["body"]).toContain("Stack `prod` has no report");
  });

  test("reportDrift: closes the issue when no stack differs any more", async () => {
    write(PASSED, "staging");
    const { access, changes } = await fakeGitHub({ "/issues": [issue] });

    await reportDrift(access, folder, ["staging"]);

    expect(changes).toEqual([{ method: "PATCH", path: "/issues/12", body: { state: "closed" } }]);
  });

  test("reportDrift: does nothing when no stack differs and no issue is open", async () => {
    write(PASSED, "staging");
    const { access, changes } = await fakeGitHub({ "/issues": fillers(1) });

    expect(await reportDrift(access, folder, ["staging"])).toBe("No stack has drifted");
    expect(changes).toEqual([]);
  });
});

test("gitHubAccess: fails when a variable is missing, and names it", () => {
  const env = { GITHUB_API_URL: "http://github.example", GITHUB_REPOSITORY: "a/b" };

  expect(() => gitHubAccess(env)).toThrow("GITHUB_TOKEN is missing");
});
