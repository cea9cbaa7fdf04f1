import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { checkout } from "../../../../local/paths.ts";
import { judgePreviews } from "../../../../preview/judge.ts";
import { readRecording } from "../../../preview/recordings.ts";
import { fakeGitHub } from "./fake-github.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "github-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { evidence, options } = readRecording("balancer-deleted");
  writeFileSync(join(folder, "a.json"), JSON.stringify(judgePreviews([evidence], options)));
});

/** Runs `npm run github` as a job does. */
async function github(lists: Readonly<Record<string, readonly object[]>>, ...args: string[]) {
  const { access, changes } = await fakeGitHub(lists);
  const { exitCode, stderr } = await execa(
    process.execPath,
    [join(checkout, "local/github/main.ts"), ...args],
    {
      env: {
        GITHUB_API_URL: access.url,
        GITHUB_REPOSITORY: access.repository,
        GITHUB_TOKEN: access.token,
        GITHUB_EVENT_PATH: join(folder, "event"),
      },
      reject: false,
    },
  );
  return { changes, exitCode, stderr };
}

test("npm run github -- comment: comments on the pull request of the run that the event names", async () => {
  const run = { head_sha: "a", head_branch: "b", head_repository: { owner: { login: "c" } } };
  writeFileSync(join(folder, "event"), JSON.stringify({ workflow_run: run }));
  const pulls = [{ number: 7, head: { sha: "a" } }];

  const done = await github({ "/pulls": pulls, "/issues/7/comments": [] }, "comment", folder);

  expect(done).toMatchObject({ exitCode: 0, stderr: "Commented on pull request 7" });
  expect(done.changes).toHaveLength(1);
}, 60_000);

test("npm run github -- drift: opens an issue", async () => {
  const done = await github({ "/issues": [] }, "drift", folder, "prod");

  expect(done).toMatchObject({ exitCode: 0, stderr: "Opened an issue" });
  expect(done.changes).toMatchObject([{ method: "POST", path: "/issues" }]);
}, 60_000);

test.each([
  [["release", "v0.0.0"], "Cannot release:"],
  [["drift", "FOLDER", "prod"], "GitHub answers GET /issues"],
])(
  "npm run github: %j fails with a message and no stack",
  async (args, message) => {
    const { exitCode, stderr } = await github(
      {},
      ...args.map((it) => it.replace("FOLDER", folder)),
    );

    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(message)]);
    expect(stderr).not.toMatch(/^\s+at /m);
  },
  60_000,
);
