import { type IncomingMessage, request as requestPlain } from "node:http";
import { type RequestOptions, request as requestSecure } from "node:https";
import type { ApiAnswer, KubernetesApi } from "./kubernetes-api.ts";

/** The part of the official client's `KubeConfig` that is used: where the API server is, and how to prove who asks. */
export interface Credentials {
  /** The cluster of the current context. */
  getCurrentCluster(): { readonly server: string } | null;
  /** Adds certificates, tokens and the output of credential plugins to a request. */
  applyToHTTPSOptions(options: RequestOptions): Promise<void>;
}

/**
 * The API server of a kubeconfig's current context. The official client has no abort signal on its calls
 * (kubernetes-client/javascript issue 2583), which a watch needs.
 *
 * @throws Error if the kubeconfig has no current cluster
 */
export function httpApi(credentials: Credentials): KubernetesApi {
  const cluster = credentials.getCurrentCluster();
  if (cluster === null) {
    throw new Error("Cannot connect: the kubeconfig has no cluster for its current context");
  }
  const server = new URL(cluster.server);
  return {
    async get(path, signal) {
      signal.throwIfAborted();
      const options: RequestOptions = { headers: { accept: "application/json" } };
      // Each time: tokens expire, and credential plugins renew them.
      await credentials.applyToHTTPSOptions(options);
      return send(new URL(server.href.replace(/\/$/, "") + path), { ...options, signal });
    },
  };
}

function send(url: URL, options: RequestOptions): Promise<ApiAnswer> {
  const secure = url.protocol === "https:";
  return new Promise((resolve, reject) => {
    const place = { ...options, ...(secure ? {} : { agent: undefined }) };
    const request = (secure ? requestSecure : requestPlain)(url, place, (response) =>
      resolve(answerOf(response)),
    );
    request.on("error", reject);
    request.end();
  });
}

function answerOf(response: IncomingMessage): ApiAnswer {
  return { status: response.statusCode ?? 0, headers: response.headers, body: response };
}
