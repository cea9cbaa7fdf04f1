import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { execa } from "execa";
import { inject, onTestFinished } from "vitest";

/** A line that the application logs. */
export interface LoggedEvent {
  readonly msg: string;
  readonly hostname?: string;
  readonly http?: string;
  readonly tcp?: string;
}

/** Runs the application on free ports of this machine until the test ends. */
export async function startApplication(env: Record<string, string> = {}) {
  const child = execa(inject("demoApplication"), {
    env: { HTTP_ADDRESS: "127.0.0.1:0", TCP_ADDRESS: "127.0.0.1:0", ...env },
    reject: false,
    buffer: false,
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await child;
  });
  const events: LoggedEvent[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => {
    events.push(JSON.parse(line));
    lines.emit("event");
  });
  const logged = async (message: string): Promise<LoggedEvent> => {
    for (;;) {
      const found = events.find(({ msg }) => msg === message);
      if (found) return found;
      await once(lines, "event");
    }
  };
  const { http = "", tcp = "", hostname = "" } = await logged("started");
  return {
    ...{ hostname, tcp, events, logged },
    url: `http://${http}`,
    /** Sends SIGTERM and waits until the application has taken note of it. */
    async stop() {
      child.kill("SIGTERM");
      await logged("told to stop");
    },
    exitCode: async () => (await child).exitCode,
  };
}

/** An answer, read to its end. */
export interface Answer {
  readonly status: number | undefined;
  readonly connection: string | undefined;
  readonly body: string;
}

/** A client with one connection, which is kept as long as the server keeps it, and which never sends anything twice. */
export function keptConnection(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return {
    async send(path: string, options: { method?: string; accept?: string } = {}): Promise<Answer> {
      const { method = "GET", accept = "*/*" } = options;
      const sent = request(url + path, { agent, method, headers: { accept } }).end();
      const [response] = (await once(sent, "response")) as [IncomingMessage];
      return {
        status: response.statusCode,
        connection: response.headers.connection,
        body: await text(response),
      };
    },
  };
}
