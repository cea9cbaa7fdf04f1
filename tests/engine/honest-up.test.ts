import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { waitFor } from "../../local/wait.ts";
import { core, loadBalancing, paths, pulumi, stackConfig } from "./rig.ts";

const cwd = join(import.meta.dirname, "programs", "honest-up");
const stack = "dev";
const where = { name: "front", namespace: "default" };
const TWO_PORTS = { ports: [80, 443] };
/** How long it takes the controller to try again after several refusals. */
const PATIENT = { reconciledWithinSeconds: 100 };

type Fault = { readonly code: string; readonly message: string } | "held";

/** Makes the simulated AWS refuse or hold calls, and nothing else any more. */
function faults(calls: Readonly<Record<string, Fault>>): void {
  writeFileSync(`${paths.awsFaults}.new`, JSON.stringify(calls));
  renameSync(`${paths.awsFaults}.new`, paths.awsFaults);
}

const quota: Fault = { code: "TooManyListeners", message: "the quota of listeners is reached" };
const refusal =
  /AwsCloudControllerNlb rejects the Service: SyncLoadBalancerFailed, Error syncing load balancer: .*TooManyListeners: the quota of listeners is reached/;

beforeAll(async () => {
  await pulumi(["stack", "init", stack, "--no-select"], { cwd });
});

afterEach(async () => {
  rmSync(paths.awsFaults, { force: true });
  const destroyed = await pulumi(["destroy", "--yes", "--skip-preview", "--stack", stack], { cwd });
  expect(destroyed).toMatchObject({ exitCode: 0 });
});

// The controller's pauses between tries are 5, 10, 20 and 40 seconds.
describe("an update that the controller refuses", { timeout: 300_000 }, () => {
  test("fails until it is reconciled, and then changes nothing again", async () => {
    const created = await up({});
    faults({ CreateListener: quota });

    const first = await up(TWO_PORTS);
    // Over before the controller tries again: its last word counts.
    const second = await up({ ...TWO_PORTS, reconciledWithinSeconds: 2 });
    const whileRefused = await listenerPorts();
    rmSync(paths.awsFaults);
    const third = await up({ ...TWO_PORTS, ...PATIENT });
    const afterwards = await listenerPorts();
    const fourth = await up({ ...TWO_PORTS, ...PATIENT });

    expect(created).toMatchObject({ exitCode: 0 });
    for (const { exitCode, output } of [first, second]) {
      expect(exitCode).not.toBe(0);
      expect(output).toMatch(refusal);
      expect(output).toContain('Cannot update LoadBalancerService "front": ');
    }
    expect(whileRefused).toEqual([80]);
    expect(third).toMatchObject({ exitCode: 0 });
    expect(afterwards).toEqual([80, 443]);
    expect(fourth).toMatchObject({ exitCode: 0 });
    expect(fourth.output).not.toMatch(/created|updated|deleted|replaced/);
  });

  test("passes unnoticed with plain @pulumi/kubernetes", async () => {
    await up({ component: false });
    faults({ CreateListener: quota });

    const { exitCode } = await up({ component: false, ...TWO_PORTS });

    await refused();
    expect(exitCode).toBe(0);
    expect(await listenerPorts()).toEqual([80]);
  });

  test("passes when the refusal is gone before the controller tries again", async () => {
    await up({});
    faults({ CreateListener: quota });

    const running = up(TWO_PORTS);
    await refused();
    rmSync(paths.awsFaults);
    const { exitCode } = await running;

    expect(exitCode).toBe(0);
    expect(await listenerPorts()).toEqual([80, 443]);
  });

  test("passes with a change that the controller does not act on when it was reconciled meanwhile", async () => {
    await up({});
    faults({ CreateListener: quota });
    const first = await up(TWO_PORTS);
    rmSync(paths.awsFaults);
    await waitFor(async () => (await listenerPorts()).length === 2, {
      awaited: "the controller's next try",
      timeoutSeconds: 60,
    });

    const second = await up({ ...TWO_PORTS, label: "changed" });

    expect(first.output).toMatch(refusal);
    expect(second).toMatchObject({ exitCode: 0 });
  });

  test("is no matter of a preview", async () => {
    await up({});
    faults({ CreateListener: quota });
    await up(TWO_PORTS);

    const { exitCode, output } = await preview(TWO_PORTS);

    expect(exitCode).toBe(0);
    expect(output).not.toContain("rejects");
    expect(output).toContain("front-controller-sync update");
  });
});

