import { Agent, type RequestOptions, request } from "node:https";
import type { KubeConfig, KubernetesObject } from "@kubernetes/client-node";

/** What an API server says of an object that it was asked to check and not to keep. */
export interface DryRunVerdict {
  /** Whether it would have created the object. */
  readonly accepted: boolean;
  /** Why not. */
  readonly message?: string;
  /** What it warned of, without the header's code and quotes. */
  readonly warnings: readonly string[];
}

/**
 * Creates the object in a dry run in which unknown and doubled fields are errors. The typed clients do not show the `Warning:`
 * headers, so this asks by HTTPS. A Pod template is judged by Pod Security only in a warning, and only where the namespace
 * has a `warn` label; the namespace must exist.
 *
 * @throws Error when the server has no such kind
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run
 */
export async function strictDryRun(
  config: KubeConfig,
  object: KubernetesObject,
): Promise<DryRunVerdict> {
  const server = serverOf(config);
  const path = await collectionPath(server, object);
  const query = new URLSearchParams({
    dryRun: "All",
    fieldValidation: "Strict",
    fieldManager: "strict-dry-run",
  });
  return verdictIn(await server.ask(`${path}?${query}`, JSON.stringify(object)));
}

/** Applies the object on the server's side, as Pulumi's provider does, in such a dry run. Nothing of its name may be there. */
export async function strictDryApply(
  config: KubeConfig,
  object: KubernetesObject,
): Promise<DryRunVerdict> {
  const server = serverOf(config);
  const path = await collectionPath(server, object);
  const query = "dryRun=All&fieldValidation=Strict&force=true&fieldManager=strict-dry-run";
  const at = `${path}/${object.metadata?.name}?${query}`;
  return verdictIn(await server.ask(at, JSON.stringify(object), APPLY));
}

function verdictIn({ body, status, warnings }: Answer): DryRunVerdict {
  if (status === 200 || status === 201) return { accepted: true, warnings };
  return { accepted: false, message: messageIn(body) ?? `answered with ${status}`, warnings };
}

/** How a body is sent that is applied. */
const APPLY = { method: "PATCH", type: "application/apply-patch+yaml" } as const;
const CREATE = { method: "POST", type: "application/json" } as const;

/** What the API server answers a GET with. */
export async function askApiServer(config: KubeConfig, path: string): Promise<string> {
  return (await serverOf(config).ask(path)).body;
}

interface Answer {
  readonly status: number | undefined;
  readonly warnings: string[];
  readonly body: string;
}

interface ApiServer {
  readonly ask: (
    path: string,
    body?: string,
    how?: typeof APPLY | typeof CREATE,
  ) => Promise<Answer>;
  /** By API version, which path the objects of a kind have. */
  readonly kinds: Map<string, Promise<ApiResource[]>>;
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

const servers = new WeakMap<KubeConfig, ApiServer>();

/** Connections and discovered kinds are kept: a fuzzer asks thousands of times. */
function serverOf(config: KubeConfig): ApiServer {
  const server = servers.get(config) ?? connect(config);
  servers.set(config, server);
  return server;
}

function connect(config: KubeConfig): ApiServer {
  const url = config.getCurrentCluster()?.server;
  if (url === undefined) throw new Error("The kubeconfig has no current cluster");
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const credentials: RequestOptions = {};
  const applied = config.applyToHTTPSOptions(credentials);
  return {
    ask: async (path, body, { method, type } = CREATE) => {
      await applied;
      const headers = { ...credentials.headers, "content-type": type };
      const options = { ...credentials, agent, headers };
      return send(
        new URL(path, url),
        { ...options, method: body === undefined ? "GET" : method },
        body,
      );
    },
    kinds: new Map(),
  };
}

function send(url: URL, options: RequestOptions, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...options, timeout: 30_000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const warnings = (response.headersDistinct["warning"] ?? []).flatMap(readWarnings);
        resolve({
          status: response.statusCode,
          warnings,
          body: Buffer.concat(chunks).toString("utf8"),
        });
      });
    });
    sent.on("timeout", () => sent.destroy(new Error(`no answer from ${url.origin}`)));
    sent.on("error", reject);
    sent.end(body);
  });
}

/** The texts of a `Warning:` header, such as `299 - "v1 Endpoints is deprecated"`. */
function readWarnings(header: string): string[] {
  const quoted = header.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g);
  return [...quoted].map(([, text = ""]) => text.replaceAll(/\\(.)/g, "$1"));
}

async function collectionPath(server: ApiServer, object: KubernetesObject): Promise<string> {
  const { apiVersion = "", kind = "", metadata } = object;
  const base = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const known = server.kinds.get(base) ?? discover(server, base);
  server.kinds.set(base, known);
  const found = (await known).find((one) => one.kind === kind && !one.name.includes("/"));
  if (found === undefined) throw new Error(`The API server has no ${kind} in ${apiVersion}`);
  const place = found.namespaced ? `/namespaces/${metadata?.namespace ?? "default"}` : "";
  return `${base}${place}/${found.name}`;
}

async function discover(server: ApiServer, base: string): Promise<ApiResource[]> {
  const { status, body } = await server.ask(base);
  if (status !== 200) throw new Error(`The API server answers ${base} with ${status}`);
  return (JSON.parse(body) as { resources: ApiResource[] }).resources;
}

function messageIn(body: string): string | undefined {
  try {
    return (JSON.parse(body) as { message?: string }).message;
  } catch {
    return body === "" ? undefined : body;
  }
}
