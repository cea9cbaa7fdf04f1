// What the workflows do beside the commands of npm: `node local/github/main.ts --help`.
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { messageOf, UserError } from "../errors.ts";
import { checkout } from "../paths.ts";
import { report } from "../terminal.ts";
import { gitHubAccess } from "./api.ts";
import { checkRelease } from "./check-release.ts";
import { postComment, type WorkflowRunEvent } from "./post-comment.ts";
import { reportDrift } from "./report-drift.ts";

const program = new Command("npm run github --").description("What the workflows do on GitHub");

program
  .command("comment")
  .summary("write the reports of a run into one comment of its pull request")
  .argument("<folder>", "the folder with the reports")
  .action(async (folder: string) => {
    report(await postComment(gitHubAccess(process.env), readEvent(), folder));
  });

program
  .command("drift")
  .summary("open, update or close the issue about drift")
  .argument("<folder>", "the folder with the reports")
  .argument("<stacks...>", "the stacks that were previewed")
  .action(async (folder: string, stacks: string[]) => {
    report(await reportDrift(gitHubAccess(process.env), folder, stacks));
  });

program
  .command("release")
  .summary("check that a tag, the version and the changelog agree")
  .argument("<tag>", "the tag, such as v0.1.0")
  .action((tag: string) => checkRelease(checkout, tag));

/** The event that started the workflow. */
function readEvent(): WorkflowRunEvent {
  const path = process.env["GITHUB_EVENT_PATH"];
  if (path) return JSON.parse(readFileSync(path, "utf8"));
  throw new UserError(
    "GITHUB_EVENT_PATH is missing; run this in a job of GitHub Actions, or name a file with the event",
  );
}

try {
  await program.parseAsync();
} catch (error) {
  report(
    error instanceof UserError ? error.message : `${(error as Error).stack ?? messageOf(error)}`,
  );
  process.exitCode = 1;
}
