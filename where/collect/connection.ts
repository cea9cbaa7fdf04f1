import { accessTo, type ClusterChoice } from "../api/access-to.ts";
import { httpApi } from "../api/http-api.ts";
import { type KubernetesApi, textOf } from "../api/kubernetes-api.ts";

/** An answer of the API server. */
export interface Answer {
  /** The HTTP status. */
  readonly status: number;
  /** The body. */
  readonly text: string;
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
   * @param most how long it may take at most, in milliseconds, if that is less than the connection's own limit
   * @throws Error if the server cannot be reached or does not answer in time
   * @throws CannotTellError if a credential plugin fails
   */
  readonly get: (path: string, most?: number) => Promise<Answer>;
}

/** Which cluster is read, and how. */
export interface ConnectionOptions extends ClusterChoice {
  /** How long one request may take, in milliseconds. */
  readonly timeout: number;
}

/**
 * Connects to a cluster.
 *
 * @throws UsageError if the context does not exist
 * @throws CannotTellError if there is no kubeconfig
 */
export async function connect({ timeout, ...choice }: ConnectionOptions): Promise<Connection> {
  const access = await accessTo(choice);
  return {
    namespace: access.namespace,
    get: async (path, most = timeout) => {
      // Before the request's own limit begins: a plugin may wait for somebody to log in.
      const options = await access.credentials();
      const api = httpApi({ server: access.server, credentials: async () => options });
      return ask(api, path, Math.min(most, timeout));
    },
  };
}

async function ask(api: KubernetesApi, path: string, timeout: number): Promise<Answer> {
  const signal = AbortSignal.timeout(timeout);
  try {
    const answer = await api.get(path, signal);
    const date = Date.parse(`${answer.headers["date"]}`);
    return {
      status: answer.status,
      text: await textOf(answer),
      date: Number.isNaN(date) ? undefined : new Date(date).toISOString(),
    };
  } catch (error) {
    throw signal.aborted ? new Error(`timed out after ${timeout / 1000} s`) : error;
  }
}
