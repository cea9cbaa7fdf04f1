import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { core, loadBalancing, pulumi, stackConfig } from "./rig.ts";

// What the unit tests cannot show: that the provider understands the paths of `replaceOnChanges`.
const cwd = join(import.meta.dirname, "programs", "exposure");
const stack = "dev";

beforeAll(async () => {
  await pulumi(["stack", "init", stack, "--no-select"], { cwd });
  await pulumi(["up", "--yes", "--skip-preview", "--stack", stack], { cwd });
});

afterAll(async () => {
  await pulumi(["destroy", "--yes", "--skip-preview", "--stack", stack], { cwd });
});

const host = async () => {
  const service = { name: "exposure-front", namespace: "default" };
  const { status } = await core.readNamespacedService(service);
  return status?.loadBalancer?.ingress?.[0]?.hostname;
};

/** All in the simulated AWS, whoever has made them. */
const loadBalancers = async () => {
  const { LoadBalancers = [] } = await loadBalancing.describeLoadBalancers({});
  return LoadBalancers.map(({ DNSName, Scheme }) => ({ DNSName, Scheme }));
};

const internal = () => stackConfig({ exposure: "Internal" }, cwd);

describe("LoadBalancerService on a real API server", () => {
  test("shows a replacement in preview when its exposure changes", async () => {
    const args = ["preview", "--stack", stack, "--config-file", internal()];

    const { output } = await pulumi(args, { cwd });

    expect(output).toContain("+-1 to replace");
  });

  test("is one other load balancer after its exposure has changed", async () => {
    const [first, before] = [await host(), await loadBalancers()];
    const up = ["up", "--yes", "--skip-preview", "--stack", stack, "--config-file", internal()];

    const { exitCode } = await pulumi(up, { cwd });

    const [second, after] = [await host(), await loadBalancers()];
    const others = before.filter(({ DNSName }) => DNSName !== first);
    expect(exitCode).toBe(0);
    expect(second).not.toBe(first);
    expect(before).toContainEqual({ DNSName: first, Scheme: "internet-facing" });
    expect(after).toHaveLength(others.length + 1);
    expect(after).toEqual(
      expect.arrayContaining([...others, { DNSName: second, Scheme: "internal" }]),
    );
  });
});
