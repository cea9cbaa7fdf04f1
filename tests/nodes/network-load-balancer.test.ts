import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { waitFor } from "../../local/wait.ts";
import { HEALTH_PORT, TRAFFIC_PORT } from "./fake-targets.ts";
import {
  childrenOf,
  echo,
  type LoadBalancerRig,
  membersOf,
  open,
  startRig,
  takenBy,
} from "./load-balancer-rig.ts";

/** Path of HAProxy. */
let rig: LoadBalancerRig;
let number = 0;
/** Ports of listeners that come and go. */
const ADDED = [81, 82, 83, 84, 85];

/** A load balancer of its own for a test. */
interface Front {
  readonly arn: string;
  readonly groupArn: string;
  readonly hostPort: number;
}

beforeAll(async () => {
  rig = await startRig();
  await rig.startDataPlane();
}, 120_000);
afterAll(() => rig?.stop());

const a = () => rig.targets[0] ?? { id: "", address: "" };
const b = () => rig.targets[1] ?? { id: "", address: "" };
const c = () => rig.targets[2] ?? { id: "", address: "" };

const register = (groupArn: string, { id }: { id: string }) =>
  rig.aws.registerTargets({ TargetGroupArn: groupArn, Targets: [{ Id: id, Port: TRAFFIC_PORT }] });

const listen = (arn: string, groupArn: string, port: number) =>
  rig.aws.createListener({
    LoadBalancerArn: arn,
    Protocol: "TCP",
    Port: port,
    DefaultActions: [{ Type: "forward", TargetGroupArn: groupArn }],
  });

const hostPortOf = (name: string, port: number): number => {
  const { listeners } = rig.forwards();
  const forward = listeners.find((it) => it.loadBalancer === name && it.port === port);
  if (forward === undefined) throw new Error(`nothing leads to ${name}:${port}`);
  return forward.hostPort;
};

async function front(targets: { id: string }[], healthyThreshold = 2): Promise<Front> {
  number += 1;
  const name = `front-${number}`;
  const { LoadBalancers } = await rig.aws.createLoadBalancer({
    Name: name,
    Type: "network",
    Subnets: [...rig.network.subnetIds],
  });
  const { TargetGroups } = await rig.aws.createTargetGroup({
    Name: name,
    Protocol: "TCP",
    Port: TRAFFIC_PORT,
    VpcId: rig.network.vpcId,
    TargetType: "instance",
    HealthCheckProtocol: "HTTP",
    HealthCheckPort: String(HEALTH_PORT),
    HealthCheckPath: "/healthz",
    HealthCheckIntervalSeconds: 5, // the least that AWS allows
    HealthCheckTimeoutSeconds: 2,
    HealthyThresholdCount: healthyThreshold,
    UnhealthyThresholdCount: 2,
  });
  const arn = String(LoadBalancers?.[0]?.LoadBalancerArn);
  const groupArn = String(TargetGroups?.[0]?.TargetGroupArn);
  for (const target of targets) await register(groupArn, target);
  await listen(arn, groupArn, 80);
  return { arn, groupArn, hostPort: hostPortOf(name, 80) };
}

/** Waits until these targets, and no others, take connections. */
const untilTakenBy = (port: number, targets: readonly { address: string }[]) =>
  waitFor(
    async () => {
      const taken = Object.keys(await takenBy(port, 30)).sort();
      return (
        taken.join() ===
        targets
          .map(({ address }) => address)
          .sort()
          .join()
      );
    },
    { awaited: "the health checks", timeoutSeconds: 90 },
  );

