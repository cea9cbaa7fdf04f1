import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, connect as connectSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { accessTo } from "../../../../where/api/access-to.ts";
import { httpApi } from "../../../../where/api/http-api.ts";
import type { KubernetesApi } from "../../../../where/api/kubernetes-api.ts";
import { textOf } from "../../../../where/api/kubernetes-api.ts";
import { connect } from "../../../../where/collect/connection.ts";
import { CannotTellError } from "../../../../where/errors.ts";
import { kubeconfigOf } from "../../support/kubeconfig.ts";

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An API server that answers with what a request has shown. */
const echo = (): Promise<string> =>
  listening(
    createServer(({ headers }, response) => response.end(headers.authorization ?? "nobody")),
  );

/** A kubeconfig for one test, of a cluster whose certificates are not checked. */
function kubeconfig(cluster: object, user: object): string {
  const folder = mkdtempSync(join(tmpdir(), "access-to-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return kubeconfigOf(
    join(folder, "config"),
    { "insecure-skip-tls-verify": true, ...cluster },
    user,
  );
}

const ask = async (api: KubernetesApi): Promise<string> =>
  textOf(await api.get("/api", AbortSignal.timeout(5_000)));

/** A credential plugin that gives a new token each time, which is valid until `expires`. */
const plugin = (expires: string) => ({
  exec: {
    apiVersion: "client.authentication.k8s.io/v1",
    command: "sh",
    args: [
      "-c",
      `echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"'$$'","expirationTimestamp":"${expires}"}}'`,
    ],
  },
});

describe("accessTo", () => {
  it("asks a credential plugin again when its token has expired", async () => {
    const server = await echo();
    const api = httpApi(
      await accessTo({ kubeconfig: kubeconfig({ server }, plugin("2000-01-01T00:00:00Z")) }),
    );

    const [first, second] = [await ask(api), await ask(api)];

    expect(first).toMatch(/^Bearer \d+$/);
    expect(second).toMatch(/^Bearer \d+$/);
    expect(second).not.toBe(first);
  });

  it("keeps the token of a credential plugin as long as it is valid", async () => {
    const server = await echo();
    const api = httpApi(
      await accessTo({ kubeconfig: kubeconfig({ server }, plugin("2100-01-01T00:00:00Z")) }),
    );

    expect(await ask(api)).toBe(await ask(api));
  });

  it("says that a credential plugin failed, and for which server", async () => {
    const server = await echo();
    const user = { exec: { ...plugin("").exec, args: ["-c", "exit 1"] } };
    const { credentials } = await accessTo({ kubeconfig: kubeconfig({ server }, user) });

    await expect(credentials()).rejects.toThrow(`Cannot get credentials for ${server}: `);
  });

  it("runs a credential plugin once for requests at the same time", async () => {
    const server = await echo();
    const { credentials } = await accessTo({
      kubeconfig: kubeconfig({ server }, plugin("2000-01-01T00:00:00Z")),
    });

    const given = await Promise.all([credentials(), credentials(), credentials()]);

    expect(new Set(given.map(({ headers }) => JSON.stringify(headers))).size).toBe(1);
    expect(JSON.stringify((await credentials()).headers)).not.toBe(
      JSON.stringify(given[0]?.headers),
    );
  });

  it("repeats nothing of what a credential plugin has printed", async () => {
    const server = await echo();
    const user = { exec: { ...plugin("").exec, args: ["-c", "echo hunter2"] } };
    const { credentials } = await accessTo({ kubeconfig: kubeconfig({ server }, user) });

    await expect(credentials()).rejects.toThrow(
      /: its credential plugin has printed no valid JSON$/,
    );
  });

  it("gives up on a credential plugin that hangs", async () => {
    const server = await echo();
    const user = { exec: { ...plugin("").exec, args: ["-c", "exec sleep 5"] } };
    const choice = { kubeconfig: kubeconfig({ server }, user), credentialMilliseconds: 50 };
    const { credentials } = await accessTo(choice);

    await expect(credentials()).rejects.toThrow(
      `Cannot get credentials for ${server}: no answer from its credential plugin in 0.05 s`,
    );
  });

  it("lets a credential plugin take longer than a request, and tells its own fault", async () => {
    const server = await echo();
    const { apiVersion, args, command } = plugin("2100-01-01T00:00:00Z").exec;
    const slow = { exec: { apiVersion, command, args: ["-c", `sleep 2.2; ${args[1]}`] } };
    const failing = { exec: { apiVersion, command, args: ["-c", "sleep 2.2; exit 1"] } };
    const get = async (user: object) => {
      const connection = await connect({
        kubeconfig: kubeconfig({ server }, user),
        timeout: 2_000,
      });
      return (await connection.get("/api")).text;
    };

    await Promise.all([
      expect(get(slow)).resolves.toMatch(/^Bearer \d+$/),
      expect(get(failing)).rejects.toThrow(CannotTellError),
    ]);
  });

  it("keeps its connections as long as the certificates are the same, read anew or not", async () => {
    const cluster = { server: "https://127.0.0.1:1", "tls-server-name": "c" };
    const data = (text: string) => Buffer.from(text).toString("base64");
    const user = { "client-certificate-data": data("cert"), "client-key-data": data("key") };
    const { credentials } = await accessTo({
      kubeconfig: kubeconfig(cluster, { ...user, username: "u" }),
    });

    const [first, second] = [await credentials(), await credentials()];

    expect(second.cert).not.toBe(first.cert);
    expect(second.agent).toBe(first.agent);
  });

  it("goes through the proxy of the kubeconfig", async () => {
    const server = await echo();
    const asked: string[] = [];
    const proxy = createServer().on("connect", ({ url = "" }: IncomingMessage, client) => {
      asked.push(url);
      const [host = "", port] = url.split(":");
      const upstream = connectSocket(Number(port), host, () => {
        client.write("HTTP/1.1 200 OK\r\n\r\n");
        upstream.pipe(client).pipe(upstream);
      });
    });
    const through = { server, "proxy-url": await listening(proxy) };
    const api = httpApi(await accessTo({ kubeconfig: kubeconfig(through, { token: "t" }) }));

    expect(await ask(api)).toBe("Bearer t");
    expect(asked).toEqual([new URL(server).host]);
  });
});
