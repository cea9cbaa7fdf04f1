import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { checkServe } from "../../../../where/commands/read-options.ts";
import { collectionPath, WATCHED } from "../../../../where/live/watched-kinds.ts";
import { FakeApi } from "../../../shared/where/fake-api.ts";

let api: FakeApi | undefined;
afterEach(() => api?.stop());

/** A kubeconfig of the fake API server. */
function kubeconfig(server: string): string {
  const folder = mkdtempSync(join(tmpdir(), "where-serve-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "kubeconfig");
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "c", cluster: { server, "insecure-skip-tls-verify": true } }],
    users: [{ name: "u", user: {} }],
    contexts: [{ name: "x", context: { cluster: "c", user: "u", namespace: "shop" } }],
    "current-context": "x",
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

describe("where-is-my-pod --serve", () => {
  test("prints the address of a page of the context's namespace, and ends when it is told to", async () => {
    api = await new FakeApi().start();
    for (const kind of WATCHED) api.serve(collectionPath(kind, "shop"));
    const main = join(import.meta.dirname, "../../../../where/main.ts");
    const args = [main, "--serve", "--kubeconfig", kubeconfig(api.url)];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    const [printed] = (await once(child.stdout, "data")) as [Buffer];

    const url = printed.toString().trim();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/$/);
    const { body } = await fetch(new URL("events", url));
    for await (const piece of body ?? []) {
      if (new TextDecoder().decode(piece).includes('"notSeen":[]')) break;
    }
    child.kill("SIGTERM");

    expect(await once(child, "exit")).toEqual([0, null]);
  });
});

describe("checkServe", () => {
  test("takes the cluster and the namespace", () => {
    expect(() =>
      checkServe(undefined, { timeout: "10", serve: true, namespace: "shop" }),
    ).not.toThrow();
  });

  test("fails with what a page does not take", () => {
    expect(() =>
      checkServe("web", { timeout: "10", serve: true, json: true, from: "shop" }),
    ).toThrow(
      "--serve shows every Service of a namespace and takes only --namespace, --context and --kubeconfig; remove web, --from, --json",
    );
  });
});
