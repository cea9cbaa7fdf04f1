import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { GitHubAccess } from "../../../../local/github/api.ts";

/** A request that the fake GitHub got. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, string>> | undefined;
}

const TOKEN = "token-of-the-job";

/**
 * A GitHub for a test, which knows some lists and takes every change.
 *
 * @param lists - the items of each path, which are given out in pages
 * @returns how it is reached, and the changes that it got
 */
export async function fakeGitHub(lists: Readonly<Record<string, readonly object[]>>) {
  const changes: Received[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://github.example");
    const path = url.pathname.replace("/repos/shop/infra", "");
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const answer = (status: number, body: unknown) =>
        response.writeHead(status).end(JSON.stringify(body));
      if (request.headers.authorization !== `Bearer ${TOKEN}`) {
        return answer(401, { message: "Bad credentials" });
      }
      if (request.method !== "GET") {
        const body = JSON.parse(Buffer.concat(chunks).toString());
        changes.push({ method: request.method ?? "", path, body });
        return answer(200, {});
      }
      const [page, size] = ["page", "per_page"].map((name) => Number(url.searchParams.get(name)));
      const end = (page ?? 0) * (size ?? 0);
      const items = lists[path]?.slice(end - (size ?? 0), end);
      return items ? answer(200, items) : answer(404, { message: "Not Found" });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const access: GitHubAccess = { url, repository: "shop/infra", token: TOKEN };
  return { access, changes };
}
