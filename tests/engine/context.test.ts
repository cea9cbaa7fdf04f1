import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { LOCAL_CONTEXT } from "../../local/formats/kubeconfig.ts";
import { localPaths } from "../../local/paths.ts";
import { type CommandRun, command } from "./command.ts";
import { core, paths } from "./rig.ts";

// The cluster under test as one that was there before, under a name that nobody else uses.
const context = "engine-tests/existing cluster";
const folder = mkdtempSync(join(tmpdir(), "kubeconfig-"));
const env = { KUBECONFIG: join(folder, "config") };

let first: CommandRun;

beforeAll(async () => {
  const kubeconfig = readFileSync(paths.kubeconfig, "utf8");
  writeFileSync(env.KUBECONFIG, kubeconfig.replaceAll(LOCAL_CONTEXT, context));
  first = await command(["start", "--context", context, "--image", "example/web:1"], env);
});

afterAll(async () => {
  await command(["stop", "--context", context], env);
  rmSync(folder, { recursive: true });
});

const services = async () => {
  const { items } = await core.listNamespacedService({ namespace: "shop" });
  return items.map(({ metadata }) => metadata?.name);
};

describe("start --context", () => {
  test("shows the cluster, deploys there, and leaves the front out when no controller is said", async () => {
    const { clusters } = parse(readFileSync(env.KUBECONFIG, "utf8"));
    const { server } = clusters[0].cluster;

    expect(first.stderr).toContain(`Context "${context}": ${server}, Kubernetes v1.36.3`);
    expect(first.stderr).toContain("Load balancer: none; the front is left out");
    expect(first.stderr).toContain(`Remove it with npm stop -- --context '${context}'`);
    expect(first.exitCode).toBe(0);
    expect(await services()).toEqual(["my-backend-service", "my-dev-service"]);
  });

  test("remembers the image, adds the front when a controller is said, and prints the outputs as JSON", async () => {
    const args = ["--controller", "AwsCloudControllerNlb", "--json"];

    const { exitCode, stderr, stdout } = await command(
      ["start", "--context", context, ...args],
      env,
    );

    expect(stderr).toContain("Image: example/web:1");
    expect(JSON.parse(stdout)).toHaveProperty("frontAddress.kind", "hostname");
    expect(exitCode).toBe(0);
    expect(await services()).toContain("my-production-service");
  });

  test("is not undone when the context points at another cluster", async () => {
    const contexts = localPaths().contexts;
    const [ours = ""] = readdirSync(contexts).filter((name) => name.startsWith("engine-tests-"));
    const uid = readFileSync(join(contexts, ours, "cluster-uid"), "utf8");
    writeFileSync(join(contexts, ours, "cluster-uid"), "01234567-89ab-cdef-0123-456789abcdef");

    const { exitCode, stderr } = await command(["stop", "--context", context], env);

    writeFileSync(join(contexts, ours, "cluster-uid"), uid);
    expect(stderr).toContain("it points at another cluster than the one that was deployed to");
    expect(exitCode).toBe(1);
    expect(await services()).toContain("my-backend-service");
  });

  test("is undone by stop --context", async () => {
    const { exitCode } = await command(["stop", "--context", context], env);

    const { items } = await core.listNamespace();
    expect(exitCode).toBe(0);
    expect(items.map(({ metadata }) => metadata?.name)).not.toContain("shop");
  });

  test("fails when there is nothing to undo", async () => {
    const { exitCode, stderr } = await command(["stop", "--context", context], env);

    expect(stderr).toContain("nothing was deployed to it from this checkout");
    expect(exitCode).toBe(1);
  });
});
