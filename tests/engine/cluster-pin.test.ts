import { CoreV1Api } from "@kubernetes/client-node";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { waitFor } from "../../local/wait.ts";
import { type LoneControlPlane, startLoneControlPlane } from "./lone-api-server.ts";
import {
  initPinned,
  NamedObjects,
  PinnedStack,
  type ProviderKind,
  rememberState,
  urnOf,
} from "./pinned-stack.ts";
import { config, core as ownCore, paths, toolchain } from "./rig.ts";

// Two clusters under one name: a kubeconfig of the second has the context that the stacks know the first by.
let elsewhere: LoneControlPlane;
const UP = ["up", "--yes", "--skip-preview"];
const REFRESH = ["refresh", "--yes", "--skip-preview"];
const DESTROY = ["destroy", "--yes", "--skip-preview"];
const PROGRAM = "--run-program";
const MILLISECONDS = 900_000;

const settings = urnOf("kubernetes:core/v1:ConfigMap", "settings");
const password = urnOf("kubernetes:core/v1:Secret", "password");
const front = urnOf("kubernetes:core/v1:Service", "front");
const cluster = urnOf("pulumi:providers:kubernetes", "cluster");

/** What is run against the wrong cluster: first what plain Pulumi does harm with, and then the ways around. */
const commands = (namespace: string): readonly (readonly string[])[] => [
  UP,
  [...UP, "--target", settings],
  [...UP, "--refresh"],
  REFRESH,
  DESTROY,
  [...DESTROY, PROGRAM],
  ["preview", "--refresh"],
  [...UP, "--exclude", password],
  [...UP, "--target-replace", settings],
  [...REFRESH, PROGRAM],
  [...DESTROY, PROGRAM, "--target", settings],
  [...DESTROY, PROGRAM, "--continue-on-error"],
  imported(`${namespace}/inside`, "--provider", `cluster=${cluster}`),
];
const harmful = (namespace: string) => commands(namespace).slice(0, 6);

const imported = (id: string, ...options: string[]) => [
  ...["import", "kubernetes:core/v1:ConfigMap", "imported", id],
  ...["--yes", "--skip-preview", "--generate-code=false", ...options],
];

/** What a command has done where it had no business: objects changed or removed, resources lost from the state. */
interface Harm {
  readonly command: string;
  readonly objects: number;
  readonly resources: number;
}

/** Runs each command against the other cluster, counts what it does there or to the state, and puts that right again. */
async function harmOf(
  stack: PinnedStack,
  namespace: string,
  given = commands(namespace),
): Promise<Harm[]> {
  const others = new NamedObjects(elsewhere.config, namespace);
  const before = stack.resources();
  const restore = rememberState();
  const harm: Harm[] = [];
  for (const args of given) {
    await others.make();
    const versions = await others.versions();
    await stack.run(args, elsewhere.paths.kubeconfig, { value: "second" });
    const [after, left] = [await others.versions(), stack.resources()];
    const objects = Object.keys(versions).filter((name) => after[name] !== versions[name]).length;
    const resources = before.filter((urn) => !left.includes(urn)).length;
    harm.push({ command: args.join(" "), objects, resources });
    if (left.join() !== before.join()) restore();
  }
  return harm;
}

const total = (harm: readonly Harm[], what: "objects" | "resources") =>
  harm.reduce((sum, it) => sum + it[what], 0);

interface DeployOptions {
  readonly kubeconfig?: string;
  /** Given what ends it. */
  readonly whenDone?: (end: () => Promise<void>) => void;
}

/** The stack of the program on a cluster. When the test ends, nothing is in it any more. */
async function deployed(
  provider: ProviderKind,
  namespace: string,
  { kubeconfig = paths.kubeconfig, whenDone = onTestFinished }: DeployOptions = {},
): Promise<PinnedStack> {
  const stack = new PinnedStack(namespace, provider);
  whenDone(async () => {
    empty();
    // The other cluster ends with these tests.
    if (kubeconfig === paths.kubeconfig) await ownCore.deleteNamespace({ name: namespace });
  });
  const { exitCode, output } = await stack.run(UP, kubeconfig);
  expect(exitCode, output).toBe(0);
  return stack;
}

