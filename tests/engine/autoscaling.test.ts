import { join } from "node:path";
import { AppsV1Api, AutoscalingV2Api, type V1Deployment, Watch } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { waitFor } from "../../local/wait.ts";
import { config, pulumi, stackConfig } from "./rig.ts";

// What the unit tests cannot show: who owns the number of Pods on a real API server, and that a hand-over costs no Pod.
const cwd = join(import.meta.dirname, "programs", "autoscaling");
const stack = "dev";
const namespace = "default";
const apps = config.makeApiClient(AppsV1Api);
const autoscalers = config.makeApiClient(AutoscalingV2Api);

/** Longest time that the autoscaler may take: it looks at each Deployment every 15 seconds. */
const AUTOSCALER_SECONDS = 60;

/** The configuration of an autoscaled Backend beside a plain Deployment without `replicas`. */
const scaled = {
  replicas: undefined,
  plainReplicas: undefined,
  autoscaling: { minReplicas: 3, maxReplicas: 10 },
};

const up = (changes: object) => run(["up", "--yes", "--skip-preview"], changes);
const preview = (changes: object) => run(["preview", "--expect-no-changes"], changes);
const conflicts = (output: string) => output.match(/apply conflict/gi)?.length ?? 0;

function run(command: string[], changes: object) {
  const configFile = stackConfig({ ...changes }, cwd);
  return pulumi([...command, "--stack", stack, "--config-file", configFile], { cwd });
}

function read(name: string): Promise<V1Deployment> {
  return apps.readNamespacedDeployment({ name, namespace });
}

/** Sets the number of Pods as an autoscaler does, and waits until they are there. */
async function scale(name: string, replicas: number): Promise<void> {
  const body = { metadata: { name, namespace }, spec: { replicas } };
  await apps.replaceNamespacedDeploymentScale({ name, namespace, body });
  await waitFor(async () => (await read(name)).status?.availableReplicas === replicas, {
    awaited: `${replicas} available Pods of ${name}`,
    timeoutSeconds: 60,
  });
}

/** The fewest and most Pods that any version of each Deployment had while something was done. */
async function numbersWhile(names: readonly string[], action: () => Promise<unknown>) {
  const watched = await Promise.all(names.map(versionsOf));
  await action();
  return Promise.all(watched.map((versions) => versions.numbers()));
}

/** Every version of a Deployment from now on: what is there for a moment only is among them. */
async function versionsOf(name: string) {
  const first = await read(name);
  const seen = [first];
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
  const query = {
    fieldSelector: `metadata.name=${name}`,
    resourceVersion: first.metadata?.resourceVersion,
  };
  const keep = (_: string, version: V1Deployment) => seen.push(version);
  const watch = await new Watch(config).watch(path, query, keep, () => undefined);
  const numbers = async () => {
    const versionOf = (it: V1Deployment | undefined) => it?.metadata?.resourceVersion;
    await waitFor(async () => versionOf(seen.at(-1)) === versionOf(await read(name)), {
      awaited: `the last version of ${name}`,
      timeoutSeconds: 30,
    });
    watch.abort();
    const wanted = seen.map(({ spec }) => spec?.replicas ?? 0);
    return {
      fewestWanted: Math.min(...wanted),
      mostWanted: Math.max(...wanted),
      fewestAvailable: Math.min(...seen.map(({ status }) => status?.availableReplicas ?? 0)),
    };
  };
  return { numbers };
}

/** Who owns the number of Pods. */
async function ownersOfReplicas(name: string): Promise<(string | undefined)[]> {
  const { metadata } = await read(name);
  return (metadata?.managedFields ?? [])
    .filter(({ fieldsV1 }) => "f:replicas" in (Object(fieldsV1)["f:spec"] ?? {}))
    .map(({ manager, subresource }) => subresource ?? manager?.replace(/-[0-9a-f]{8}$/, ""));
}

async function autoscalerNames(): Promise<(string | undefined)[]> {
  const { items } = await autoscalers.listNamespacedHorizontalPodAutoscaler({ namespace });
  return items.map(({ metadata }) => metadata?.name);
}

beforeAll(async () => {
  await pulumi(["stack", "init", stack, "--no-select"], { cwd });
  const { exitCode, output } = await pulumi(["up", "--yes", "--skip-preview", "--stack", stack], {
    cwd,
  });
  expect(exitCode, output).toBe(0);
});

afterAll(async () => {
  await pulumi(["destroy", "--yes", "--skip-preview", "--stack", stack], { cwd });
});

