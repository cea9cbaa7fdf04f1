import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { KubernetesApi } from "../../api/kubernetes-api.ts";
import { type Assets, readAssets } from "./assets.ts";
import { admit, SAFE_HEADERS } from "./guard.ts";
import { LivePage, type LivePageOptions } from "./live-page.ts";
import { objectYaml } from "./object-yaml.ts";
import { Viewer } from "./viewer.ts";

/** What is shown, and how. */
export interface ServePageOptions extends LivePageOptions {
  readonly api: KubernetesApi;
  /** The namespace that is shown at first. */
  readonly namespace: string;
  /**
   * The port.
   *
   * @default - a free one
   */
  readonly port?: number;
}

/** A page that is served. */
export interface ServedPage {
  /** The address, with the token that it needs. */
  readonly url: string;
  /** Ends the server, every connection and every watch. */
  close(): Promise<void>;
}

/** Serves the page to this machine alone. It reads from the cluster, and changes nothing. */
export async function servePage(options: ServePageOptions): Promise<ServedPage> {
  const site = new Site(options, await readAssets());
  const server = createServer((request, response) => site.answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  site.port = port;
  return {
    url: `http://127.0.0.1:${port}/${site.token}/`,
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      site.close();
      server.closeAllConnections();
      return closed;
    },
  };
}

/** A name of a namespace: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

class Site {
  /** Part of the address, without which nobody gets an answer. */
  readonly token = randomBytes(24).toString("base64url");
  port = 0;
  readonly #pages = new Map<string, LivePage>();
  readonly #ending = new AbortController();
  readonly #options: ServePageOptions;
  readonly #assets: Assets;

  constructor(options: ServePageOptions, assets: Assets) {
    this.#options = options;
    this.#assets = assets;
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const admitted = admit(request, this);
    if (!(admitted instanceof URL)) {
      response.writeHead(admitted.status, SAFE_HEADERS).end();
      return;
    }
    const { pathname, searchParams } = admitted;
    const namespace = searchParams.get("namespace") || this.#options.namespace;
    if (!NAMESPACE.test(namespace)) send(response, 400, "text/plain", "No such namespace");
    else if (pathname === "/") send(response, 200, "text/html", this.#assets.html);
    else if (pathname === "/page.css") send(response, 200, "text/css", this.#assets.css);
    else if (pathname === "/page.js") send(response, 200, "text/javascript", this.#assets.script);
    else if (pathname === "/events") this.#follow(namespace, response);
    else if (pathname === "/yaml") this.#yaml(searchParams, namespace, response);
    else send(response, 404, "text/plain", "There is no such page");
  }

  #follow(namespace: string, response: ServerResponse): void {
    response.writeHead(200, { ...SAFE_HEADERS, "content-type": "text/event-stream" });
    const page =
      this.#pages.get(namespace) ?? new LivePage(this.#options.api, namespace, this.#options);
    this.#pages.set(namespace, page);
    const viewer = new Viewer(response);
    page.add(viewer);
    response.on("close", () => {
      if (!page.remove(viewer)) return;
      page.close();
      this.#pages.delete(namespace);
    });
  }

  #yaml(asked: URLSearchParams, namespace: string, response: ServerResponse): void {
    const signal = AbortSignal.any([this.#ending.signal, AbortSignal.timeout(10_000)]);
    objectYaml(this.#options.api, asked, namespace, signal).then(
      ({ status, text }) => send(response, status, "text/plain", text),
      () => send(response, 502, "text/plain", "The API server does not answer"),
    );
  }

  close(): void {
    this.#ending.abort();
    for (const page of this.#pages.values()) page.close();
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { ...SAFE_HEADERS, "content-type": `${type}; charset=utf-8` });
  response.end(body);
}