/** Empties the stack's state. */
let empty: () => void;

beforeAll(async () => {
  elsewhere = await startLoneControlPlane(toolchain);
  const remove = await initPinned();
  empty = rememberState();
  return async () => {
    await remove();
    await elsewhere.stop();
  };
});

describe("a stack with a pinned provider", { timeout: MILLISECONDS }, () => {
  let stack: PinnedStack;

  beforeAll(async () => {
    let end = async () => {};
    const whenDone = (it: typeof end) => {
      end = it;
    };
    stack = await deployed("pinned", "pin-pinned", { whenDone });
    return end;
  });

  test("changes nothing in another cluster of the same name, and loses nothing, by any command", async ({
    annotate,
  }) => {
    const own = new NamedObjects(config, "pin-pinned");
    const before = await own.versions();

    const harm = await harmOf(stack, "pin-pinned");

    expect(harm.filter(({ objects, resources }) => objects + resources > 0)).toEqual([]);
    expect(harm.length).toBeGreaterThanOrEqual(10);
    expect(await own.versions()).toEqual(before);
    await annotate(
      `Commands on a wrong cluster: ${harm.length}, no object changed, no resource lost`,
      "figure",
    );
  });

  test("fails before anything is made when the stack belongs to another cluster, and says which", async () => {
    const { exitCode, output } = await stack.run(["preview"], elsewhere.paths.kubeconfig);

    expect(output).toContain(
      'Cannot deploy stack "dev" to this cluster: its namespace kube-system has the uid',
    );
    expect(output).toContain("but the stack belongs to the cluster where it is");
    expect(output).not.toContain("    at ");
    expect(exitCode).not.toBe(0);
  });

  test("replaces nothing when the same cluster is reached by another name and user", async () => {
    const kubeconfig = stack.kubeconfig(paths.kubeconfig, (text) =>
      text.replaceAll("127.0.0.1", "localhost"),
    );
    const { exitCode, output } = await stack.run(["preview", "--diff"], kubeconfig);

    expect(output).not.toMatch(/to replace|to delete/);
    expect(exitCode, output).toBe(0);
  });
});

describe("commands against another cluster of the same name", { timeout: MILLISECONDS }, () => {
  test("change nothing there, and lose resources in a refresh alone, when the provider is made elsewhere", async () => {
    const stack = await deployed("made elsewhere", "pin-elsewhere");

    const harm = await harmOf(stack, "pin-elsewhere", harmful("pin-elsewhere"));

    expect(harm.filter(({ objects }) => objects > 0)).toEqual([]);
    const losing = harm.filter(({ resources }) => resources > 0);
    expect(losing.filter(({ command }) => !command.includes("refresh"))).toEqual([]);
  });

  test("change objects of others and lose resources when the provider is plain Pulumi's", async ({
    annotate,
  }) => {
    const stack = await deployed("plain", "pin-plain");

    const harm = await harmOf(stack, "pin-plain", harmful("pin-plain"));

    const [objects, resources] = [total(harm, "objects"), total(harm, "resources")];
    expect(objects).toBeGreaterThan(0);
    expect(resources).toBeGreaterThan(0);
    await annotate(
      `The same with plain Pulumi: ${objects} objects changed, ${resources} resources lost`,
      "figure",
    );
  });
});

