import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import {
  DuplicateListenerException,
  DuplicateLoadBalancerNameException,
  DuplicateTargetGroupNameException,
  ElasticLoadBalancingV2,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { AWS_REGION } from "../../local/cloud/simulated-aws.ts";
import { startCluster, stopCluster } from "../../local/cluster/embedded-cluster.ts";
import { ensurePage } from "../../local/page/ensure-page.ts";
import { type LocalPaths, localPaths } from "../../local/paths.ts";
import { stopProcess } from "../../local/processes/managed-process.ts";
import {
  isRunning,
  type ProcessRecord,
  readRecord,
  readRecords,
} from "../../local/processes/record.ts";
import { waitFor } from "../../local/wait.ts";
import { access } from "./aws-requests.ts";
import {
  awsEndpoint,
  core,
  loadBalancing,
  network,
  newStack,
  outputsOf,
  paths,
  pulumi,
  toolchain,
} from "./rig.ts";

const stack = "dev";
const processes = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
  "aws",
  "aws-cloud-controller-manager",
];

beforeAll(async () => {
  await newStack(stack);
  await pulumi(["up", "--yes", "--skip-preview", "--stack", stack]);
});

afterAll(async () => {
  await pulumi(["destroy", "--run-program", "--yes", "--skip-preview", "--stack", stack]);
});

/** Starts a cluster and returns what it reported. */
async function start(at: LocalPaths, signal?: AbortSignal): Promise<string[]> {
  const lines: string[] = [];
  const report = (line: string) => lines.push(line);
  await startCluster(at, { toolchain, report, ...(signal && { signal }) });
  return lines;
}

/** Serves the page of the cluster, until the test ends or the cluster is stopped. */
function page(): Promise<string> {
  onTestFinished(async () => {
    const record = readRecord(paths.run, "page");
    if (record !== undefined) await stopProcess(record, paths);
  });
  return ensurePage(paths, { report: () => {} });
}

const tokenOf = (url: string): string => new URL(url).pathname.replaceAll("/", "");

/** A folder for one more cluster, gone with the test. */
function anotherCluster(name: string): LocalPaths {
  const at = localPaths(join(".local", "test", name));
  rmSync(at.root, { recursive: true, force: true });
  onTestFinished(async () => {
    await stopCluster(at);
    rmSync(at.root, { recursive: true, force: true });
  });
  return at;
}

function recordOf(name: string): ProcessRecord {
  const record = readRecord(paths.run, name);
  if (record === undefined) throw new Error(`${name} was not started`);
  return record;
}

const pids = () => readRecords(paths.run).map(({ name, pid }) => `${name} ${pid}`);

/** What people depend on: the Services' addresses in the API server, and what the simulated AWS holds for them. */
async function addresses(): Promise<unknown> {
  const { items } = await core.listNamespacedService({ namespace: "shop" });
  const { LoadBalancers = [] } = await loadBalancing.describeLoadBalancers({});
  const { Listeners } = await loadBalancing.describeListeners({
    LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn,
  });
  const { TargetGroups = [] } = await loadBalancing.describeTargetGroups({});
  const { TargetHealthDescriptions } = await loadBalancing.describeTargetHealth({
    TargetGroupArn: TargetGroups[0]?.TargetGroupArn,
  });
  return {
    services: items.map(({ metadata, spec, status }) => [metadata?.name, spec, status]),
    loadBalancers: LoadBalancers.map(({ LoadBalancerArn, DNSName }) => [LoadBalancerArn, DNSName]),
    listeners: Listeners,
    targetGroups: TargetGroups.map(({ TargetGroupArn, Port }) => [TargetGroupArn, Port]),
    targets: TargetHealthDescriptions?.map(({ Target }) => Target),
  };
}

async function expectNoChanges(): Promise<void> {
  const up = ["up", "--yes", "--skip-preview", "--stack", stack, "--expect-no-changes"];
  const { exitCode, output } = await pulumi(up);
  expect(output).toMatch(/Resources:\n +\d+ unchanged\n/);
  expect(exitCode).toBe(0);
}

