import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { execa } from "execa";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { checkout } from "../../../local/paths.ts";
import { runCommandLine } from "../../../where/commands/command-line.ts";
import type { ClusterState } from "../../../where/state/cluster-state.ts";
import { runHere } from "../support/run-here.ts";
import { UNREADY } from "./cases/breakages.ts";
import { stateOf } from "./cases/case.ts";
import { type FakeApi, fakeApi, serve } from "./fake-api.ts";

const folder = mkdtempSync(join(tmpdir(), "where-is-my-pod-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const PASSWORD = "hunter2-in-a-variable";

/** The environment of the command; without a server there is no kubeconfig either. */
function environment(url?: string) {
  const kubeconfig = join(folder, "kubeconfig.json");
  const config = {
    "current-context": "test",
    clusters: [{ name: "test", cluster: { server: url, "insecure-skip-tls-verify": true } }],
    contexts: [{ name: "test", context: { cluster: "test", user: "test", namespace: "shop" } }],
    users: [{ name: "test", user: { token: "secret-token" } }],
  };
  if (url !== undefined) writeFileSync(kubeconfig, JSON.stringify(config));
  return {
    HOME: folder,
    KUBECONFIG: url === undefined ? join(folder, "absent") : kubeconfig,
    NO_COLOR: "1",
    PATH: process.env["PATH"] ?? "",
  };
}

/** Starts the command in a process of its own. */
const start = (args: readonly string[], url?: string) =>
  execa("node", [join(checkout, "where/main.ts"), ...args], {
    cwd: folder,
    env: environment(url),
    extendEnv: false,
    reject: false,
    timeout: 50_000,
  });

/** Runs the command to its end. */
async function ask(args: readonly string[], url?: string) {
  const { exitCode, stderr, stdout } = await runHere(runCommandLine, args, {
    cwd: folder,
    env: environment(url),
  });
  expect(`${stdout}${stderr}`).not.toMatch(/^\s+at .*\(|secret-token|hunter2/m);
  return { exitCode, stderr, stdout };
}

/** Serves a state, or a server that never answers. */
async function served(api: FakeApi | undefined): Promise<string> {
  const server = await serve(api);
  onTestFinished(() => server.close());
  return server.url;
}

const broken = stateOf({ title: "", set: UNREADY });
const healthy = stateOf({ title: "", set: {} });

const recorded = (state: ClusterState | string, name: string): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof state === "string" ? state : JSON.stringify(state));
  return path;
};

describe("where-is-my-pod", () => {
  it("exits with 0 and says what was checked when nothing is broken", async () => {
    const { exitCode, stdout } = await ask(["web"], await served(fakeApi(healthy)));

    expect(stdout).toMatch(/^Service shop\/web: healthy\n/);
    expect(stdout).toContain("endpoints: 3 of 3 ready");
    expect(exitCode).toBe(0);
  });

  it("ends as a process of its own with the same answer and code", async () => {
    const asked = await ask(["web"], await served(fakeApi(broken)));

    const { exitCode, stderr, stdout } = await start(["web"], await served(fakeApi(broken)));

    expect({ exitCode, stderr, stdout }).toEqual(asked);
    expect(exitCode).toBe(1);
  });

  it("ends as a process of its own when the cluster hangs", async () => {
    const { exitCode, stderr, stdout } = await start(
      ["web", "--timeout", "0.5"],
      await served(undefined),
    );

    expect(stderr).toBe("Cannot reach the cluster: timed out after 0.5 s");
    expect([exitCode, stdout]).toEqual([2, ""]);
  });

  it("exits with 1 and names the first broken link, its fix and its cause", async () => {
    const { exitCode, stdout } = await ask(
      ["svc/web", "-n", "shop"],
      await served(fakeApi(broken)),
    );

    expect(stdout).toMatch(/^Service shop\/web: broken\n {2}Pod web-a is not ready for 5 min/);
    expect(stdout).toContain("    Fix: ");
    expect(stdout).toContain("readiness-probe-fails");
    expect(exitCode).toBe(1);
  });

  it("makes at most 10 requests for a bare name", async () => {
    const api = fakeApi(broken);

    await ask(["web"], await served(api));

    expect(api.paths.length).toBeLessThanOrEqual(10);
  });

  it("prints JSON that its schema describes", async () => {
    const { stdout: schema } = await ask(["--schema"]);
    const { exitCode, stdout } = await ask(["web", "--json"], await served(fakeApi(broken)));

    const validate = new Ajv2020().compile(JSON.parse(schema));
    expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...JSON.parse(stdout), verdict: "fine" })).toBe(false);
    expect(exitCode).toBe(1);
  });

  it("prints a table of all Services of a namespace", async () => {
    const { exitCode, stdout } = await ask(["--all"], await served(fakeApi(broken)));

    expect(stdout).toMatch(
      /^SERVICE +ANSWER +FIRST BROKEN LINK\nweb +broken +Pod web-a is not ready/,
    );
    expect(exitCode).toBe(1);
  });

  it("finds the Deployment of a name that no Service has", async () => {
    const only = stateOf({ title: "", set: { services: [] } });

    const { exitCode, stdout } = await ask(["web"], await served(fakeApi(only)));

    expect(stdout).toMatch(/^Deployment shop\/web: healthy/);
    expect(exitCode).toBe(0);
  });

  it("records a case without values of variables and replays it with the same answer", async () => {
    const env = [{ name: "PASSWORD", value: PASSWORD }];
    const last = { "kubectl.kubernetes.io/last-applied-configuration": PASSWORD };
    const set = {
      ...UNREADY,
      "pods.*.spec.containers.0.env": env,
      "services.0.metadata.annotations": last,
    };
    const path = join(folder, "case.json");

    const asked = await ask(
      ["web", "--record", path],
      await served(fakeApi(stateOf({ title: "", set }))),
    );
    const replayed = await ask(["--replay", path]);

    expect(replayed).toEqual(asked);
    expect(readFileSync(path, "utf8")).not.toContain(PASSWORD);
  });

  it.each([
    ["no kubeconfig", ["web"], 2, /^Cannot read .*kubeconfig/],
    [
      "a kubeconfig that does not exist",
      ["web", "--kubeconfig", "/absent"],
      2,
      /^Cannot read the kubeconfig \/absent/,
    ],
    ["no name", [], 64, /^Name what to look for/],
    ["an unknown kind", ["secret/web"], 64, /^Cannot look for "secret\/web": must be/],
    ["an unknown option", ["web", "--wach"], 64, /unknown option/],
    ["an invalid port", ["web", "--port", "70000"], 64, /^--port is 70000, must be/],
    ["--all with a name", ["web", "--all"], 64, /^--all takes every Service/],
    ["--all with a caller", ["--all", "--from", "shop/client"], 64, /^--all takes neither/],
    ["--all with a port", ["--all", "--port", "80"], 64, /^--all takes neither/],
    ["an unknown shell", ["--completion", "ksh"], 64, /^Cannot complete for ksh/],
    [
      "a recording that does not exist",
      ["--replay", "/absent.json"],
      64,
      /^Cannot read \/absent.json/,
    ],
  ])("says one line about %s", async (_, args, code, line) => {
    const { exitCode, stderr, stdout } = await ask(args);

    expect(stderr).toMatch(line);
    expect(stderr.split("\n").length).toBeLessThanOrEqual(2);
    expect(stdout).toBe("");
    expect(exitCode).toBe(code);
  });

  it.each([
    ["truncated", JSON.stringify(broken).slice(0, 500)],
    ["another file", '{"kind":"List"}'],
  ])("says one line about a recording that is %s", async (title, text) => {
    const { exitCode, stderr } = await ask(["--replay", recorded(text, `${title}.json`)]);

    expect(stderr).toMatch(/^Cannot replay [^\n]+$/);
    expect(exitCode).toBe(2);
  });

  it("says which contexts there are when one does not exist", async () => {
    const { exitCode, stderr } = await ask(["web", "--context", "prod"], "http://127.0.0.1:1");

    expect(stderr).toBe('Cannot use context "prod": the kubeconfig has test');
    expect(exitCode).toBe(64);
  });

  it("says that a cluster cannot be reached", async () => {
    const { exitCode, stderr } = await ask(["web"], "http://127.0.0.1:1");

    expect(stderr).toMatch(/^Cannot reach the cluster: [^\n]+$/);
    expect(exitCode).toBe(2);
  });

  it("goes on watching when the cluster is back", async () => {
    const server = await serve(fakeApi(healthy));
    const watching = start(["web", "--watch"], server.url);
    onTestFinished(() => void watching.kill("SIGKILL"));
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

  it("could not tell when everything is forbidden", async () => {
    const { exitCode, stdout } = await ask(["web"], await served(fakeApi(healthy, ["*"])));

    expect(stdout).toMatch(
      /^Service shop\/web: could not tell\n {2}Could not read services \(forbidden\)/,
    );
    expect(exitCode).toBe(2);
  });

  it("asks which is meant when several kinds have the name", async () => {
    const pod = { metadata: { name: "web", namespace: "shop" } };
    const both = stateOf({ title: "", set: { services: [], "pods.3": pod } });

    const { exitCode, stderr } = await ask(["web"], await served(fakeApi(both)));

    expect(stderr).toBe(
      'Cannot tell which "web" is meant in namespace shop: there are deployment/web and pod/web; name one of them',
    );
    expect(exitCode).toBe(64);
  });
});
