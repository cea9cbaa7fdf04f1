import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AppsV1Api } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { warningsOfDeployment } from "./deployment-warnings.ts";
import { config, core, type PulumiRun, paths, pulumi, stackConfig } from "./rig.ts";

// What the unit tests cannot show: that the API server takes what a Backend with all its arguments makes, and keeps it as it is.
const cwd = join(import.meta.dirname, "programs", "backend");
const stack = "dev";
const namespace = "backend-options";

const state = join(paths.pulumiState, ".pulumi", "stacks", "backend", `${stack}.json`);
const apps = config.makeApiClient(AppsV1Api);

let up: PulumiRun;

beforeAll(async () => {
  await pulumi(["stack", "init", stack, "--no-select"], { cwd });
  up = await pulumi(["up", "--yes", "--skip-preview", "--stack", stack], { cwd });
});

afterAll(async () => {
  await pulumi(["destroy", "--yes", "--skip-preview", "--stack", stack], { cwd });
});

describe("Backend on a real API server", () => {
  test("is deployed when every argument is given", () => {
    expect(up.exitCode, up.output).toBe(0);
  });

  test.each(["least", "most", "peers"])(
    "is taken without a warning of the Pod Security Standard when it is %s",
    async (name) => {
      const warnings = await warningsOfDeployment({ name, namespace });

      expect(warnings).toEqual([]);
    },
  );

  test("fails to be taken without a warning when its Pods are changed to use the node's network", async () => {
    const warnings = await warningsOfDeployment({ name: "most", namespace }, { hostNetwork: true });

    expect(warnings).toEqual([expect.stringContaining("host namespaces (hostNetwork=true)")]);
  });

  test("has all its Pods when the namespace enforces the restricted standard", async () => {
    const { items } = await core.listNamespacedPod({ namespace });

    const running = items.filter(({ status }) => status?.phase === "Running");
    expect(running.map(({ metadata }) => metadata?.labels?.["app"]).sort()).toEqual([
      "least",
      "least",
      "most-app",
      "most-app",
      "most-app",
      "peers",
    ]);
  });

  test("changes nothing when it is deployed again", async () => {
    const args = ["preview", "--stack", stack, "--expect-no-changes", "--diff"];

    const { exitCode, output } = await pulumi(args, { cwd });

    expect(output).toMatch(/Resources:\n +\d+ unchanged$/);
    expect(exitCode).toBe(0);
  });

  test("keeps secretEnv out of the state, the output and the Deployment", () => {
    expect(readFileSync(state, "utf8")).not.toContain("canary-1f3a9c");
    expect(up.output).not.toContain("canary-1f3a9c");
  });

  test("says whether secretEnv has changed by a digest that nobody can guess without the salt, which the state keeps encrypted", async () => {
    const exported = await pulumi(["stack", "export", "--show-secrets", "--stack", stack], { cwd });
    const { deployment } = JSON.parse(exported.output);
    const record = deployment.resources.find(({ urn }: { urn: string }) =>
      urn.endsWith("::most-secret-salt"),
    );
    const salt = JSON.parse(record.outputs.output.plaintext);
    const digestWith = (key: string) =>
      createHmac("sha256", key).update('[["PASSWORD","canary-1f3a9c"]]').digest("hex").slice(0, 32);

    const { spec } = await apps.readNamespacedDeployment({ name: "most", namespace });
    const digest = spec?.template.metadata?.annotations?.["pulumi-kubernetes-services/secret-env"];

    expect(Buffer.from(salt, "base64")).toHaveLength(32);
    expect(digest).toBe(digestWith(salt));
    for (const guess of ["", "most", stack, namespace]) expect(digest).not.toBe(digestWith(guess));
    expect(readFileSync(state, "utf8")).not.toContain(salt);
    expect(up.output).not.toContain(salt);
  });

  test("becomes headless and back by a replaced Service", async () => {
    const args = ["up", "--yes", "--skip-preview", "--stack", stack];
    const configFile = stackConfig({ headless: true }, cwd);

    const headless = await pulumi([...args, "--config-file", configFile], { cwd });
    const service = await core.readNamespacedService({ name: "peers", namespace });

    expect(headless.output).toContain("+-1 replaced");
    expect(headless.exitCode).toBe(0);
    expect(service.spec?.clusterIP).toBe("None");
    const back = await pulumi(args, { cwd });
    expect(back.exitCode).toBe(0);
  });
});
