import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A comment or an issue, as far as it is read. */
export interface Written {
  readonly id: number;
  readonly number: number;
  readonly body: string;
  readonly state: string;
  readonly user: { readonly type: string };
}

/** A GitHub that keeps what it is told: the pull requests, comments and issues of one repository. */
export interface GitHubServer {
  readonly url: string;
  /** What it has, by the path of the list. */
  readonly lists: Map<string, Written[]>;
  /** What was changed, such as `POST /issues`. */
  readonly changes: string[];
  readonly close: () => void;
}

const REPOSITORY = "/repos/shop/infra";
const FIRST_ID = 5000;
const APP = { type: "Bot" };

/** Starts one on a free port. It answers nobody without the token. */
export async function startGitHub(
  token: string,
  lists: ReadonlyMap<string, readonly object[]>,
): Promise<GitHubServer> {
  const kept = new Map([...lists].map(([path, items]) => [path, [...items] as Written[]]));
  const changes: string[] = [];
  const server = createServer((request, response) => {
    void answerTo(request).then(({ body, status }) =>
      response.writeHead(status).end(JSON.stringify(body)),
    );
  });

  async function answerTo(request: IncomingMessage) {
    const url = new URL(request.url ?? "", "http://github.example");
    const path = url.pathname.replace(REPOSITORY, "");
    if (request.headers.authorization !== `Bearer ${token}`) {
      return { status: 401, body: { message: "Bad credentials" } };
    }
    if (request.method === "GET") return page(kept.get(path), url.searchParams);
    const fields = JSON.parse(await textOf(request)) as Partial<Written>;
    changes.push(`${request.method} ${path}`);
    return request.method === "POST" ? added(path, fields) : changed(path, fields);
  }

  function added(path: string, fields: Partial<Written>) {
    const id = FIRST_ID + changes.length;
    const item = { body: "", state: "open", ...fields, id, number: id, user: APP };
    kept.set(path, [...(kept.get(path) ?? []), item]);
    return { status: 201, body: item };
  }

  function changed(path: string, fields: Partial<Written>) {
    const id = Number(path.split("/").at(-1));
    for (const [list, items] of kept) {
      const item = items.find((it) => it.id === id);
      if (item === undefined) continue;
      kept.set(
        list,
        items.map((it) => (it === item ? { ...it, ...fields } : it)),
      );
      return { status: 200, body: item };
    }
    return { status: 404, body: { message: "Not Found" } };
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => void server.close();
  return { url: `http://127.0.0.1:${port}`, lists: kept, changes, close };
}

/** A page of a list; only what is open, where that is asked. */
function page(items: readonly Written[] | undefined, query: URLSearchParams) {
  if (items === undefined) return { status: 404, body: { message: "Not Found" } };
  const wanted = items.filter(
    ({ state = "open" }) => !query.has("state") || state === query.get("state"),
  );
  const size = Number(query.get("per_page"));
  const end = Number(query.get("page")) * size;
  return { status: 200, body: wanted.slice(end - size, end) };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
