import { join } from "node:path";
import { CoreV1Api, type V1Service } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { waitFor } from "../../local/wait.ts";
import { testToolMilliseconds } from "../shared/test-tools.ts";
import { type LoneControlPlane, startLoneControlPlane } from "./lone-api-server.ts";
import { type Metallb, startMetallb } from "./metallb.ts";
import {
  assigned,
  createPlain,
  deletePlain,
  ipsOf,
  namespace,
  warning,
} from "./metallb-services.ts";
import { pulumi, stackConfig, testTool, toolchain } from "./rig.ts";

// A cluster of its own: on that of the other tests AWS' controller takes every Service without a class, as MetalLB does.
const cwd = join(import.meta.dirname, "programs", "metallb");
const LIMIT_SECONDS = 30;
/** Addresses for documentation: https://www.rfc-editor.org/rfc/rfc5737 and https://www.rfc-editor.org/rfc/rfc3849 */
const pools = {
  blue: ["192.0.2.10-192.0.2.13"],
  green: ["198.51.100.20-198.51.100.29"],
  single: ["203.0.113.1/32"],
  edge: ["203.0.113.80/32"],
  dual: ["203.0.113.50/32", "2001:db8::50/128"],
};
const web = [{ port: 80, targetPort: "http" }];
const dns = [{ port: 53, targetPort: "dns" }];

type Fronts = Readonly<Record<string, object>>;

const fronts: Fronts = {
  pooled: { addressPool: "green" },
  moved: { addressPool: "blue" },
  fixed: { staticAddresses: ["192.0.2.12"] },
  "shared-web": { staticAddresses: ["203.0.113.80"], sharedAddressKey: "edge", ports: web },
  "shared-dns": { staticAddresses: ["203.0.113.80"], sharedAddressKey: "edge", ports: dns },
  both: { staticAddresses: ["203.0.113.50", "2001:db8::50"], ipFamilyPolicy: "RequireDualStack" },
  last: { addressPool: "single" },
};

let server: LoneControlPlane;
let metallb: Metallb;
let core: CoreV1Api;

const engine = (...args: string[]) =>
  pulumi([...args, "--stack", "dev"], { cwd, env: { KUBECONFIG: server.paths.kubeconfig } });
const withFronts = (asked: Fronts, ...args: string[]) =>
  engine(...args, "--config-file", stackConfig({ fronts: asked }, cwd));
const up = (asked: Fronts, ...args: string[]) =>
  withFronts(asked, "up", "--yes", "--skip-preview", ...args);
const destroy = () => engine("destroy", "--yes", "--skip-preview");

beforeAll(async () => {
  const controller = await testTool("metallb-controller");
  server = await startLoneControlPlane(toolchain);
  core = server.config.makeApiClient(CoreV1Api);
  metallb = await startMetallb(server, controller, pools);
  await engine("stack", "init", "--no-select");
}, testToolMilliseconds);

afterAll(async () => {
  await destroy();
  await server.stop();
});

async function outputs(): Promise<unknown> {
  const { output } = await engine("stack", "output", "addresses", "--json");
  return JSON.parse(output);
}

const ip = (host: string) => ({ kind: "ip", host });

async function loadBalancers(): Promise<V1Service[]> {
  const { items } = await core.listNamespacedService({ namespace });
  return items.filter(({ spec }) => spec?.type === "LoadBalancer");
}

/** By Service, the pool that MetalLB says it has taken the address from. */
async function poolsUsed(): Promise<Record<string, string | undefined>> {
  const key = "metallb.io/ip-allocated-from-pool";
  const entries = (await loadBalancers()).map(({ metadata }) => [
    metadata?.name,
    metadata?.annotations?.[key],
  ]);
  return Object.fromEntries(entries);
}

