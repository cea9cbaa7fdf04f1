import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Asked, nlb } from "./aws-intents.ts";
import { core, pulumi, stackConfig } from "./rig.ts";

// No controller of this class runs here: what is shown is what the engine does, and that the API server has the Service.
const cwd = join(import.meta.dirname, "programs", "aws-fronts");
const stack = "dev";
const service = { name: "guarded", namespace: "default" };
const DESTROY = ["destroy", "--yes", "--skip-preview", "--stack", stack];

const guarded = (asked: Partial<Asked>): Asked => ({
  ...nlb({}),
  cluster: { controller: "AwsLoadBalancerController" },
  // Nobody assigns an address.
  patches: {
    service: {
      metadata: { annotations: { "pulumi.com/waitFor": "jsonpath={.spec.clusterIP}" } },
    },
  },
  ...asked,
});

const run = (command: string, asked: Partial<Asked>) => {
  const configFile = stackConfig({ fronts: { guarded: guarded(asked) } }, cwd);
  const [name, ...flags] = command.split(" ");
  const args = [String(name), ...flags, "--stack", stack, "--config-file", configFile];
  return pulumi(args, { cwd, timeoutSeconds: 60 });
};

beforeAll(async () => {
  await pulumi(["stack", "init", stack, "--no-select"], { cwd });
});

afterAll(async () => {
  await pulumi(["state", "unprotect", "--all", "--yes", "--stack", stack], { cwd });
  await pulumi(DESTROY, { cwd });
});

describe("LoadBalancerService of the AWS Load Balancer Controller", () => {
  test("fails to be destroyed with deletionProtection until the protection is turned off in an update", async () => {
    await run("up --yes --skip-preview", { deletionProtection: true });

    const refused = await pulumi(DESTROY, { cwd });

    expect(refused.exitCode).not.toBe(0);
    expect(refused.output).toContain("cannot be deleted");
    expect(refused.output).toContain("protect");
    expect((await core.readNamespacedService(service)).metadata?.deletionTimestamp).toBeUndefined();

    const off = await run("up --yes --skip-preview", {});
    const destroyed = await pulumi(DESTROY, { cwd });

    expect(off.exitCode, off.output).toBe(0);
    expect(destroyed.exitCode, destroyed.output).toBe(0);
    await expect(core.readNamespacedService(service)).rejects.toMatchObject({ code: 404 });
  });

  test("fails in preview when an attribute is taken out that AWS would keep", async () => {
    await run("up --yes --skip-preview", {
      loadBalancerAttributes: { "zonal_shift.config.enabled": "true" },
    });

    const preview = await run("preview", {});
    await pulumi(DESTROY, { cwd });

    expect(preview.output).toContain(
      'Cannot create LoadBalancerService "guarded": args.loadBalancerAttributes["zonal_shift.config.enabled"] is undefined, must be set',
    );
    expect(preview.exitCode).not.toBe(0);
  });

  test.each(["EksAutoMode", "AwsCloudControllerNlb"] as const)(
    "shows a replacement in preview when the controller changes to %s",
    async (controller) => {
      await run("up --yes --skip-preview", {});

      const preview = await run("preview", { cluster: { controller } });

      expect(preview.output).toContain("+-1 to replace");
      expect(preview.exitCode, preview.output).toBe(0);
    },
  );
});
