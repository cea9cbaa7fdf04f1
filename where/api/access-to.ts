import { Agent, type RequestOptions } from "node:https";
import type { Cluster, KubeConfig } from "@kubernetes/client-node";
import { CannotTellError, messageOf, UsageError } from "../errors.ts";
import type { Access } from "./access.ts";
import { plainAccess } from "./plain-access.ts";

/** How long a credential plugin may take: it may ask for a password or open a browser. */
const CREDENTIAL_MILLISECONDS = 60_000;

/** Which cluster is read. */
export interface ClusterChoice {
  /** The path of a kubeconfig; absent for the environment's. */
  readonly kubeconfig?: string | undefined;
  /** The context; absent for the current one. */
  readonly context?: string | undefined;
  /**
   * How long a credential plugin may take, in milliseconds.
   *
   * @default 60000
   */
  readonly credentialMilliseconds?: number | undefined;
}

/**
 * The access that a kubeconfig gives. Nothing is asked of the cluster.
 *
 * @throws UsageError if the context does not exist
 * @throws CannotTellError if there is no kubeconfig
 */
export const accessTo = async (choice: ClusterChoice): Promise<Access> =>
  plainAccess(choice.kubeconfig, choice.context) ?? (await anyAccess(choice));

/** Access by the client library, which knows every kind of credentials. Loading it takes most of a second. */
async function anyAccess({
  context,
  credentialMilliseconds = CREDENTIAL_MILLISECONDS,
  kubeconfig,
}: ClusterChoice): Promise<Access> {
  const { KubeConfig } = await import("@kubernetes/client-node");
  const config = new KubeConfig();
  load(config, kubeconfig);
  if (context !== undefined) choose(config, context);
  const cluster = config.getCurrentCluster();
  const current = config.getCurrentContext();
  if (cluster === null) {
    throw new CannotTellError(
      `Cannot read a cluster: the kubeconfig has no cluster for context "${current ?? ""}"; pass --context`,
    );
  }
  return {
    server: cluster.server,
    namespace: config.getContextObject(current)?.namespace ?? "default",
    credentials: shared(credentialsOf(config, cluster, credentialMilliseconds)),
  };
}

/** Requests at the same time wait for the same credentials, so that a plugin runs once. */
function shared(get: Access["credentials"]): Access["credentials"] {
  let pending: Promise<RequestOptions> | undefined;
  return () => {
    pending ??= get().finally(() => {
      pending = undefined;
    });
    return pending;
  };
}

function credentialsOf(config: KubeConfig, cluster: Cluster, most: number): Access["credentials"] {
  let [agent, content]: [Agent | undefined, string | undefined] = [undefined, undefined];
  return async () => {
    const options: RequestOptions = {};
    try {
      await within(most, config.applyToHTTPSOptions(options));
    } catch (error) {
      // A parser repeats the text that it could not read, which may be a token.
      const isUnread = error instanceof SyntaxError;
      const why = isUnread ? "its credential plugin has printed no valid JSON" : messageOf(error);
      throw new CannotTellError(`Cannot get credentials for ${cluster.server}: ${why}`);
    }
    if (cluster.proxyUrl !== undefined || cluster.server.startsWith("http:")) return options;
    const { ca, cert, key, rejectUnauthorized, servername } = options;
    // The library keeps its agent, which has the first certificate that a credential plugin gave, and reads files anew each time.
    const now = [ca, cert, key].map(String).join("\n");
    if (agent === undefined || content !== now) {
      agent = new Agent({ ca, cert, key, rejectUnauthorized, servername, keepAlive: true });
      content = now;
    }
    return { ...options, agent };
  };
}

async function within(milliseconds: number, asked: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const limit = setTimeout(
    () => reject(new Error(`no answer from its credential plugin in ${milliseconds / 1000} s`)),
    milliseconds,
  );
  try {
    await Promise.race([asked, promise]);
  } finally {
    clearTimeout(limit);
  }
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
