import { type ClientRequestArgs, request } from "node:http";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import type { LocalPaths } from "../paths.ts";
import { respondsOk } from "../processes/health.ts";
import type { ProcessSpec } from "../processes/managed-process.ts";
import { clusterKey, socketFolder } from "./names.ts";
import { inNamespace } from "./run-in.ts";

const ANSWER_TIMEOUT_MILLISECONDS = 2000;
const READY_TIMEOUT_SECONDS = 20;

/** The socket on which the proxy into the VPC listens. */
export const connectSocket = (paths: LocalPaths): string =>
  join(socketFolder(paths), "connect.sock");

/** The proxy into the VPC. */
export function connectProxy(paths: LocalPaths): ProcessSpec {
  const [command = "", ...namespace] = inNamespace(clusterKey(paths));
  const program = join(import.meta.dirname, "connect-proxy.ts");
  return {
    name: "connect-proxy",
    order: 1,
    command,
    args: [...namespace, process.execPath, program, connectSocket(paths)],
    isReady: () => respondsOk("the proxy", { socketPath: connectSocket(paths), agent: false }),
    readyTimeoutSeconds: READY_TIMEOUT_SECONDS,
  };
}

/** Whether a URL inside the VPC answers with status 200. Throws where it does not answer at all. */
export function answersInVpc(paths: LocalPaths, url: string): Promise<boolean> {
  const { hostname, port, pathname } = new URL(url);
  const createConnection: ClientRequestArgs["createConnection"] = (_options, done) => {
    tunnel(paths, hostname, Number(port || 80)).then(
      (socket) => done(null, socket),
      (error: Error) => done(error, undefined as never),
    );
    return undefined;
  };
  // No agent: with one, a connection that is given would not be used.
  return respondsOk(url, { host: hostname, port, path: pathname, createConnection });
}

/** A connection to an address inside the VPC. */
export function tunnel(paths: LocalPaths, host: string, port: number): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const asking = request({
      socketPath: connectSocket(paths),
      method: "CONNECT",
      path: `${host}:${port}`,
    });
    asking.setTimeout(ANSWER_TIMEOUT_MILLISECONDS, () =>
      asking.destroy(new Error(`no answer from ${host}:${port}`)),
    );
    asking.once("connect", (response, socket) => {
      socket.setTimeout(0);
      if (response.statusCode === 200) resolve(socket);
      else reject(new Error(`no connection to ${host}:${port}`));
    });
    asking.once("error", reject);
    asking.end();
  });
}
