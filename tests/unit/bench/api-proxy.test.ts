import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Fault, startApiProxy, startProxyOf } from "../../shared/api-proxy.ts";

/** A server that answers with what it was asked, and remembers it. */
async function startEcho(): Promise<{ server: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { headers, method, url } = incoming;
    const body = await text(incoming);
    asked.push(`${method} ${url}`);
    outgoing.writeHead(201).end([method, url, headers.authorization, body].join(" "));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server: `http://127.0.0.1:${Object(server.address()).port}`, asked };
}

/** Sends a request through a proxy with a fault. */
async function sent(fault: Fault | undefined, signal?: AbortSignal) {
  const { asked, server } = await startEcho();
  const seen: string[] = [];
  const proxy = await startApiProxy({ server }, ({ method, url }) => {
    seen.push(`${method} ${url}`);
    return fault;
  });
  onTestFinished(proxy.close);
  const answer = fetch(`${proxy.url}/api/v1/pods?limit=1`, {
    method: "POST",
    headers: { authorization: "Bearer token" },
    body: "content",
    ...(signal && { signal }),
  });
  return { answer, asked, seen };
}

describe("startApiProxy", () => {
  test("startApiProxy: passes a request with its token and body on, and tells of it", async () => {
    const { answer, seen } = await sent(undefined);

    const { status } = await answer;
    expect(await (await answer).text()).toBe("POST /api/v1/pods?limit=1 Bearer token content");
    expect(status).toBe(201);
    expect(seen).toEqual(["POST /api/v1/pods?limit=1"]);
  });

  test("startApiProxy: gives its token to requests that have none, and keeps the others' own", async () => {
    const { server } = await startEcho();
    const proxy = await startApiProxy({ server, token: "of the proxy" }, () => undefined);
    onTestFinished(proxy.close);
    const asked = async (headers: Record<string, string>) =>
      await (await fetch(`${proxy.url}/version`, { headers })).text();

    expect(await asked({})).toBe("GET /version Bearer of the proxy ");
    expect(await asked({ authorization: "Bearer own" })).toBe("GET /version Bearer own ");
  });

  test("startApiProxy: answers in place of the server when told to", async () => {
    const headers = { "retry-after": "1" };
    const { answer, asked } = await sent({ kind: "answer", status: 429, headers });

    const { headers: received, status } = await answer;
    expect(status).toBe(429);
    expect(received.get("retry-after")).toBe("1");
    expect(asked).toEqual([]);
  });

  test("startApiProxy: closes the connection before the server has the request", async () => {
    const { answer, asked } = await sent({ kind: "reset" });

    await expect(answer).rejects.toThrow("fetch failed");
    expect(asked).toEqual([]);
  });

  test("startApiProxy: closes the connection after the server has answered", async () => {
    const order: string[] = [];
    const { answer, asked } = await sent({
      kind: "lost answer",
      afterwards: () => order.push("afterwards"),
    });

    await expect(answer).rejects.toThrow("fetch failed");
    expect(asked).toEqual(["POST /api/v1/pods?limit=1"]);
    expect(order).toEqual(["afterwards"]);
  });

  test("startApiProxy: passes the status back before a slow body", async () => {
    const { answer } = await sent({ kind: "slow body", milliseconds: 20 });

    const { status } = await answer;
    expect(status).toBe(201);
    expect(await (await answer).text()).toContain("content");
  });

  test("startApiProxy: leaves a request without an answer until the client gives up", async () => {
    const giveUp = new AbortController();
    const { answer, asked, seen } = await sent({ kind: "hang" }, giveUp.signal);
    await expect.poll(() => seen).toHaveLength(1);
    giveUp.abort();

    await expect(answer).rejects.toThrow("aborted");
    expect(asked).toEqual([]);
  });
});

describe("startProxyOf", () => {
  test("startProxyOf: writes a kubeconfig that keeps the user and that clients accept", async () => {
    const folder = mkdtempSync(join(tmpdir(), "api-proxy-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [direct, through] = [join(folder, "direct"), join(folder, "through")];
    const { server } = await startEcho();
    const cluster = { server, "certificate-authority-data": "" };
    const user = { token: "token" };
    writeFileSync(
      direct,
      JSON.stringify({
        clusters: [{ name: "it", cluster }],
        users: [{ name: "it", user }],
        contexts: [{ name: "it", context: { cluster: "it", user: "it" } }],
        "current-context": "it",
      }),
    );
    const seen: string[] = [];
    const proxy = await startProxyOf(direct, through, ({ method, url }) => {
      seen.push(`${method} ${url}`);
      return { kind: "answer", status: 404 };
    });
    onTestFinished(proxy.close);

    const config = new KubeConfig();
    config.loadFromFile(through);
    const asked = config.makeApiClient(CoreV1Api).readNamespace({ name: "kube-system" });

    await expect(asked).rejects.toThrow("404");
    expect(seen).toEqual(["GET /api/v1/namespaces/kube-system"]);
    expect(config.getCurrentUser()?.token).toBe("token");
  });
});
