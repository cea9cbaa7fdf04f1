// Fake targets of a load balancer, run inside its network: each address has a server that says its own address to whoever connects and
// sends back what it is sent, and a health check that answers as it was told.
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";

/** Tells one target how its health check is to answer. */
export interface Order {
  readonly address: string;
  readonly healthy: boolean;
}

/** Where every target listens. */
export const TRAFFIC_PORT = 30_007;
/** Where every target answers health checks. */
export const HEALTH_PORT = 30_008;

const [, script, ...addresses] = process.argv;
if (script === import.meta.filename) await serve();

async function serve(): Promise<void> {
  const unhealthy = new Set<string>();
  for (const address of addresses) {
    const traffic = createServer((connection) => {
      connection.on("error", () => {}); // it was reset
      connection.write(address);
      connection.pipe(connection);
    }).listen(TRAFFIC_PORT, address);
    const health = createHttpServer(({ url }, response) => {
      const passes = url === "/healthz" && !unhealthy.has(address);
      response.writeHead(passes ? 200 : 503).end();
    }).listen(HEALTH_PORT, address);
    await Promise.all([once(traffic, "listening"), once(health, "listening")]);
  }
  process.on("message", ({ address, healthy }: Order) => {
    if (healthy) unhealthy.delete(address);
    else unhealthy.add(address);
    process.send?.("done");
  });
  process.on("disconnect", () => process.exit());
  process.send?.("listening");
}