describe("an update that the controller has not reconciled yet", () => {
  test("ends only when the load balancer has it", async () => {
    await up({});
    faults({ CreateListener: "held" });

    let printed = "";
    const running = up(TWO_PORTS, (text) => {
      printed += text;
    });
    await waitFor(() => printed.includes("Waiting for AwsCloudControllerNlb"), {
      awaited: "the update to wait for the controller",
      timeoutSeconds: 60,
    });
    const whileHeld = await listenerPorts();
    rmSync(paths.awsFaults);
    const { exitCode } = await running;
    const afterwards = await listenerPorts();

    expect(whileHeld).toEqual([80]);
    expect(exitCode).toBe(0);
    expect(afterwards).toEqual([80, 443]);
  });

  test("fails when its time is over, and passes when it is reconciled at last", async () => {
    await up({});
    faults({ CreateListener: "held" });

    const first = await up({ ...TWO_PORTS, reconciledWithinSeconds: 5 });
    rmSync(paths.awsFaults);
    const second = await up({ ...TWO_PORTS, reconciledWithinSeconds: 5 });

    expect(first.exitCode).not.toBe(0);
    expect(first.output).toContain(
      "AwsCloudControllerNlb has not reconciled the Service within 5 s and reported no error; check that it is running",
    );
    expect(second).toMatchObject({ exitCode: 0 });
    expect(await listenerPorts()).toEqual([80, 443]);
  });

  test("ends before with plain @pulumi/kubernetes", async () => {
    await up({ component: false });
    faults({ CreateListener: "held" });

    const { exitCode } = await up({ component: false, ...TWO_PORTS });

    expect(exitCode).toBe(0);
    expect(await listenerPorts()).toEqual([80]);
  });
});

describe("a load balancer that is refused from the start", { timeout: 300_000 }, () => {
  test("fails with the controller's message, and comes up when the cause is gone", async () => {
    faults({
      CreateLoadBalancer: { code: "TooManyLoadBalancers", message: "the quota is reached" },
    });

    const first = await up({ reconciledWithinSeconds: 10 });
    const second = await up({ reconciledWithinSeconds: 10 });
    rmSync(paths.awsFaults);
    const third = await up(PATIENT);
    const hosts = await stackHost();
    const fourth = await preview(PATIENT, "--expect-no-changes");

    for (const { exitCode, output } of [first, second]) {
      expect(exitCode).not.toBe(0);
      expect(output).toMatch(
        /LoadBalancerService "front" has no address: AwsCloudControllerNlb rejects the Service: SyncLoadBalancerFailed, .*TooManyLoadBalancers: the quota is reached/,
      );
    }
    expect(third).toMatchObject({ exitCode: 0 });
    expect(hosts).toBe(await hostname());
    expect(fourth).toMatchObject({ exitCode: 0 });
  });
});

describe("a change that the controller does not act on", () => {
  test("is not waited for", async () => {
    await up({});

    const { exitCode, output } = await up({ label: "changed" });

    expect(exitCode).toBe(0);
    expect(output).toMatch(/Service +front updated/);
    expect(output).not.toContain("front-controller-sync");
  });
});

const configured = (changes: object) => [
  "--stack",
  stack,
  "--config-file",
  stackConfig({ ...changes }, cwd),
];

function up(changes: object, onPrint = (_: string) => {}) {
  const options = configured(changes);
  return pulumi(["up", "--yes", "--skip-preview", ...options], {
    cwd,
    timeoutSeconds: 180,
    onPrint,
  });
}

function preview(changes: object, ...more: string[]) {
  return pulumi(["preview", ...more, ...configured(changes)], { cwd });
}

async function stackHost(): Promise<string> {
  const { output } = await pulumi(["stack", "output", "host", "--stack", stack], { cwd });
  return output.trim();
}

async function hostname(): Promise<string | undefined> {
  const { status } = await core.readNamespacedService(where);
  return status?.loadBalancer?.ingress?.[0]?.hostname;
}

/** The ports at which the simulated load balancer listens now. */
async function listenerPorts(): Promise<readonly (number | undefined)[]> {
  const host = await hostname();
  const { LoadBalancers } = await loadBalancing.describeLoadBalancers({});
  const LoadBalancerArn = LoadBalancers?.find((it) => it.DNSName === host)?.LoadBalancerArn;
  const { Listeners } = await loadBalancing.describeListeners({ LoadBalancerArn });
  return (Listeners ?? [])
    .map(({ Port }) => Port)
    .sort((one, other) => Number(one) - Number(other));
}

/** Waits until the controller has refused the Service. */
async function refused(): Promise<void> {
  await waitFor(
    async () => {
      const { metadata } = await core.readNamespacedService(where);
      const fieldSelector = `involvedObject.uid=${metadata?.uid},reason=SyncLoadBalancerFailed`;
      const { items } = await core.listNamespacedEvent({ ...where, fieldSelector });
      return items.length > 0;
    },
    { awaited: "the controller's refusal", timeoutSeconds: 60 },
  );
}