describe("LoadBalancerService with MetalLB", () => {
  test("has the addresses that were asked for: of a pool, fixed, shared, of both families", async ({
    annotate,
  }) => {
    const { exitCode, output } = await up(fronts);

    expect(exitCode, output).toBe(0);
    expect(await outputs()).toEqual({
      pooled: ip("198.51.100.20"),
      moved: ip("192.0.2.10"),
      fixed: ip("192.0.2.12"),
      "shared-web": ip("203.0.113.80"),
      "shared-dns": ip("203.0.113.80"),
      both: ip("203.0.113.50"),
      last: ip("203.0.113.1"),
    });
    expect(await poolsUsed()).toEqual({
      pooled: "green",
      moved: "blue",
      fixed: "blue",
      "shared-web": "edge",
      "shared-dns": "edge",
      both: "dual",
      last: "single",
    });
    expect(await metallb.statusOf("edge")).toMatchObject({ assignedIPv4: 1 });
    const count = Object.keys(fronts).length;
    await annotate(`MetalLB: ${count} of ${count} fronts have the address asked for`, "figure");
  });

  // MetalLB turns the two addresses of a Service round when it looks at them again.
  test("has the same addresses and nothing to change when the state is refreshed", async () => {
    await waitFor(
      async () =>
        ipsOf(await core.readNamespacedService({ namespace, name: "both" }))[0] === "2001:db8::50",
      { awaited: "MetalLB to turn two addresses round", timeoutSeconds: LIMIT_SECONDS },
    );
    const before = await outputs();

    const { exitCode, output } = await up(fronts, "--refresh", "--expect-no-changes");

    expect(exitCode, output).toBe(0);
    expect(await outputs()).toEqual(before);
  });

  test("is replaced, as preview shows, when another pool or address is asked for", async () => {
    const asked: Fronts = {
      ...fronts,
      moved: { addressPool: "green" },
      fixed: { staticAddresses: ["192.0.2.11"] },
    };

    const preview = await withFronts(asked, "preview");
    const { exitCode, output } = await up(asked);

    expect(preview.output).toContain("+-2 to replace");
    expect(exitCode, output).toBe(0);
    expect(await outputs()).toMatchObject({
      moved: ip("198.51.100.21"),
      fixed: ip("192.0.2.11"),
    });
    expect(await loadBalancers()).toHaveLength(Object.keys(fronts).length);
  });

  test("fails when MetalLB refuses, and has its address when the cause is gone", async ({
    annotate,
  }) => {
    const refused: Readonly<Record<string, { asked: object; says: string }>> = {
      exhausted: { asked: { addressPool: "single" }, says: '["<nil>"] is not allowed in config' },
      foreign: {
        asked: { staticAddresses: ["10.9.9.9"] },
        says: '["10.9.9.9"] is not allowed in config',
      },
      nowhere: { asked: { addressPool: "red" }, says: 'unknown pool "red"' },
      elsewhere: {
        asked: { addressPool: "green", staticAddresses: ["192.0.2.13"] },
        says: 'requested loadBalancer IP(s) ["192.0.2.13"] is not compatible with requested address pool green',
      },
      taken: {
        asked: { staticAddresses: ["203.0.113.1"] },
        says: 'can\'t change sharing key for "default/taken", address also in use by default/last',
      },
      "same-port": {
        asked: { staticAddresses: ["203.0.113.80"], sharedAddressKey: "edge" },
        says: 'port TCP/80 is already in use on "203.0.113.80"',
      },
    };
    const asked = Object.entries(refused).map(([name, it]) => [
      name,
      { ...it.asked, reconciledWithinSeconds: 3 },
    ]);

    const first = await up({ ...fronts, ...Object.fromEntries(asked) }, "--continue-on-error");
    const warnings = await Promise.all(Object.keys(refused).map((name) => warning(core, name)));
    await metallb.change("single", [...pools.single, "203.0.113.2/32"]);
    const second = await up({ ...fronts, exhausted: { addressPool: "single" } });

    expect(first.exitCode, first.output).not.toBe(0);
    expect(warnings).toEqual(
      Object.entries(refused).map(
        ([name, { says }]) =>
          `AllocationFailed: Failed to allocate IP for "${namespace}/${name}": ${says}`,
      ),
    );
    expect(second.exitCode, second.output).toBe(0);
    expect(await outputs()).toMatchObject({ exhausted: ip("203.0.113.2") });
    await annotate(
      `MetalLB: ${warnings.length} of ${warnings.length} refusals are events`,
      "figure",
    );
  });

  test("fails before anything is sent when no pool says who can reach it", async () => {
    const { exitCode, output } = await withFronts({ silent: {} }, "preview");

    expect(exitCode).not.toBe(0);
    expect(output).toContain(
      'Cannot create LoadBalancerService "silent": args.addressPool is undefined, must name the pool of internal addresses',
    );
  });

  test("leaves nothing behind when it is destroyed", async () => {
    const { exitCode, output } = await destroy();

    expect(exitCode, output).toBe(0);
    expect(await loadBalancers()).toEqual([]);
    for (const pool of Object.keys(pools)) {
      const released = async () => {
        const status = await metallb.statusOf(pool);
        return status?.assignedIPv4 === 0 && status.assignedIPv6 === 0;
      };
      const awaited = `MetalLB to take back the addresses of its pool ${pool}`;
      await waitFor(released, { awaited, timeoutSeconds: LIMIT_SECONDS });
    }
  });
});

