import { request as requestHttp } from "node:http";
import { type RequestOptions, request as requestHttps } from "node:https";
import type { Cluster, KubeConfig } from "@kubernetes/client-node";
import { CannotTellError, messageOf, UsageError } from "../errors.ts";
import { type Access, plainAccess } from "./plain-access.ts";

/** An answer of the API server. */
export interface Answer {
  /** The HTTP status. */
  readonly status: number;
  /** The body, parsed; undefined if it is no JSON. */
  readonly body: unknown;
  /** The clock of the server, in RFC 3339; undefined if it does not tell. */
  readonly date: string | undefined;
}

/** A cluster that can be read. There is no way to write. */
export interface Connection {
  /** The context's own namespace. */
  readonly namespace: string;
  /**
   * Reads a path of the API.
   *
   * @throws Error if the server cannot be reached or does not answer in time
   */
  readonly get: (path: string) => Promise<Answer>;
}

/** Which cluster is read. */
export interface ClusterChoice {
  /** The path of a kubeconfig; absent for the environment's. */
  readonly kubeconfig?: string | undefined;
  /** The context; absent for the current one. */
  readonly context?: string | undefined;
}

/** Which cluster is read, and how. */
export interface ConnectionOptions extends ClusterChoice {
  /** How long one request may take, in milliseconds. */
  readonly timeout: number;
}

/**
 * Connects to a cluster. The requests are made here, because the client library parses every object into classes and
 * offers no time limit for one call.
 *
 * @throws UsageError if the context does not exist
 * @throws CannotTellError if there is no kubeconfig
 */
export async function connect({ timeout, ...choice }: ConnectionOptions): Promise<Connection> {
  const { namespace, options, server } =
    plainAccess(choice.kubeconfig, choice.context) ?? (await anyAccess(choice));
  // Later requests take the connections of earlier ones: a handshake takes two round trips.
  if (typeof options.agent === "object") Object.assign(options.agent, { keepAlive: true });
  const url = server.replace(/\/$/, "");
  return { namespace, get: (path) => getJson(`${url}${path}`, options, timeout) };
}

/** Access by the client library, which knows every kind of credentials. Loading it takes most of a second. */
async function anyAccess(choice: ClusterChoice): Promise<Access> {
  const { cluster, config, namespace } = await chooseCluster(choice);
  const options: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    throw new CannotTellError(`Cannot get credentials for ${cluster.server}: ${messageOf(error)}`);
  }
  return { namespace, options, server: cluster.server };
}

/** A cluster of a kubeconfig. */
export interface ChosenCluster {
  /** The kubeconfig, with the context as its current one. */
  readonly config: KubeConfig;
  /** The context's cluster. */
  readonly cluster: Cluster;
  /** The context's own namespace. */
  readonly namespace: string;
}

/**
 * Reads a kubeconfig and chooses a context. Nothing is asked of the cluster.
 *
 * @throws UsageError if the context does not exist
 * @throws CannotTellError if there is no kubeconfig
 */
export async function chooseCluster({
  context,
  kubeconfig,
}: ClusterChoice): Promise<ChosenCluster> {
  const { KubeConfig } = await import("@kubernetes/client-node");
  const config = new KubeConfig();
  load(config, kubeconfig);
  if (context !== undefined) choose(config, context);
  const cluster = config.getCurrentCluster();
  if (cluster === null) {
    throw new CannotTellError(
      `Cannot read a cluster: the kubeconfig has no cluster for context "${config.getCurrentContext() ?? ""}"; pass --context`,
    );
  }
  const namespace = config.getContextObject(config.getCurrentContext())?.namespace ?? "default";
  return { config, cluster, namespace };
}

function load(config: KubeConfig, path: string | undefined): void {
  try {
    if (path === undefined) config.loadFromDefault();
    else config.loadFromFile(path);
  } catch {
    // The cause is left out: a parser repeats the text that it could not read, which may be a password.
    throw new CannotTellError(
      `Cannot read the kubeconfig ${path ?? "of the environment"}: it does not exist or is not valid; pass --kubeconfig`,
    );
  }
  // Without any kubeconfig the library invents a cluster at localhost:8080.
  const [only, ...others] = config.getClusters();
  if (others.length === 0 && (only === undefined || only.server === "http://localhost:8080")) {
    throw new CannotTellError(
      "Cannot read a cluster: there is no kubeconfig; set KUBECONFIG or pass --kubeconfig",
    );
  }
}

function choose(config: KubeConfig, context: string): void {
  const names = config.getContexts().map(({ name }) => name);
  if (!names.includes(context)) {
    throw new UsageError(
      `Cannot use context "${context}": the kubeconfig has ${names.join(", ") || "none"}`,
    );
  }
  config.setCurrentContext(context);
}

function getJson(url: string, options: RequestOptions, timeout: number): Promise<Answer> {
  const request = url.startsWith("http:") ? requestHttp : requestHttps;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeout);
    const headers = { ...options.headers, Accept: "application/json" };
    const sent = request(url, { ...options, headers, signal }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const date = Date.parse(response.headers.date ?? "");
        resolve({
          status: response.statusCode ?? 0,
          body: parsed(Buffer.concat(chunks).toString("utf8")),
          date: Number.isNaN(date) ? undefined : new Date(date).toISOString(),
        });
      });
    });
    sent.on("error", (error) => {
      reject(signal.aborted ? new Error(`timed out after ${timeout / 1000} s`) : error);
    });
    sent.end();
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