describe("ensurePage", () => {
  test("serves a page that only the token opens, as the same process", async () => {
    const url = await page();
    const { pid } = recordOf("page");

    const again = await page();

    expect(again).toBe(url);
    expect(recordOf("page").pid).toBe(pid);
    expect(readFileSync(`/proc/${pid}/cmdline`, "utf8")).not.toContain(tokenOf(url));
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(url, { method: "POST" })).status).toBe(405);
    expect((await fetch(new URL("/", url))).status).toBe(404);
  });

  test("keeps its port and has a new token when it was killed", async () => {
    const url = await page();
    const record = recordOf("page");
    process.kill(record.pid, "SIGKILL");
    await waitFor(() => !isRunning(record), { awaited: "end of page", timeoutSeconds: 10 });

    const next = await page();

    expect(new URL(next).port).toBe(new URL(url).port);
    expect(next).not.toBe(url);
    expect((await fetch(next)).status).toBe(200);
    expect((await fetch(url)).status).toBe(404);
  });
});

describe("startCluster", () => {
  test("leaves everything alone when everything works", async () => {
    const before = pids();

    const reported = await start(paths);

    expect(reported).toEqual([]);
    expect(pids()).toEqual(before);
    expect(before).toHaveLength(processes.length);
  });

  test.each(processes)(
    "brings back %s when it was killed, with everything as it was",
    async (name) => {
      const before = await addresses();
      const record = recordOf(name);
      process.kill(record.pid, "SIGKILL");
      await waitFor(() => !isRunning(record), { awaited: `end of ${name}`, timeoutSeconds: 10 });

      const reported = await start(paths);

      expect(reported.join("\n")).toContain(
        `${name} had stopped. End of ${paths.logs}/${name}.log`,
      );
      expect(recordOf(name).pid).not.toBe(record.pid);
      await expectNoChanges();
      expect(await addresses()).toEqual(before);
    },
  );

  test("replaces a process that runs but does not answer", async () => {
    const record = recordOf("aws");
    process.kill(record.pid, "SIGSTOP");

    const reported = await start(paths);

    expect(reported.join("\n")).toContain("aws runs but does not answer");
    expect(recordOf("aws").pid).not.toBe(record.pid);
  });

  test("keeps addresses and load balancers, and serves no page, when the cluster was stopped in between", async () => {
    const before = await addresses();
    const url = await page();
    const served = recordOf("page");

    const stopped = await stopCluster(paths);
    const left = readRecords(paths.run);
    await start(paths);

    expect(stopped.sort()).toEqual([...processes, "page"].sort());
    expect(left).toEqual([]);
    expect(isRunning(served)).toBe(false);
    await expect(fetch(url)).rejects.toThrow();
    await expectNoChanges();
    expect(await addresses()).toEqual(before);
  });

  test("moves to another port when somebody else has taken one", async () => {
    await stopCluster(paths);
    const { scheduler } = JSON.parse(readFileSync(join(paths.run, "ports"), "utf8"));
    const squatter = createServer().listen(scheduler, "127.0.0.1");
    onTestFinished(() => new Promise((done) => squatter.close(() => done())));

    const reported = await start(paths);

    expect(reported.join("\n")).toContain(
      `port ${scheduler} of kube-scheduler is taken by another program`,
    );
    await expectNoChanges();
  });

  test("runs beside another cluster and shares nothing with it", async () => {
    const other = anotherCluster("beside");

    await start(other);

    const namespaces = await core.listNamespace();
    expect(namespaces.items.map(({ metadata }) => metadata?.name)).toContain("shop");
    expect(readFileSync(other.kubeconfig, "utf8")).not.toBe(readFileSync(paths.kubeconfig, "utf8"));
    const foreign = await pulumi(["preview", "--stack", stack], {
      env: { KUBECONFIG: other.kubeconfig },
    });
    expect(foreign.output).toContain('Cannot deploy stack "dev" to this cluster');
    expect(foreign.exitCode).not.toBe(0);
    const update = await pulumi(["up", "--yes", "--skip-preview", "--stack", stack], {
      env: { KUBECONFIG: other.kubeconfig },
    });
    expect(update.output).toContain("the stack belongs to the cluster where it is");
    expect(update.exitCode).not.toBe(0);
    await expectNoChanges();
  });

  test("leaves no process behind when it is interrupted", async () => {
    const other = anotherCluster("interrupted");
    const controller = new AbortController();
    const started = start(other, controller.signal);
    const seen = await waitFor(() => readRecord(other.run, "kube-apiserver"), {
      awaited: "the API server's start",
      timeoutSeconds: 60,
    });

    controller.abort(new Error("enough"));

    await expect(started).rejects.toThrow("enough");
    expect(isRunning(seen)).toBe(false);
    expect(readRecords(other.run)).toEqual([]);
  });

  test("fails with the end of the log when a process ends by itself, and leaves none behind", async () => {
    const other = anotherCluster("broken");
    mkdirSync(join(other.etcd, "member"), { recursive: true });
    writeFileSync(join(other.etcd, "member", "snap"), "not a folder");
    writeFileSync(other.etcdMade, ""); // one that was never finished would be made anew

    await expect(start(other)).rejects.toThrow(/Cannot start etcd: .*End of .*etcd\.log:\n/s);

    expect(readRecords(other.run)).toEqual([]);
  });

  test("begins with an empty AWS when an earlier start was cut off while it made the network", async () => {
    const other = anotherCluster("cut-off");
    mkdirSync(join(other.root, "aws"), { recursive: true });
    writeFileSync(other.awsJournal, '{"method": "POST", "cut');

    await start(other);

    expect(existsSync(other.awsNetwork)).toBe(true);
  });
});

