import { type IncomingMessage, request as requestPlain } from "node:http";
import { type RequestOptions, request as requestSecure } from "node:https";
import type { Access } from "./access.ts";
import type { ApiAnswer, KubernetesApi } from "./kubernetes-api.ts";

/**
 * An API server. The requests are made here, because the official client has no abort signal on its calls
 * (kubernetes-client/javascript issue 2583), which a watch needs, and parses every object into classes.
 */
export function httpApi({
  credentials,
  server,
}: Pick<Access, "credentials" | "server">): KubernetesApi {
  const base = server.replace(/\/$/, "");
  return {
    async get(path, signal) {
      signal.throwIfAborted();
      // Each time: tokens expire, and credential plugins renew them.
      const options = await credentials();
      const headers = { ...options.headers, accept: "application/json" };
      return send(new URL(base + path), { ...options, headers, signal });
    },
  };
}

function send(url: URL, options: RequestOptions): Promise<ApiAnswer> {
  const ask = url.protocol === "http:" ? requestPlain : requestSecure;
  return new Promise((resolve, reject) => {
    const request = ask(url, options, (response) => resolve(answerOf(response)));
    request.on("error", (error: NodeJS.ErrnoException) => {
      // The server closed a connection that was kept while this request was on its way.
      if (request.reusedSocket && error.code === "ECONNRESET") resolve(send(url, options));
      else reject(error);
    });
    request.end();
  });
}

function answerOf(response: IncomingMessage): ApiAnswer {
  return { status: response.statusCode ?? 0, headers: response.headers, body: response };
}
