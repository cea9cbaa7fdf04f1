import { UserError } from "../errors.ts";

/** Where and as whom GitHub is asked. */
export interface GitHubAccess {
  /** The address of its REST API, without a slash at the end. */
  readonly url: string;
  /** The repository, as `owner/name`. */
  readonly repository: string;
  /** The token of the job. It appears in no message. */
  readonly token: string;
}

const PER_PAGE = 100;
/** More comments than any discussion has. */
const MOST_PAGES = 50;
const TIMEOUT_MILLISECONDS = 30_000;

/**
 * Reads where GitHub is and who asks from the variables of a job.
 *
 * @throws UserError with the variable that is missing
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
export function gitHubAccess(env: Readonly<Record<string, string | undefined>>): GitHubAccess {
  const read = (name: string): string => {
    const value = env[name];
    if (value) return value;
    throw new UserError(`${name} is missing; run this in a job of GitHub Actions, or set it`);
  };
  return {
    url: read("GITHUB_API_URL"),
    repository: read("GITHUB_REPOSITORY"),
    token: read("GITHUB_TOKEN"),
  };
}

/**
 * Asks GitHub about the repository.
 *
 * @param path - what stands after `/repos/owner/name`, such as `/issues/1`
 * @throws UserError with GitHub's status and message
 */
export async function askGitHub(
  { repository, token, url }: GitHubAccess,
  method: "GET" | "PATCH" | "POST",
  path: string,
  body?: object,
): Promise<unknown> {
  const response = await fetch(`${url}/repos/${repository}${path}`, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "x-github-api-version": "2022-11-28",
    },
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  const { message = "no message" } = (answer ?? {}) as { readonly message?: string };
  throw new UserError(`GitHub answers ${method} ${path} with ${response.status}: ${message}`);
}

/** The items of a list, from all of its pages. */
export async function* pagesOf<Item>(
  access: GitHubAccess,
  path: string,
  query: Readonly<Record<string, string>> = {},
): AsyncGenerator<Item> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const parameters = new URLSearchParams({ ...query, per_page: `${PER_PAGE}`, page: `${page}` });
    const items = (await askGitHub(access, "GET", `${path}?${parameters}`)) as Item[];
    yield* items;
    if (items.length < PER_PAGE) return;
  }
}
