import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { clusterUid } from "../shared/cluster-uid.ts";
import { command } from "./command.ts";
import { core, newStack, paths, pulumi, stackConfig } from "./rig.ts";

const stack = "dev";

beforeAll(() => newStack(stack));

const up = (configFile: string, env: Record<string, string> = {}) =>
  pulumi(["up", "--yes", "--skip-preview", "--stack", stack, "--config-file", configFile], { env });

/** A kubeconfig that names a cluster at which nobody listens. */
function deadKubeconfig(context: string): string {
  const folder = mkdtempSync(join(tmpdir(), "kubeconfig-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "config");
  const cluster = "{name: dead, cluster: {server: 'https://127.0.0.1:1'}}";
  const link = `{name: ${context}, context: {cluster: dead, user: dead}}`;
  writeFileSync(
    path,
    `{apiVersion: v1, kind: Config, clusters: [${cluster}], contexts: [${link}], users: [{name: dead, user: {token: none}}]}`,
  );
  return path;
}

async function expectNothingDeployed(): Promise<void> {
  const { items } = await core.listNamespace();
  expect(items.map(({ metadata }) => metadata?.name)).not.toContain("shop");
}

describe("the program", () => {
  test("fails with every problem at once when the configuration is wrong", async () => {
    const wrong = { controller: "Nonsense", image: undefined, replicas: "many", typo: "x" };

    const { exitCode, output } = await up(stackConfig(wrong));

    expect(output).toContain('Cannot use the configuration of stack "dev" (Pulumi.dev.yaml)');
    expect(output).toContain("pulumi-kubernetes-services:image is missing");
    expect(output).toContain("'pulumi-kubernetes-services:replicas' value 'many'");
    expect(output).toContain(
      'pulumi-kubernetes-services:controller is "Nonsense", must be one of AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb,',
    );
    expect(output).toContain("pulumi-kubernetes-services:typo is unknown");
    expect(exitCode).not.toBe(0);
    await expectNothingDeployed();
  });

  test("fails when the kubeconfig has no context of the stack's name", async () => {
    const { exitCode, output } = await up(stackConfig({ context: "elsewhere" }));

    expect(output).toContain(
      'Cannot use context "elsewhere": the kubeconfig has pulumi-kubernetes-services-local',
    );
    expect(exitCode).not.toBe(0);
    await expectNothingDeployed();
  });

  test("fails in the first preview, and shows the cluster's uid, when clusterUid says another cluster", async () => {
    const uid = await clusterUid(core);
    const preview = (clusterUid: string | undefined) =>
      pulumi(["preview", "--stack", stack, "--config-file", stackConfig({ clusterUid })]);

    const elsewhere = await preview("0aa1");
    const here = await preview(uid);

    expect(elsewhere.output).toContain(
      `Cannot deploy stack "dev" to this cluster: its namespace kube-system has the uid ${uid}, but clusterUid is "0aa1"`,
    );
    expect(elsewhere.exitCode).not.toBe(0);
    expect(here.exitCode, here.output).toBe(0);
  });

  test("fails when the cluster is unreachable, in preview too", async () => {
    const env = { KUBECONFIG: deadKubeconfig("pulumi-kubernetes-services-local") };

    const { exitCode, output } = await pulumi(["preview", "--stack", stack], { env });

    expect(output).toContain("unreachable");
    expect(exitCode).not.toBe(0);
  });
});

describe("start --context", () => {
  test("fails with the contexts there are when there is none of that name", async () => {
    const env = { KUBECONFIG: paths.kubeconfig };

    const { exitCode, stderr } = await command(["start", "--context", "nowhere"], env);

    expect(stderr).toContain(
      'Cannot use context "nowhere": the kubeconfig has only pulumi-kubernetes-services-local',
    );
    expect(exitCode).toBe(1);
  });

  test("fails when the cluster is unreachable, naming its address", async () => {
    const env = { KUBECONFIG: deadKubeconfig("dead") };

    const { exitCode, stderr } = await command(["start", "--context", "dead"], env);

    expect(stderr).toContain('Cannot reach the cluster of context "dead" at https://127.0.0.1:1');
    expect(exitCode).toBe(1);
  });
});

describe("start", () => {
  test("fails when it is told what only another cluster needs to be told", async () => {
    const { exitCode, stderr } = await command(["start", "--image", "example/web:1"]);

    expect(stderr).toContain("Cannot use --image or --controller without --context");
    expect(exitCode).toBe(1);
  });
});

describe("render", () => {
  test("prints the stack's manifests without a cluster, and no NodePort for prod", async () => {
    const env = { KUBECONFIG: "/nonexistent" };

    const { exitCode, stdout } = await command(["render", "--stack", "prod"], env);

    expect(stdout).toContain("type: LoadBalancer");
    expect(stdout).not.toContain("NodePort");
    expect(exitCode).toBe(0);
  });

  test("shows the NodePort of dev", async () => {
    const { stdout } = await command(["render", "--stack", "dev"]);

    expect(stdout).toContain("nodePort: 30007");
  });

  test("fails with the stacks there are when there is none of that name", async () => {
    const { exitCode, stderr } = await command(["render", "--stack", "nope"]);

    expect(stderr).toBe(
      'Cannot render stack "nope": there is no Pulumi.nope.yaml; the stacks here are dev, prod, staging',
    );
    expect(exitCode).toBe(1);
  });
});

describe("the command line", () => {
  test.each([[["start", "--nonsense"]], [["nonsense"]], [["render"]]])(
    "fails with exit code 2 when used as %j",
    async (args) => {
      const { exitCode } = await command(args);

      expect(exitCode).toBe(2);
    },
  );
});
