import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { checkout } from "../../../local/paths.ts";
import { collectionPath, WATCHED } from "../../../where/live/watched-kinds.ts";
import { FakeApi } from "../../shared/where/fake-api.ts";
import { kubeconfigOf, withoutTls } from "../../unit/support/kubeconfig.ts";
import { UNREADY } from "../../unit/where/cases/breakages.ts";
import { stateOf } from "../../unit/where/cases/case.ts";
import { fakeApi, serve } from "../../unit/where/fake-api.ts";

const folder = mkdtempSync(join(tmpdir(), "where-is-my-pod-test-"));
const kubeconfig = join(folder, "kubeconfig.json");
afterAll(() => rmSync(folder, { recursive: true }));

const broken = stateOf({ title: "", set: UNREADY });
const healthy = stateOf({ title: "", set: {} });

/** Starts the command as a process of its own, with a kubeconfig of the server in its environment. */
function start(args: readonly string[], url?: string) {
  const child = execa("node", [join(checkout, "where/main.ts"), ...args], {
    cwd: folder,
    env: {
      HOME: folder,
      KUBECONFIG:
        url === undefined ? join(folder, "absent") : kubeconfigOf(kubeconfig, withoutTls(url)),
      NO_COLOR: "1",
      PATH: process.env["PATH"] ?? "",
    },
    extendEnv: false,
    reject: false,
    timeout: 50_000,
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

describe("where-is-my-pod", () => {
  it("answers from the cluster of KUBECONFIG, and exits with its verdict", async () => {
    const server = await serve(fakeApi(broken));
    onTestFinished(() => server.close());

    const { exitCode, stdout } = await start(["web"], server.url);

    expect(stdout).toMatch(/^Service shop\/web: broken\n/);
    expect(exitCode).toBe(1);
  });

  it("says one line when there is no kubeconfig", async () => {
    const { exitCode, stderr, stdout } = await start(["web"]);

    expect(stderr).toMatch(/^Cannot read [^\n]*kubeconfig[^\n]*$/);
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });

  it("ends as a process of its own when the cluster hangs", async () => {
    const silent = await serve(undefined);
    onTestFinished(() => silent.close());

    const { exitCode, stderr, stdout } = await start(["web", "--timeout", "0.5"], silent.url);

    expect(stderr).toBe("Cannot reach the cluster: timed out after 0.5 s");
    expect([exitCode, stdout]).toEqual([2, ""]);
  });

  it("goes on watching when the cluster is back", async () => {
    const server = await serve(fakeApi(healthy));
    const watching = start(["web", "--watch"], server.url);
    await once(watching.stdout, "data");

    server.close();
    const [said] = (await once(watching.stderr, "data")) as [Buffer];
    expect(said.toString()).toMatch(/^Cannot reach the cluster: [^\n]+\n$/);
    const again = await serve(fakeApi(broken), server.port);
    onTestFinished(() => again.close());
    const [printed] = (await once(watching.stdout, "data")) as [Buffer];
    watching.kill("SIGINT");

    expect(printed.toString()).toContain("\nService shop/web: broken\n");
    expect((await watching).exitCode).toBe(1);
  });

  it("serves a page of the context's namespace, and ends when it is told to", async () => {
    const api = await new FakeApi().start();
    onTestFinished(() => api.stop());
    for (const kind of WATCHED) api.serve(collectionPath(kind, "shop"));
    const serving = start(["--serve"], api.url);
    const [printed] = (await once(serving.stdout, "data")) as [Buffer];

    const url = printed.toString().trim();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/$/);
    const { body } = await fetch(new URL("events", url));
    for await (const piece of body ?? []) {
      if (new TextDecoder().decode(piece).includes('"notSeen":[]')) break;
    }
    serving.kill("SIGTERM");

    expect((await serving).exitCode).toBe(0);
  });
});
