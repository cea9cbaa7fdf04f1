import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

const internal = () => stackConfig({ exposure: "Internal" }, cwd);

describe("LoadBalancerService on a real API server", () => {
  it("shows a replacement in preview when its exposure changes", async () => {
    const args = ["preview", "--stack", stack, "--config-file", internal()];

    const { output } = await pulumi(args, { cwd });

    expect(output).toContain("+-1 to replace");
  });

  it("is one other load balancer after its exposure has changed", async () => {
    const before = await loadBalancing.describeLoadBalancers({});
    const up = ["up", "--yes", "--skip-preview", "--stack", stack, "--config-file", internal()];

    const { exitCode } = await pulumi(up, { cwd });

    const after = await loadBalancing.describeLoadBalancers({});
    const service = { name: "exposure-front", namespace: "default" };
    const { status } = await core.readNamespacedService(service);
    expect(exitCode).toBe(0);
    expect(before.LoadBalancers?.map(({ Scheme }) => Scheme)).toEqual(["internet-facing"]);
    expect(after.LoadBalancers?.map(({ Scheme }) => Scheme)).toEqual(["internal"]);
    expect(after.LoadBalancers?.[0]?.DNSName).toBe(status?.loadBalancer?.ingress?.[0]?.hostname);
    expect(after.LoadBalancers?.[0]?.DNSName).not.toBe(before.LoadBalancers?.[0]?.DNSName);
  });
});
