import { createServer, request as forward } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";

/** A proxy on 127.0.0.1. */
export interface FakeProxy {
  readonly address: string;
  /** What was asked of it: absolute addresses, and `CONNECT host:port`. */
  readonly asked: string[];
  /** The credentials that came with each request. */
  readonly credentials: (string | undefined)[];
  readonly close: () => Promise<void>;
}

/** How the proxy behaves. */
export interface ProxyBehaviour {
  /** With what it refuses whoever does not say this name and password. */
  readonly wants?: string;
  /** The port on 127.0.0.1 to which every tunnel leads, wherever it was asked for. */
  readonly tunnelsTo?: number;
  /** Whether it never answers. */
  readonly hangs?: boolean;
}

const UNAUTHENTICATED =
  "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n";

/** Starts a proxy that passes on what it is asked for. */
export async function startProxy({
  hangs,
  tunnelsTo,
  wants,
}: ProxyBehaviour = {}): Promise<FakeProxy> {
  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  const sockets = new Set<Duplex>();
  const basic = wants === undefined ? undefined : `Basic ${Buffer.from(wants).toString("base64")}`;
  const refuses = (given: string | undefined): boolean => {
    credentials.push(given);
    return basic !== undefined && given !== basic;
  };

  const server = createServer((incoming, response) => {
    asked.push(incoming.url ?? "");
    if (refuses(incoming.headers["proxy-authorization"])) {
      return void response.writeHead(407, { "proxy-authenticate": "Basic" }).end();
    }
    const { headers, method, url = "" } = incoming;
    const options = { headers, ...(method === undefined ? {} : { method }) };
    incoming.pipe(
      forward(url, options, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      }),
    );
  });
  server.on("connect", (incoming, socket) => {
    asked.push(`CONNECT ${incoming.url}`);
    sockets.add(socket);
    if (hangs) return;
    if (refuses(incoming.headers["proxy-authorization"])) return void socket.end(UNAUTHENTICATED);
    const [host = "", port] = (incoming.url ?? "").split(":");
    const local = tunnelsTo === undefined ? undefined : "127.0.0.1";
    const target = connect(tunnelsTo ?? Number(port), local ?? host, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      target.pipe(socket).pipe(target);
    });
    target.on("error", () => socket.destroy());
    socket.on("error", () => target.destroy());
    socket.on("close", () => target.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    credentials,
    close: async () => {
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy(); // Tunnels are no connections of the server any more.
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
