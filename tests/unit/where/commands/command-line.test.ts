import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { runCommandLine } from "../../../../where/commands/command-line.ts";
import { checkServe } from "../../../../where/commands/read-options.ts";
import type { ClusterState } from "../../../../where/state/cluster-state.ts";
import { kubeconfigOf, withoutTls } from "../../support/kubeconfig.ts";
import { runHere } from "../../support/run-here.ts";
import { podEvents, UNREADY, waiting } from "../cases/breakages.ts";
import { CRASHED } from "../cases/broken-pods.ts";
import { stateOf } from "../cases/case.ts";
import { fakeApi, type StateApi, serve } from "../fake-api.ts";

const folder = mkdtempSync(join(tmpdir(), "where-is-my-pod-test-"));
const kubeconfig = join(folder, "kubeconfig.json");
afterAll(() => rmSync(folder, { recursive: true }));

const PASSWORD = "hunter2-in-a-variable";

beforeEach(() => {
  vi.stubEnv("NO_COLOR", "1");
  vi.stubEnv("FORCE_COLOR", undefined);
  return () => vi.unstubAllEnvs();
});

/** Runs the command line to its end, in this process. */
async function ask(args: readonly string[], url?: string) {
  const cluster =
    url === undefined ? [] : ["--kubeconfig", kubeconfigOf(kubeconfig, withoutTls(url))];
  const ran = await runHere(runCommandLine, [...args, ...cluster]);
  expect(`${ran.stdout}\n${ran.stderr}`).not.toMatch(/^\s+at .*\(|secret-token|hunter2/m);
  return ran;
}

/** Serves a state, or a server that never answers. */
async function served(api: StateApi | undefined): Promise<string> {
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

    expect(api.paths.length).toBeGreaterThan(0);
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

  it("adds what differs from what a program declares, and changes no verdict by it", async () => {
    const cache = { apiVersion: "v1", kind: "Service", metadata: { name: "cache" } };
    const program = recorded(JSON.stringify(cache), "program.json");
    const url = await served(fakeApi(healthy));

    const { exitCode, stdout } = await ask(["--all", "--declared", program], url);
    const { stdout: json } = await ask(["--all", "--json", "--declared", program], url);
    const { stdout: schema } = await ask(["--schema"]);

    expect(stdout).toContain(
      "\nDeclared and live:\n  Service shop/cache is declared, and absent\n",
    );
    expect(stdout).toMatch(/\n {2}not compared: DaemonSet$/);
    expect(exitCode).toBe(0);
    expect(new Ajv2020().validate(JSON.parse(schema), JSON.parse(json))).toBe(true);
    expect(JSON.parse(json).differences).toHaveLength(3);
  });

  it("finds the Deployment of a name that no Service has", async () => {
    const only = stateOf({ title: "", set: { services: [] } });

    const { exitCode, stdout } = await ask(["web"], await served(fakeApi(only)));

    expect(stdout).toMatch(/^Deployment shop\/web: healthy/);
    expect(exitCode).toBe(0);
  });

  it("says and records nothing of variables, commands and queries, and replays a case with the same answer", async () => {
    const env = [{ name: "PASSWORD", value: PASSWORD }];
    const path = `/ready?token=${PASSWORD}`;
    const timedOut = `Readiness probe failed: Get "http://10.244.1.5:8080${path}": context deadline exceeded`;
    const last = { "kubectl.kubernetes.io/last-applied-configuration": PASSWORD };
    const set = {
      ...UNREADY,
      "pods.*.spec.containers.0.env": env,
      "pods.*.spec.containers.0.readinessProbe": { httpGet: { path, port: 8080 } },
      "pods.*.spec.containers.0.livenessProbe": { exec: { command: ["check", PASSWORD] } },
      events: podEvents("Unhealthy", timedOut),
      "services.0.metadata.annotations": last,
    };
    const file = join(folder, "case.json");

    const asked = await ask(
      ["web", "--record", file],
      await served(fakeApi(stateOf({ title: "", set }))),
    );
    const replayed = await ask(["--replay", file]);

    expect(asked.stdout).toContain(
      'Get "http://10.244.1.5:8080/ready?…": context deadline exceeded',
    );
    expect(replayed).toEqual(asked);
    expect(readFileSync(file, "utf8")).not.toContain(PASSWORD);
  });

  it("tells the last line of a crash and records it not", async () => {
    const set = waiting("CrashLoopBackOff", undefined, CRASHED);
    const line = { namespace: "shop", pod: "web-a", container: "web", lastLine: "no DB_URL" };
    const path = join(folder, "crash.json");

    const { stdout } = await ask(
      ["web", "--record", path],
      await served(fakeApi({ ...stateOf({ title: "", set }), logs: [line] })),
    );

    expect(stdout).toContain('last line "no DB_URL"');
    expect(readFileSync(path, "utf8")).not.toContain("DB_URL");
  });

  it("tells the last line of what a container told when it ended, without its password, and records none of it", async () => {
    const message = "starting\npassword=hunter2\ncannot connect to postgres://web:hunter2@db/web\n";
    const lastState = { terminated: { ...CRASHED.lastState.terminated, message } };
    const set = waiting("CrashLoopBackOff", undefined, { ...CRASHED, lastState });
    const path = join(folder, "told.json");

    const { stdout } = await ask(
      ["web", "--record", path],
      await served(fakeApi(stateOf({ title: "", set }))),
    );

    expect(stdout).toContain('last line "cannot connect to postgres://(hidden)@db/web"');
    expect(readFileSync(path, "utf8")).not.toMatch(/hunter2|cannot connect/);
  });

  it.each([
    [
      "a kubeconfig that does not exist",
      ["web", "--kubeconfig", "/absent"],
      2,
      /^Cannot read the kubeconfig \/absent/,
    ],
    [
      "a declaration that does not exist, before the cluster is asked",
      ["web", "--declared", "/gone", "--kubeconfig", "/absent"],
      64,
      /^Cannot read \/gone/,
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

  it("gives up on a cluster that hangs", async () => {
    const { exitCode, stderr } = await ask(["web", "--timeout", "0.5"], await served(undefined));

    expect(stderr).toBe("Cannot reach the cluster: timed out after 0.5 s");
    expect(exitCode).toBe(2);
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

describe("checkServe", () => {
  it("takes the cluster and the namespace", () => {
    expect(() =>
      checkServe(undefined, { timeout: "10", serve: true, namespace: "shop" }),
    ).not.toThrow();
  });

  it("fails with what a page does not take", () => {
    expect(() =>
      checkServe("web", { timeout: "10", serve: true, json: true, from: "shop" }),
    ).toThrow(
      "--serve shows every Service of a namespace and takes only --namespace, --context, --kubeconfig and --declared; remove web, --from, --json",
    );
  });
});
