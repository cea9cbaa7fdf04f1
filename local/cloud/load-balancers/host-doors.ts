import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { handOverSocket, ROOT } from "./haproxy-root.ts";

/**
 * The ports on 127.0.0.1 of the host. What comes there goes to HAProxy by a socket of its own, so that HAProxy, which is in another
 * network, needs no right over the host's.
 */
export class HostDoors {
  readonly #servers = new Map<number, Server>();
  #open: ReadonlyMap<string, number> = new Map();

  /** Ports by the key of what they lead to. */
  get open(): ReadonlyMap<string, number> {
    return this.#open;
  }

  /** Listens on a port; answers whether it could. */
  async take(port: number): Promise<boolean> {
    if (this.#servers.has(port)) return true;
    const server = createServer({ allowHalfOpen: true }, (client) => handOver(client, port));
    try {
      server.listen({ host: "127.0.0.1", port });
      await once(server, "listening");
    } catch {
      return false;
    }
    this.#servers.set(port, server);
    return true;
  }

  /** Closes all other ports. Connections that came by them go on. */
  keep(ports: ReadonlyMap<string, number>): void {
    const kept = new Set(ports.values());
    this.#open = ports;
    for (const [port, server] of this.#servers) {
      if (kept.has(port)) continue;
      this.#servers.delete(port);
      server.close();
    }
  }

  /** Closes all. */
  close(): void {
    this.keep(new Map());
  }
}

/** Each end may have said all it has to say before the other has. */
function handOver(client: Socket, port: number): void {
  const inside = connect({ path: join(ROOT, handOverSocket(port)), allowHalfOpen: true });
  for (const [from, to] of [
    [client, inside],
    [inside, client],
  ] as const) {
    from.pipe(to);
    from.on("error", () => to.destroy());
    from.on("close", () => {
      if (!from.readableEnded) to.destroy(); // it broke off
    });
  }
  client.setNoDelay(true);
}
