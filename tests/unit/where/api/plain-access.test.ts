import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Agent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { plainAccess } from "../../../../where/api/plain-access.ts";
import { kubeconfigOf } from "../../support/kubeconfig.ts";

const folder = mkdtempSync(join(tmpdir(), "plain-access-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "ca.pem"), "authority");

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const SERVER = "https://127.0.0.1:6443";

/** Writes a kubeconfig with one context, and reads it. */
function accessOf(cluster: object, user: object, context?: string) {
  return plainAccess(kubeconfigOf(join(folder, "config"), cluster, user), context);
}

describe("plainAccess", () => {
  it("takes tokens and the namespace of the context", async () => {
    const access = accessOf({ server: SERVER }, { token: "t" });

    expect(access?.server).toBe(SERVER);
    expect(access?.namespace).toBe("shop");
    expect((await access?.credentials())?.headers).toEqual({ Authorization: "Bearer t" });
  });

  it("takes certificates in the file and beside it", async () => {
    const cluster = { server: SERVER, "certificate-authority": "ca.pem" };
    const user = { "client-certificate-data": base64("cert"), "client-key-data": base64("key") };

    const agent = (await accessOf(cluster, user)?.credentials())?.agent as Agent | undefined;

    const { ca, cert, key } = agent?.options ?? {};
    expect([ca, cert, key].map(String)).toEqual(["authority", "cert", "key"]);
  });

  it.each([
    ["a command gives credentials", { server: SERVER }, { exec: { command: "aws" } }],
    ["the user is impersonated", { server: SERVER }, { token: "t", as: "admin" }],
    ["a proxy is used", { server: SERVER, "proxy-url": "http://proxy" }, { token: "t" }],
    ["certificates are not checked", { server: SERVER, "insecure-skip-tls-verify": true }, {}],
    ["the server has no TLS", { server: "http://127.0.0.1" }, { token: "t" }],
    ["a certificate is not there", { server: SERVER, "certificate-authority": "no.pem" }, {}],
  ])("leaves it to the client library when %s", (_, cluster, user) => {
    expect(accessOf(cluster, user)).toBeUndefined();
  });

  it("leaves it to the client library when the context does not exist", () => {
    expect(accessOf({ server: SERVER }, { token: "t" }, "b")).toBeUndefined();
  });
});