// What LoadBalancerService refuses, and MetalLB does with it: without this the refusals would be ours alone.
describe("MetalLB without LoadBalancerService", () => {
  test.each([
    {
      refused: "two addresses of one family",
      asked: { loadBalancerIPs: "192.0.2.10,192.0.2.11" },
      fields: { ipFamilyPolicy: "RequireDualStack" },
      says: 'IPFamilyForAddresses: same address family ["192.0.2.10" "192.0.2.11"]',
    },
    {
      refused: "two addresses for one family",
      asked: { loadBalancerIPs: "203.0.113.50,2001:db8::50" },
      fields: {},
      says: 'requested loadBalancer IP(s) ["203.0.113.50" "2001:db8::50"] does not match the ipFamily of the service',
    },
    {
      refused: "one address for two families",
      asked: { loadBalancerIPs: "192.0.2.10" },
      fields: { ipFamilyPolicy: "RequireDualStack" },
      says: 'requested loadBalancer IP(s) ["192.0.2.10"] does not match the ipFamily of the service',
    },
    {
      refused: "an address with a zone",
      asked: { loadBalancerIPs: "fe80::1%eth0" },
      fields: {},
      says: 'invalid metallb.io/loadBalancerIPs: "fe80::1%eth0"',
    },
  ])("fails when it is asked for $refused", async ({ asked, fields, says }) => {
    const name = `plain-${says.replaceAll(/[^a-z]/g, "").slice(0, 40)}`;

    await createPlain(core, name, asked, fields);

    expect(await warning(core, name)).toBe(
      `AllocationFailed: Failed to allocate IP for "${namespace}/${name}": ${says}`,
    );
    await deletePlain(core, name);
  });

  test("gives two Services of one key different addresses when a lower one is free", async () => {
    const shared = { "address-pool": "blue", "allow-shared-ip": "edge" };
    await createPlain(core, "lower", { "address-pool": "blue" });
    await assigned(core, "lower");
    await createPlain(core, "one", shared);
    const one = await assigned(core, "one");
    await deletePlain(core, "lower");
    await createPlain(core, "other", shared, { ports: [{ port: 53 }] });

    const other = await assigned(core, "other");

    expect([one, other]).toEqual([["192.0.2.11"], ["192.0.2.10"]]);
    await deletePlain(core, "one", "other");
  });

  test("gives Services of one key the same address when they name it, whatever is free", async () => {
    const shared = { loadBalancerIPs: "192.0.2.11", "allow-shared-ip": "edge" };
    await createPlain(core, "one", shared);
    await createPlain(core, "other", shared, { ports: [{ port: 53 }] });

    expect([await assigned(core, "one"), await assigned(core, "other")]).toEqual([
      ["192.0.2.11"],
      ["192.0.2.11"],
    ]);
    await deletePlain(core, "one", "other");
  });
});
