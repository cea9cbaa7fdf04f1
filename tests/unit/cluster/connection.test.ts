import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, onTestFinished, test } from "vitest";
import { connectionOf } from "../../../components/cluster/connection.ts";
import { runProgram } from "../support/run-program.ts";

class Component extends pulumi.ComponentResource {
  constructor(name: string, provider: Provider) {
    super("test:index:Component", name, {}, { provider });
  }
}

const kubeconfig = (server: string) =>
  JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "it", cluster: { server } }],
    users: [{ name: "it", user: {} }],
    contexts: [{ name: "it", context: { cluster: "it", user: "it" } }],
    "current-context": "it",
  });

/** The connections of two components in one run. */
async function connections(servers: readonly [string, string]) {
  const { result } = await runProgram(() =>
    servers.map((server, index) => {
      const provider = new Provider(`cluster-${index}`, { kubeconfig: kubeconfig(server) });
      return connectionOf(new Component(`component-${index}`, provider));
    }),
  );
  return await Promise.all(result);
}

describe("connectionOf", () => {
  test("connectionOf: is shared when two components of a run have one cluster", async () => {
    const [one, other] = await connections(["https://a.example", "https://a.example"]);

    expect(one).toBe(other);
  });

  test("connectionOf: is another one when the clusters differ", async () => {
    const [one, other] = await connections(["https://a.example", "https://b.example"]);

    expect(one).not.toBe(other);
  });

  test("connectionOf: is another one in another run", async () => {
    const [one] = await connections(["https://a.example", "https://a.example"]);
    const [other] = await connections(["https://a.example", "https://a.example"]);

    expect(one).not.toBe(other);
  });

  test("connectionOf: is tried again when the kubeconfig could not be read", async () => {
    const folder = mkdtempSync(join(tmpdir(), "connection-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "kubeconfig");
    const { result } = await runProgram(async () => {
      const component = new Component("component", new Provider("cluster", { kubeconfig: path }));
      const first = await connectionOf(component).catch((error: Error) => error.message);
      writeFileSync(path, kubeconfig("https://a.example"));
      return { first, second: Object.keys(await connectionOf(component)) };
    });

    expect(result.first).toContain("Cannot read the provider's kubeconfig");
    expect(result.second).toContain("core");
  });
});
