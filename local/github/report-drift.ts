import { existsSync } from "node:fs";
import { renderMarkdown } from "../../preview/render/markdown.ts";
import { type Report, type StackReport, Verdict } from "../../preview/report.ts";
import { askGitHub, type GitHubAccess, pagesOf } from "./api.ts";
import { readReports } from "./reports.ts";

const MARKER = "<!-- pulumi-preview-gate drift -->";
const TITLE = "The clusters differ from the program";

interface Issue {
  readonly number: number;
  readonly body?: string | null;
  readonly user: { readonly type: string } | null;
  readonly pull_request?: unknown;
}

/**
 * Keeps one issue about drift: opens or updates it if a stack differs or could not be judged, and closes it if none does.
 *
 * @param stacks - the stacks that were previewed; one without a report counts as not judged
 * @returns what was done, in one sentence
 */
export async function reportDrift(
  access: GitHubAccess,
  folder: string,
  stacks: readonly string[],
): Promise<string> {
  const report: Report = existsSync(folder)
    ? readReports(folder)
    : { schemaVersion: 1, verdict: Verdict.Unjudged, stacks: [] };
  const missing = stacks.filter((name) => !report.stacks.some(({ stack }) => stack === name));
  const issue = await openIssue(access);

  if (missing.length === 0 && report.verdict === Verdict.Pass) {
    if (issue === undefined) return "No stack has drifted";
    await askGitHub(access, "PATCH", `/issues/${issue.number}`, { state: "closed" });
    return `No stack has drifted any more; closed issue ${issue.number}`;
  }
  const body = bodyOf(report, missing);
  if (issue !== undefined) {
    await askGitHub(access, "PATCH", `/issues/${issue.number}`, { body });
    return `Updated issue ${issue.number}`;
  }
  await askGitHub(access, "POST", "/issues", { title: TITLE, body });
  return "Opened an issue";
}

/** What to do; an update alone leaves a change by hand, or fails because another program has written the field. */
const REMEDY =
  "If the change is to stay, put it into the program. Otherwise look at `pulumi preview --refresh --diff --stack NAME`, and put back what the program says: `PULUMI_K8S_ENABLE_PATCH_FORCE=true pulumi up --refresh --stack NAME`.\n";

const isDifferent = ({ changes, verdict }: StackReport): boolean =>
  verdict !== Verdict.Pass && changes.length > 0;

const bodyOf = (report: Report, missing: readonly string[]): string =>
  [
    MARKER,
    ...(report.stacks.some(isDifferent) ? [REMEDY] : []),
    ...missing.map((stack) => `Stack \`${stack}\` has no report; see the log of the run.\n`),
    ...(report.stacks.length === 0 ? [] : [renderMarkdown(report)]),
  ].join("\n");

async function openIssue(access: GitHubAccess): Promise<Issue | undefined> {
  for await (const issue of pagesOf<Issue>(access, "/issues", { state: "open" })) {
    const isOurs = issue.user?.type === "Bot" && issue.body?.startsWith(MARKER);
    if (isOurs && issue.pull_request === undefined) return issue;
  }
  return undefined;
}