describe("pinnedProvider", { timeout: MILLISECONDS }, () => {
  test("moves to a rebuilt cluster when the old one's objects are forgotten and its record is destroyed", async () => {
    const namespace = "pin-moved";
    const { kubeconfig } = elsewhere.paths;
    const stack = await deployed("pinned", namespace, { kubeconfig });

    await elsewhere.stop();
    elsewhere = await startLoneControlPlane(toolchain);
    const refused = await stack.run(UP, kubeconfig);
    const kept = await stack.run(REFRESH, kubeconfig);
    const before = stack.resources();
    const env = { PULUMI_K8S_DELETE_UNREACHABLE: "true" };
    const forgotten = await stack.run(REFRESH, kubeconfig, {}, { env });
    const destroyed = await stack.run(DESTROY, kubeconfig);
    const moved = await stack.run(UP, kubeconfig);

    expect(refused.output).toContain("but the stack belongs to the cluster where it is");
    expect(refused.exitCode).not.toBe(0);
    expect(kept.exitCode).not.toBe(0);
    expect(before).toContain(settings);
    expect(forgotten.exitCode, forgotten.output).toBe(0);
    expect(destroyed.exitCode, destroyed.output).toBe(0);
    expect(moved.exitCode, moved.output).toBe(0);
    const core = elsewhere.config.makeApiClient(CoreV1Api);
    const { data } = await core.readNamespacedConfigMap({ name: "settings", namespace });
    expect(data).toEqual({ value: "first" });
  });
});

describe("a deletion", { timeout: MILLISECONDS }, () => {
  test("fails, in preview too, when somebody has made the object anew, and passes once it is taken over", async () => {
    const namespace = "pin-anew";
    const stack = await deployed("pinned", namespace);
    const objects = new NamedObjects(config, namespace);
    await objects.remake("ConfigMap", "settings");
    const { "ConfigMap settings": theirs } = await objects.versions();
    const without = { settings: false };

    const preview = await stack.run(["preview"], paths.kubeconfig, without);
    const up = await stack.run(UP, paths.kubeconfig, without);
    const destroy = await stack.run([...DESTROY, PROGRAM, "--target", settings], paths.kubeconfig);

    for (const { exitCode, output } of [preview, up, destroy]) {
      expect(output).toContain(`Cannot delete ConfigMap "${namespace}/settings": its uid is`);
      expect(output).toContain(`pulumi state delete '${settings}'`);
      expect(exitCode).not.toBe(0);
    }
    expect((await objects.versions())["ConfigMap settings"]).toBe(theirs);

    await stack.run([...REFRESH, "--target", settings], paths.kubeconfig);
    const taken = await stack.run(UP, paths.kubeconfig, without);

    expect(taken.exitCode, taken.output).toBe(0);
    expect((await objects.versions())["ConfigMap settings"]).toBe("gone");
  });

  test("takes the object of somebody else when the provider is plain Pulumi's", async () => {
    const namespace = "pin-anew-plain";
    const stack = await deployed("plain", namespace);
    const objects = new NamedObjects(config, namespace);
    await objects.remake("ConfigMap", "settings");

    await stack.run(UP, paths.kubeconfig, { settings: false });

    expect((await objects.versions())["ConfigMap settings"]).toBe("gone");
  });

  test("says what holds a load balancer's Service when nobody takes its finalizer off", async () => {
    const namespace = "pin-held";
    const { kubeconfig } = elsewhere.paths;
    const stack = await deployed("pinned", namespace, { kubeconfig });
    const core = elsewhere.config.makeApiClient(CoreV1Api);
    const service = { name: "front", namespace };
    const held = await core.readNamespacedService(service);
    held.metadata = {
      ...held.metadata,
      finalizers: ["service.kubernetes.io/load-balancer-cleanup"],
    };
    await core.replaceNamespacedService({ ...service, body: held });

    let printed = "";
    const onPrint = (text: string) => {
      printed += text;
    };
    const destroying = stack.run(
      [...DESTROY, PROGRAM, "--target", front],
      kubeconfig,
      {},
      { onPrint, timeoutSeconds: 300 },
    );
    await waitFor(() => printed.includes("is deleted and still there"), {
      awaited: "the reason",
      timeoutSeconds: 200,
    });
    const stuck = await core.readNamespacedService(service);
    delete stuck.metadata?.finalizers;
    await core.replaceNamespacedService({ ...service, body: stuck });
    const { exitCode, output } = await destroying;

    expect(output).toContain(
      `Service "${namespace}/front" is deleted and still there: its finalizer service.kubernetes.io/load-balancer-cleanup is removed by the cluster's cloud controller manager`,
    );
    expect(output).toContain("the load balancer stays in the cloud");
    expect(exitCode, output).toBe(0);
  });
});
