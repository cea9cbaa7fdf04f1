import { rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testToolMilliseconds } from "../shared/test-tools.ts";
import { type LoneControlPlane, startLoneControlPlane } from "./lone-api-server.ts";
import { startMetallb } from "./metallb.ts";
import {
  core,
  type PulumiOptions,
  paths,
  pulumi,
  stackConfig,
  testTool,
  toolchain,
} from "./rig.ts";

const UP = ["up", "--yes", "--skip-preview"];
const DESTROY = ["destroy", "--yes", "--skip-preview", "--stack", "reachable"];
const INIT = ["stack", "init", "reachable", "--no-select"];

// MetalLB gives out an address of this machine, and the test listens there in the place of a front.
describe("a front that is to answer", { timeout: 300_000 }, () => {
  const cwd = join(import.meta.dirname, "programs", "metallb");
  const HOST = "127.0.0.1";

  let plane: LoneControlPlane;
  let env: Record<string, string>;
  let server: Server;
  let port: number;
  /** What it answers next; 200 after that. */
  let statuses: number[] = [];
  let connections = 0;

  beforeAll(async () => {
    server = await listening();
    port = portOf(server);
    plane = await startLoneControlPlane(toolchain);
    env = { KUBECONFIG: plane.paths.kubeconfig };
    await startMetallb(plane, await testTool("metallb-controller"), { own: [`${HOST}/32`] });
  }, testToolMilliseconds);

  afterAll(async () => {
    await plane.stop();
    await closed(server);
  });

  beforeEach(async () => {
    statuses = [];
    await pulumi(INIT, { cwd, env });
  });

  afterEach(async () => {
    await pulumi(DESTROY, { cwd, env });
    await pulumi(["stack", "rm", "--yes", "reachable"], { cwd, env });
  });

  const listening = async (wanted = 0) => {
    const one = createServer((_, response) => {
      response.writeHead(statuses.shift() ?? 200).end();
    });
    one.on("connection", () => {
      connections += 1;
    });
    await new Promise<void>((resolve) => {
      one.listen(wanted, HOST, resolve);
    });
    return one;
  };

  /** Runs the engine, and says how often the front was connected to meanwhile. */
  async function run(command: readonly string[], more: object) {
    const ports = [{ port, targetPort: "http" }];
    const fronts = { front: { addressPool: "own", ports, ...more } };
    const config = stackConfig({ fronts }, cwd);
    const before = connections;
    const ran = await pulumi([...command, "--stack", "reachable", "--config-file", config], {
      cwd,
      env,
    });
    return { ...ran, asked: connections - before };
  }

  test("ends `up` when it answers, and is not asked again before it changes", async () => {
    statuses = [503, 502];

    const preview = await run(["preview"], { reachableWithinSeconds: 60 });
    const created = await run(UP, { reachableWithinSeconds: 60 });
    const again = await run(UP, { reachableWithinSeconds: 60 });
    const otherLimit = await run(UP, { reachableWithinSeconds: 90 });
    const relabelled = await run(UP, {
      reachableWithinSeconds: 60,
      patches: { service: { metadata: { labels: { example: "changed" } } } },
    });
    const updated = await run(UP, { reachableWithinSeconds: 60, sourceRanges: ["127.0.0.0/8"] });

    for (const { exitCode, output } of [preview, created, again, otherLimit, relabelled, updated]) {
      expect(exitCode, output).toBe(0);
    }
    expect(created.output).toContain(`Waiting for an answer from http://${HOST}:${port}: HTTP 503`);
    expect(
      [preview, created, again, otherLimit, relabelled, updated].map((it) => it.asked),
    ).toEqual([0, 3, 0, 0, 0, 1]);
  });

  test("is asked once when that is asked for later, and never without", async () => {
    const without = await run(UP, {});
    const turnedOn = await run(UP, { reachableWithinSeconds: 60 });
    const again = await run(UP, { reachableWithinSeconds: 60 });
    const turnedOff = await run(UP, {});

    for (const { exitCode, output } of [without, turnedOn, again, turnedOff]) {
      expect(exitCode, output).toBe(0);
    }
    expect([without, turnedOn, again, turnedOff].map((it) => it.asked)).toEqual([0, 1, 0, 0]);
    expect(turnedOff.output).toMatch(/Stash +front-reachability deleted/);
  });

  test("fails every `up` as long as one of its ports does not answer", async () => {
    const other = await listening();
    const otherPort = portOf(other);
    await closed(other);
    const ports = [
      { port, targetPort: "http" },
      { name: "http-other", port: otherPort, targetPort: "http" },
    ];
    const both = { reachableWithinSeconds: 1, ports };
    await run(UP, { reachableWithinSeconds: 60 });

    const first = await run(UP, both);
    const second = await run(UP, both);
    const opened = await listening(otherPort);
    const third = await run(UP, both);
    const fourth = await run(UP, both);
    await closed(opened);

    for (const { exitCode, output } of [first, second]) {
      expect(exitCode).not.toBe(0);
      expect(output).toContain(
        `Cannot reach LoadBalancerService "front": ${HOST} has not answered this machine within 1 s, last: ` +
          `http://${HOST}:${otherPort}: refused; check that its targets are healthy`,
      );
      expect(output).toContain("; an internal address answers only inside its network");
    }
    expect(third.exitCode, third.output).toBe(0);
    expect(third.asked).toBe(2);
    expect(fourth.exitCode, fourth.output).toBe(0);
    expect(fourth.asked).toBe(0);
  });
});