describe("the data plane of the simulated load balancer", () => {
  test("NLB: takes a connection as soon as the call that completes it has returned", async () => {
    const failures: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      const { hostPort } = await front([a(), b()]);
      await open(hostPort).then(
        ({ socket }) => socket.destroy(),
        (error) => failures.push(String(error)),
      );
    }

    expect(failures).toEqual([]);
  });

  test("NLB: spreads connections over the healthy targets", async () => {
    const { hostPort } = await front([a(), b()]);
    await untilTakenBy(hostPort, [a(), b()]);

    const taken = await takenBy(hostPort, 100);

    expect(Object.keys(taken).sort()).toEqual([a().address, b().address].sort());
  });

  test("NLB: gives a new target nothing before its checks have passed", async () => {
    const { hostPort, groupArn } = await front([a(), c()], 5);
    await rig.tell({ address: c().address, healthy: false });
    await untilTakenBy(hostPort, [a()]); // so a is healthy: while none is, both are taken

    await register(groupArn, b());

    expect(await takenBy(hostPort, 50)).toEqual({ [a().address]: 50 });
    await untilTakenBy(hostPort, [a(), b()]);
    await rig.tell({ address: c().address, healthy: true });
  });

  test("NLB: gives a target nothing while its check fails, and both something while both fail", async () => {
    const { hostPort } = await front([a(), b()]);
    await untilTakenBy(hostPort, [a(), b()]);

    await rig.tell({ address: a().address, healthy: false });
    await untilTakenBy(hostPort, [b()]);
    expect(await takenBy(hostPort, 50)).toEqual({ [b().address]: 50 });

    await rig.tell({ address: b().address, healthy: false });
    await untilTakenBy(hostPort, [a(), b()]);

    for (const { address } of rig.targets) await rig.tell({ address, healthy: true });
  });

  test("NLB: ends the connections of a deregistered target after its delay, and no others", async () => {
    const { hostPort, groupArn } = await front([a(), b()]);
    const attribute = "deregistration_delay";
    await rig.aws.modifyTargetGroupAttributes({
      TargetGroupArn: groupArn,
      Attributes: [
        { Key: `${attribute}.timeout_seconds`, Value: "4" },
        { Key: `${attribute}.connection_termination.enabled`, Value: "true" },
      ],
    });
    await untilTakenBy(hostPort, [a(), b()]);
    const [old, other] = [await openTo(hostPort, a()), await openTo(hostPort, b())];
    const closed = once(old.socket, "close");

    await rig.aws.deregisterTargets({
      TargetGroupArn: groupArn,
      Targets: [{ Id: a().id, Port: TRAFFIC_PORT }],
    });

    expect(await takenBy(hostPort, 50)).toEqual({ [b().address]: 50 });
    expect(await echo(old, "still here")).toBe("still here");
    await closed;
    expect(await echo(other, "still here")).toBe("still here");
    other.socket.destroy();
  });

  test("NLB: loses no connection while listeners come and go", async ({ annotate }) => {
    const { hostPort, arn, groupArn } = await front([a(), b()]);
    const kept = await open(hostPort);
    let [changing, served] = [true, 0];
    const failures: string[] = [];
    const load = async () => {
      while (changing) {
        await takenBy(hostPort, 1).then(
          () => {
            served += 1;
          },
          (error) => failures.push(String(error)),
        );
      }
    };
    const clients = Array.from({ length: 10 }, load);

    const start = performance.now();
    for (const port of ADDED) await listen(arn, groupArn, port);
    const milliseconds = Math.round((performance.now() - start) / ADDED.length);
    const { Listeners } = await rig.aws.describeListeners({ LoadBalancerArn: arn });
    for (const { Port, ListenerArn } of Listeners ?? []) {
      if (Port !== 80) await rig.aws.deleteListener({ ListenerArn });
    }
    changing = false;
    await Promise.all(clients);

    expect(failures).toEqual([]);
    expect(served).toBeGreaterThan(100);
    expect(await echo(kept, "still here")).toBe("still here");
    kept.socket.destroy();
    const figure = `Simulated load balancer: ${served} connections during ${2 * ADDED.length} reloads, ${failures.length} lost; a listener took connections ${milliseconds} ms after it was asked for`;
    await annotate(figure, "figure");
  });

  test("NLB: is back on its port and address when its processes were killed", async () => {
    const { hostPort } = await front([a(), b()]);
    const before = [rig.forwards(), rig.hosts()];

    for (const victim of ["data plane", "HAProxy"] as const) {
      const group = rig.dataPlane();
      const [master] = childrenOf(group);
      process.kill(victim === "HAProxy" ? Number(master) : group, "SIGKILL");
      if (victim === "data plane") {
        await waitFor(() => membersOf(group).length === 0, {
          awaited: "HAProxy to end with its parent",
          timeoutSeconds: 10,
        });
        await rig.startDataPlane();
      }
      await waitFor(() => takenBy(hostPort, 10), { awaited: "HAProxy", timeoutSeconds: 20 });
    }

    expect([rig.forwards(), rig.hosts()]).toEqual(before);
  });

  test("NLB: leaves no process behind when it is stopped", async () => {
    const group = rig.dataPlane();
    expect(membersOf(group).length).toBeGreaterThan(2);

    await rig.stopDataPlane();

    expect(membersOf(group)).toEqual([]);
  });
});

async function openTo(port: number, { address }: { address: string }) {
  for (;;) {
    const connection = await open(port);
    connection.socket.setTimeout(0);
    if (connection.target === address) return connection;
    connection.socket.destroy();
  }
}