// Each test goes on from where the one before has left the stack.
describe("Backend with an autoscaler on a real API server", () => {
  test("never has fewer Pods when it goes from replicas to an autoscaler", async ({ annotate }) => {
    const changes = { ...scaled, release: "2" };

    const [backend, control] = await numbersWhile(["scaled", "plain"], async () => {
      const { exitCode, output } = await up(changes);
      expect(exitCode, output).toBe(0);
    });

    expect(backend).toEqual({ fewestWanted: 3, mostWanted: 3, fewestAvailable: 3 });
    expect(control?.fewestWanted).toBe(1);
    expect((await preview(changes)).exitCode).toBe(0);
    await annotate(
      `autoscaling: from replicas 3 to an autoscaler of 3 to 10: at least ${backend?.fewestWanted} Pods wanted and ` +
        `${backend?.fewestAvailable} available; ` +
        `control, a plain Deployment: ${control?.fewestWanted} wanted`,
      "figure",
    );
  });

  test("keeps the number that an autoscaler has set when something else is deployed", async ({
    annotate,
  }) => {
    await scale("scaled", 7);

    const outputs: string[] = [];
    const [numbers] = await numbersWhile(["scaled"], async () => {
      for (const release of ["3", "4"]) {
        const changes = { ...scaled, release };
        const deployed = await up(changes);
        const unchanged = await preview(changes);
        const refreshed = await run(["refresh", "--yes", "--skip-preview"], changes);
        const still = await preview(changes);
        const runs = [deployed, unchanged, refreshed, still];
        expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
        outputs.push(...runs.map(({ output }) => output));
      }
    });

    expect(numbers).toEqual({ fewestWanted: 7, mostWanted: 7, fewestAvailable: 7 });
    expect(conflicts(outputs.join("\n"))).toBe(0);
    expect(await ownersOfReplicas("scaled")).toEqual(["scale"]);
    await annotate(
      `autoscaling: scaled to 7, then deployed twice: at least ${numbers?.fewestWanted} Pods wanted and ` +
        `${numbers?.fewestAvailable} available, ${conflicts(outputs.join("\n"))} conflicts`,
      "figure",
    );
  });

  test("has a conflict when a plain Deployment's replicas are stated beside an autoscaler", async ({
    annotate,
  }) => {
    const stated = { ...scaled, release: "4", plainReplicas: 3 };
    await up(stated);
    await scale("plain", 7);

    const { exitCode, output } = await up({ ...stated, plainRelease: "2" });

    expect(exitCode).not.toBe(0);
    expect(output).toContain(".spec.replicas");
    expect(conflicts(output)).toBeGreaterThan(0);
    await annotate(
      `autoscaling, control: replicas stated in a plain Deployment scaled to 7: ${conflicts(output)} conflict`,
      "figure",
    );
  });

  test("has the fewest Pods at once when it begins with an autoscaler", async () => {
    const changes = { ...scaled, release: "4", fresh: true };

    const { exitCode } = await up(changes);

    const { metadata, status } = await read("fresh");
    expect(exitCode).toBe(0);
    expect(metadata?.generation).toBe(1);
    expect(status?.availableReplicas).toBe(3);
    expect((await preview(changes)).exitCode).toBe(0);
  });

  test("is brought to one number by the autoscaler when the fewest are also the most", async () => {
    const pinned = { ...scaled, release: "4", autoscaling: { minReplicas: 4, maxReplicas: 4 } };

    const { exitCode } = await up(pinned);
    await waitFor(async () => (await read("scaled")).status?.availableReplicas === 4, {
      awaited: "4 available Pods of scaled",
      timeoutSeconds: AUTOSCALER_SECONDS,
    });

    expect(exitCode).toBe(0);
    expect((await preview(pinned)).exitCode).toBe(0);
  });

  test("fails and keeps its Pods when it goes back to replicas without taking the number over", async () => {
    const { exitCode, output } = await up({ ...scaled, ...fixed(6), release: "4" });

    expect(exitCode).not.toBe(0);
    expect(conflicts(output)).toBeGreaterThan(0);
    expect((await read("scaled")).spec?.replicas).toBe(4);
    expect(await autoscalerNames()).toContain("scaled");
  });

  test("has the stated number when it goes back to replicas and takes the number over", async () => {
    // An autoscaler that does not allow the number may change it once more before it is deleted, as decision 5 says.
    const allowing = await up({ ...scaled, release: "4" });
    expect(allowing.exitCode, allowing.output).toBe(0);
    const back = { ...scaled, ...fixed(6), release: "5", force: true };

    const [numbers] = await numbersWhile(["scaled"], async () => {
      const { exitCode, output } = await up(back);
      expect(exitCode, output).toBe(0);
    });

    expect(numbers).toEqual({ fewestWanted: 4, mostWanted: 6, fewestAvailable: 4 });
    expect((await read("scaled")).spec?.replicas).toBe(6);
    expect(await autoscalerNames()).not.toContain("scaled");
    expect(await ownersOfReplicas("scaled")).toEqual(["pulumi-kubernetes"]);
    expect((await preview(back)).exitCode).toBe(0);
  });

  test("changes the number without a conflict when it has been taken over", async () => {
    const changed = { ...scaled, ...fixed(5), release: "5" };

    const { exitCode, output } = await up(changed);

    expect(exitCode, output).toBe(0);
    expect((await read("scaled")).spec?.replicas).toBe(5);
    expect((await preview(changed)).exitCode).toBe(0);
  });
});

/** The configuration of a Backend with a number of Pods. */
function fixed(replicas: number) {
  return { autoscaling: undefined, replicas };
}