describe("simulated AWS", () => {
  test("refuses a change when the caller has not its access key", async () => {
    const { LoadBalancers = [] } = await loadBalancing.describeLoadBalancers({});

    const [balancer] = LoadBalancers;
    await expect(
      loadBalancing.deleteLoadBalancer({ LoadBalancerArn: balancer?.LoadBalancerArn }),
    ).rejects.toThrow();

    const { LoadBalancers: after } = await loadBalancing.describeLoadBalancers({});
    expect(after).toHaveLength(1);
    expect(await outputsOf(stack)).toHaveProperty("frontAddress.host", balancer?.DNSName);
  });

  test("makes a load balancer once when it is asked twice, as by a client whose first answer was lost", async () => {
    const owner = new ElasticLoadBalancingV2({
      region: AWS_REGION,
      endpoint: awsEndpoint,
      credentials: access,
    });
    const { subnetIds, vpcId } = network();
    const twice = async <T>(ask: () => Promise<T>) => [await ask(), await ask()] as const;
    const balancerOf = (Type: "network" | "application") =>
      owner.createLoadBalancer({ Name: "twice", Type, Subnets: [...subnetIds] });
    const groupOf = (Port: number) =>
      owner.createTargetGroup({ Name: "twice", Protocol: "TCP", Port, VpcId: vpcId });

    const balancers = await twice(() => balancerOf("network"));
    const LoadBalancerArn = balancers[0].LoadBalancers?.[0]?.LoadBalancerArn;
    const groups = await twice(() => groupOf(80));
    const TargetGroupArn = groups[0].TargetGroups?.[0]?.TargetGroupArn;
    onTestFinished(async () => {
      await owner.deleteLoadBalancer({ LoadBalancerArn });
      await owner.deleteTargetGroup({ TargetGroupArn });
    });
    const listenerOf = (Protocol: "TCP" | "UDP") =>
      owner.createListener({
        LoadBalancerArn,
        Protocol,
        Port: 80,
        DefaultActions: [{ Type: "forward", TargetGroupArn }],
      });
    const listeners = await twice(() => listenerOf("TCP"));

    expect(balancers[1].LoadBalancers).toEqual(balancers[0].LoadBalancers);
    expect(groups[1].TargetGroups?.[0]?.TargetGroupArn).toBe(TargetGroupArn);
    expect(listeners[1].Listeners).toEqual(listeners[0].Listeners);
    await expect(balancerOf("application")).rejects.toThrow(DuplicateLoadBalancerNameException);
    await expect(groupOf(81)).rejects.toThrow(DuplicateTargetGroupNameException);
    await expect(listenerOf("UDP")).rejects.toThrow(DuplicateListenerException);
  });
});
