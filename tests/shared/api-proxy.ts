import { readFileSync, writeFileSync } from "node:fs";
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { request as httpsRequest, Agent as TlsAgent } from "node:https";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream";
import { parse, stringify } from "yaml";

/** A request that a client sends to the API server. */
export interface ApiRequest {
  /** The HTTP method. */
  readonly method: string;
  /** The path with its query. */
  readonly url: string;
}

/** What the proxy does to a request in place of passing it on as it is. */
export type Fault =
  /** Answers with a status in place of the API server. */
  | { readonly kind: "answer"; readonly status: number; readonly headers?: Record<string, string> }
  /** Closes the connection before the API server has the request. */
  | { readonly kind: "reset" }
  /** Never answers; the API server does not get the request. */
  | { readonly kind: "hang" }
  /** Passes the request on, and closes the connection in place of passing the answer back. */
  | { readonly kind: "lost answer"; readonly afterwards?: () => void }
  /** Passes the answer's status back, and its body as long after that. */
  | { readonly kind: "slow body"; readonly milliseconds: number };

/** A proxy between clients and an API server. */
export interface ApiProxy {
  /** URL for the clients. It is plain HTTP on the loopback interface; the clients bring their own token. */
  readonly url: string;
  /** Ends all connections. */
  readonly close: () => Promise<void>;
}

/** Where the API server is. */
export interface Upstream {
  /** Its URL. */
  readonly server: string;
  /** The certificate of the authority that has signed its own, as PEM; none for plain HTTP. */
  readonly authority?: string;
  /** The token for requests that have none, because Go's clients send theirs over TLS alone. Otherwise these stay anonymous. */
  readonly token?: string;
}

/**
 * Starts a proxy that passes every request on, unless the listener, which is told of each one before that, returns a fault. The API server
 * sees the token that the client sends; the proxy has no other permissions than those of {@link Upstream.token}.
 */
export async function startApiProxy(
  { authority, server, token }: Upstream,
  onRequest: (request: ApiRequest) => Fault | undefined,
): Promise<ApiProxy> {
  const target = new URL(server);
  const isPlain = target.protocol === "http:";
  const agent = isPlain
    ? new Agent({ keepAlive: true })
    : new TlsAgent({ keepAlive: true, ...(authority !== undefined && { ca: authority }) });
  const send = isPlain ? httpRequest : httpsRequest;
  const user = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const proxy = createServer((incoming, outgoing) => {
    const { headers, method = "GET", url = "/" } = incoming;
    const fault = onRequest({ method, url });
    if (isRefused(fault, outgoing)) return;
    const options = { agent, method, headers: { ...user, ...headers, host: target.host } };
    const forwarded = send(new URL(url, target), options, (answer) => {
      passBack(answer, outgoing, fault);
    });
    forwarded.on("error", () => outgoing.destroy());
    outgoing.on("close", () => forwarded.destroy());
    pipeline(incoming, forwarded, () => {});
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return { url: urlOf(proxy), close: () => closed(proxy, agent) };
}

/** Whether a fault keeps a request from the API server. */
function isRefused(fault: Fault | undefined, outgoing: ServerResponse): boolean {
  switch (fault?.kind) {
    case "answer":
      outgoing.writeHead(fault.status, fault.headers).end();
      return true;
    case "reset":
      outgoing.destroy();
      return true;
    case "hang":
      return true;
    default:
      return false;
  }
}

function passBack(
  answer: IncomingMessage,
  outgoing: ServerResponse,
  fault: Fault | undefined,
): void {
  if (fault?.kind === "lost answer") {
    answer.resume().on("end", () => {
      fault.afterwards?.();
      outgoing.destroy();
    });
    return;
  }
  outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
  const pass = () => pipeline(answer, outgoing, () => {});
  if (fault?.kind !== "slow body") {
    pass();
    return;
  }
  outgoing.flushHeaders();
  setTimeout(pass, fault.milliseconds);
}

/**
 * Starts a proxy to the cluster of a kubeconfig, and writes a kubeconfig that leads through it.
 *
 * @param kubeconfig - the file with the cluster's kubeconfig
 * @param through - the file to write, for the owner alone
 */
export async function startProxyOf(
  kubeconfig: string,
  through: string,
  onRequest: (request: ApiRequest) => Fault | undefined,
): Promise<ApiProxy> {
  const config = parse(readFileSync(kubeconfig, "utf8"));
  const [{ cluster }] = config.clusters;
  const authority = Buffer.from(cluster["certificate-authority-data"], "base64").toString();
  const [{ user }] = config.users;
  const upstream = { server: cluster.server, authority, token: user.token };
  const proxy = await startApiProxy(upstream, onRequest);
  // Clients refuse plain HTTP otherwise: https://github.com/kubernetes-client/javascript/blob/2.0.1/src/config.ts
  config.clusters[0].cluster = { server: proxy.url, "insecure-skip-tls-verify": true };
  writeFileSync(through, stringify(config), { mode: 0o600 });
  return proxy;
}

function urlOf(server: Server): string {
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

async function closed(server: Server, agent: Agent | TlsAgent): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  agent.destroy();
  await ended;
}
