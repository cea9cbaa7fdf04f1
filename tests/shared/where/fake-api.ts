import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Access } from "../../../where/api/access.ts";

/** An object of the fake API. */
export interface FakeObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

interface Change {
  readonly version: number;
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly path: string;
  readonly object: FakeObject;
}

/**
 * A small API server over plain HTTP, which lists and watches collections by their paths, and does on demand what real ones do at
 * their worst: it cuts, hangs, refuses, forgets versions and restarts.
 */
export class FakeApi {
  /** The requests so far, each as its path and query. */
  readonly requests: string[] = [];
  readonly #collections = new Map<string, Map<string, FakeObject>>();
  readonly #changes: Change[] = [];
  readonly #watches = new Map<ServerResponse, string>();
  readonly #sockets = new Set<Socket>();
  readonly #refused = new Map<string, { readonly status: number; readonly headers: object }>();
  #hanging = false;
  #version = 100;
  #oldest = 0;
  #port = 0;
  #server: Server | undefined;

  /** The URL, after {@link start}. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** How to reach it: it takes everybody's word. */
  get access(): Pick<Access, "credentials" | "server"> {
    return { server: this.url, credentials: async () => ({}) };
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => this.#answer(request, response));
    server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  /** Ends at once, as a killed process does. The port stays the same for the next start. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      if (this.#server === undefined) resolve();
      else this.#server.close(() => resolve());
    });
    this.cut();
    await closed;
    this.#server = undefined;
  }

  /** Breaks every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#watches.clear();
  }

  /** Ends every watch in order, as a real server does after `timeoutSeconds`. */
  endWatches(): void {
    for (const [response] of this.#watches) response.end();
    this.#watches.clear();
  }

  /** How many watches are open. */
  watching(): number {
    return this.#watches.size;
  }

  /** Waits until a number of watches is open. */
  async untilWatching(count: number): Promise<void> {
    while (this.#watches.size !== count) {
      const [[first] = []] = [...this.#watches];
      if (first === undefined) throw new Error(`No watch is open, instead of ${count}`);
      await once(first, "close");
    }
  }

  /** Accepts requests and answers nothing, or answers again. */
  hang(hanging: boolean): void {
    this.#hanging = hanging;
  }

  /** Answers a path with a status and headers; 200 answers it as usual. */
  refuse(path: string, status: number, headers: Readonly<Record<string, string>> = {}): void {
    this.#refused.set(path, { status, headers });
  }

  /** Forgets every version until now: who watches from one of them is told 410. */
  expire(): void {
    this.#version += 1;
    this.#oldest = this.#version;
  }

  /** Makes sure that a collection is served, also without objects. */
  serve(path: string): void {
    if (!this.#collections.has(path)) this.#collections.set(path, new Map());
  }

  /** Creates or changes an object of a collection. */
  put(path: string, object: FakeObject): void {
    this.serve(path);
    const collection = this.#collections.get(path);
    const known = collection?.has(object.metadata.name) === true;
    const stored = this.#stamped(object);
    collection?.set(object.metadata.name, stored);
    this.#tell({
      version: this.#version,
      type: known ? "MODIFIED" : "ADDED",
      path,
      object: stored,
    });
  }

  /** Deletes an object of a collection. */
  remove(path: string, name: string): void {
    const object = this.#collections.get(path)?.get(name);
    if (object === undefined) throw new Error(`There is no ${name} in ${path}`);
    this.#collections.get(path)?.delete(name);
    const stored = this.#stamped(object);
    this.#tell({ version: this.#version, type: "DELETED", path, object: stored });
  }

  #stamped(object: FakeObject): FakeObject {
    this.#version += 1;
    const resourceVersion = String(this.#version);
    return {
      ...object,
      metadata: { uid: object.metadata.name, ...object.metadata, resourceVersion },
    };
  }

  /** Sends a bookmark to every watch. */
  bookmark(): void {
    this.#version += 1;
    const object = { metadata: { resourceVersion: String(this.#version) } };
    for (const [response] of this.#watches) write(response, { type: "BOOKMARK", object });
  }

  #tell(change: Change): void {
    this.#changes.push(change);
    for (const [response, path] of this.#watches) {
      if (path === change.path) write(response, change);
    }
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "/", this.url);
    this.requests.push(url.pathname + url.search);
    if (this.#hanging) return;
    const { headers, status } = this.#refused.get(url.pathname) ?? { headers: {}, status: 200 };
    if (status !== 200) {
      response.writeHead(status, { "content-type": "application/json", ...headers }).end("{}");
      return;
    }
    const collection = this.#collections.get(url.pathname);
    if (collection === undefined) this.#answerOne(url.pathname, response);
    else if (url.searchParams.has("watch")) this.#watch(url, response);
    else this.#list(collection, url, response);
  }

  #answerOne(path: string, response: ServerResponse): void {
    const [, collection = "", name = ""] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
    const object = this.#collections.get(collection)?.get(decodeURIComponent(name));
    response.writeHead(object === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(object ?? { kind: "Status", code: 404 }));
  }

  #list(collection: ReadonlyMap<string, FakeObject>, url: URL, response: ServerResponse): void {
    const limit = Number(url.searchParams.get("limit") ?? collection.size);
    const from = Number(url.searchParams.get("continue") ?? 0);
    const items = [...collection.values()].slice(from, from + limit);
    const next = from + limit < collection.size ? String(from + limit) : undefined;
    response.writeHead(200, { "content-type": "application/json" });
    const metadata = { resourceVersion: String(this.#version), continue: next };
    response.end(JSON.stringify({ items, metadata }));
  }

  #watch(url: URL, response: ServerResponse): void {
    const from = Number(url.searchParams.get("resourceVersion"));
    response.writeHead(200, { "content-type": "application/json" });
    response.flushHeaders();
    if (from < this.#oldest) {
      write(response, { type: "ERROR", object: { kind: "Status", code: 410, message: "too old" } });
      response.end();
      return;
    }
    const missed = this.#changes.filter((it) => it.path === url.pathname && it.version > from);
    for (const change of missed) write(response, change);
    this.#watches.set(response, url.pathname);
    response.on("close", () => this.#watches.delete(response));
  }
}

function write(response: ServerResponse, event: object): void {
  response.write(`${JSON.stringify(event)}\n`);
}
