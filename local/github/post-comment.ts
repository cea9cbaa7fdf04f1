import { existsSync } from "node:fs";
import { markdownMarker, renderMarkdown } from "../../preview/render/markdown.ts";
import { askGitHub, type GitHubAccess, pagesOf } from "./api.ts";
import { readReports } from "./reports.ts";

/** What of the event `workflow_run` is read. GitHub wrote it, and not the run. */
export interface WorkflowRunEvent {
  readonly workflow_run: {
    readonly head_sha: string;
    readonly head_branch: string;
    readonly head_repository: { readonly owner: { readonly login: string } } | null;
  };
}

interface PullRequest {
  readonly number: number;
  readonly head: { readonly sha: string };
}

interface Comment {
  readonly id: number;
  readonly body?: string;
  readonly user: { readonly type: string } | null;
}

/**
 * Writes the reports of a preview into one comment of its pull request: a new one, or the one from before.
 *
 * @returns what was done, in one sentence
 */
export async function postComment(
  access: GitHubAccess,
  { workflow_run: run }: WorkflowRunEvent,
  folder: string,
): Promise<string> {
  const report = existsSync(folder) ? readReports(folder) : undefined;
  if (report === undefined || report.stacks.length === 0) return "The run has left no reports";
  const pull = await pullRequestOf(access, run);
  if (pull === undefined) return `No open pull request has the head ${run.head_sha}`;

  const body = renderMarkdown(report);
  const before = await ownComment(access, pull, markdownMarker(report));
  if (before !== undefined) {
    await askGitHub(access, "PATCH", `/issues/comments/${before.id}`, { body });
    return `Updated the comment on pull request ${pull.number}`;
  }
  await askGitHub(access, "POST", `/issues/${pull.number}/comments`, { body });
  return `Commented on pull request ${pull.number}`;
}

/** Found by its head, because the event names no pull request of a fork; one that has moved on gets no old report. */
async function pullRequestOf(
  access: GitHubAccess,
  { head_branch, head_repository, head_sha }: WorkflowRunEvent["workflow_run"],
): Promise<PullRequest | undefined> {
  const query = { state: "open", head: `${head_repository?.owner.login ?? ""}:${head_branch}` };
  for await (const pull of pagesOf<PullRequest>(access, "/pulls", query)) {
    if (pull.head.sha === head_sha) return pull;
  }
  return undefined;
}

/** The marker alone proves nothing: anybody can write it. */
async function ownComment(
  access: GitHubAccess,
  { number }: PullRequest,
  marker: string,
): Promise<Comment | undefined> {
  for await (const comment of pagesOf<Comment>(access, `/issues/${number}/comments`)) {
    if (comment.user?.type === "Bot" && comment.body?.startsWith(marker)) return comment;
  }
  return undefined;
}
