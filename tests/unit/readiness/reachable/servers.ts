import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** Lets a server listen until the test ends, and returns its port. */
export async function listening(
  server: Server,
  { host = "127.0.0.1", port = 0 }: { readonly host?: string; readonly port?: number } = {},
): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => {
    server.listen(port, host, resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A server of connections. */
export const tcp = (onConnection: (socket: Socket) => void): Server => createServer(onConnection);

/** A server that answers requests with each status in turn, and then always with the last one. */
export function http(statuses: readonly number[], requests: string[] = []): Server {
  let count = 0;
  const answer: RequestListener = ({ headers, method, url }, response) => {
    requests.push(`${method} ${url} of ${headers.host}`);
    response.writeHead(statuses[Math.min(count, statuses.length - 1)] ?? 500).end();
    count += 1;
  };
  return createHttpServer(answer);
}

/** A port of this machine on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