// Nothing answers there: the names of the simulated AWS are nowhere.
describe("a front of the simulated AWS that is to answer", { timeout: 300_000 }, () => {
  const cwd = join(import.meta.dirname, "programs", "honest-up");

  beforeEach(async () => {
    await pulumi(INIT, { cwd });
  });

  afterEach(async () => {
    rmSync(paths.awsFaults, { force: true });
    await pulumi(DESTROY, { cwd });
    await pulumi(["stack", "rm", "--yes", "reachable"], { cwd });
  });

  const up = (changes: object, options: PulumiOptions = {}) => {
    const config = stackConfig({ ...changes }, cwd);
    return pulumi([...UP, "--stack", "reachable", "--config-file", config], { cwd, ...options });
  };

  test("fails every `up` with its name, and none when that is not asked for", async () => {
    const first = await up({ reachableWithinSeconds: 1 });
    const second = await up({ reachableWithinSeconds: 1 });
    const without = await up({});

    const { status } = await core.readNamespacedService({ name: "front", namespace: "default" });
    const host = status?.loadBalancer?.ingress?.[0]?.hostname;
    expect(host).toMatch(/\.elb\..*amazonaws\.com$/);
    for (const { exitCode, output } of [first, second]) {
      expect(exitCode).not.toBe(0);
      expect(output).toContain(
        `Cannot reach LoadBalancerService "front": ${host} has not answered this machine within 1 s, last: ${host}: `,
      );
    }
    expect(without.exitCode, without.output).toBe(0);
  });

  test("is not waited for any more when `up` is interrupted", async () => {
    const interrupt = new AbortController();
    let printed = "";

    const { exitCode, output } = await up(
      { reachableWithinSeconds: 600 },
      {
        interrupt: interrupt.signal,
        onPrint: (text) => {
          printed += text;
          if (printed.includes("Waiting for an answer")) interrupt.abort();
        },
      },
    );

    expect(interrupt.signal.aborted, output).toBe(true);
    expect(exitCode).toBe(1); // and not killed
  });

  test("is not asked when its controller refuses a change", async () => {
    await up({});
    const refused = { code: "TooManyListeners", message: "the quota of listeners is reached" };
    writeFileSync(paths.awsFaults, JSON.stringify({ CreateListener: refused }));

    const { exitCode, output } = await up({ ports: [80, 443], reachableWithinSeconds: 1 });

    expect(exitCode).not.toBe(0);
    expect(output).toContain("AwsCloudControllerNlb rejects the Service: SyncLoadBalancerFailed");
    expect(output).not.toContain("Cannot reach");
  });
});

const portOf = (server: Server) => (server.address() as AddressInfo).port;

const closed = (server: Server) =>
  new Promise((resolve) => {
    server.close(resolve);
  });
