import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CoreV1Api } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connect } from "../../../components/cluster/client.ts";

const folder = mkdtempSync(join(tmpdir(), "kube-client-"));
const path = join(folder, "config");
const content = `apiVersion: v1
kind: Config
current-context: one
clusters:
  - { name: first, cluster: { server: "https://first.example" } }
  - { name: second, cluster: { server: "https://second.example" } }
contexts:
  - { name: one, context: { cluster: first, user: admin } }
  - { name: two, context: { cluster: second, user: admin } }
  - { name: lost, context: { cluster: nowhere, user: admin } }
users:
  - { name: admin, user: { token: canary-7b1e } }
`;

beforeAll(() => {
  writeFileSync(path, content);
  vi.stubEnv("KUBECONFIG", path);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

/** Where a client sends its requests. */
function serverOf(api: CoreV1Api): string {
  const { configuration } = (
    api as unknown as { api: { configuration: { baseServer: { url: string } } } }
  ).api;
  return configuration.baseServer.url;
}

describe("connect", () => {
  test.each([
    ["of the environment when there is none", {}, "first"],
    ["of the environment when it is empty", { kubeconfig: "", context: "" }, "first"],
    ["at a path when it is one", { kubeconfig: path }, "first"],
    ["itself when it is the content", { kubeconfig: content }, "first"],
    ["in its other context when one is named", { kubeconfig: content, context: "two" }, "second"],
    ["for another cluster when one is named", { kubeconfig: content, cluster: "second" }, "second"],
  ])("connect: uses the kubeconfig %s", async (_, access, server) => {
    const { core } = await connect(access);

    expect(serverOf(core)).toBe(`https://${server}.example`);
  });

  test.each([
    [{ context: "three" }, 'Cannot use context "three": the kubeconfig has one, two, lost'],
    [{ context: "lost" }, 'Cannot use context "lost": the kubeconfig has no cluster for it'],
    [
      { kubeconfig: "{ token: canary-7b1e" },
      "Cannot read the provider's kubeconfig: it is neither a file with a context nor the content of one",
    ],
    [
      { kubeconfig: "/nonexistent/canary-7b1e" },
      "Cannot read the provider's kubeconfig: it is neither a file with a context nor the content of one",
    ],
  ])(
    "connect: fails without a word of the content when it is given %j",
    async (access, message) => {
      const failure = await connect(access).catch((error: Error) => error);

      expect(failure).toMatchObject({ message });
      expect(String((failure as Error).cause)).not.toContain("canary");
    },
  );
});
