import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalizeLoadBalancer } from "../../../components/load-balancer/normalize.ts";
import { dialectOf } from "../../../components/load-balancer/registry.ts";
import { forwardingRules } from "./doubles/digital-ocean.ts";
import { carriedOut, inEffect } from "./doubles/hetzner-cloud.ts";
import { outcomeOf } from "./tables/outcome.ts";
import { type Asked, https, type Table } from "./tables/table.ts";
import { tableOf } from "./tables/tables.ts";

const MILLISECONDS = 120_000;
type Texts = Readonly<Record<string, string>>;

const digitalOcean = tableOf("DigitalOcean");
const hetznerCloud = tableOf("HetznerCloud");

const told = (table: Table, asked: Asked) => {
  const { annotations, refused } = outcomeOf(normalizeLoadBalancer, table, asked);
  expect(refused).toBeUndefined();
  return annotations as Texts;
};

describe("DigitalOcean's forwarding rules", () => {
  const port = fc.record({
    port: fc.constantFrom(...[80, 443, 5432, 8443]),
    protocol: fc.constantFrom("TCP", "UDP"),
    tls: fc.boolean(),
  });
  const lists = fc
    .uniqueArray(port, { minLength: 1, selector: (it) => `${it.protocol} ${it.port}` })
    .map((ports) => ports.map((it) => ({ ...it, tls: it.tls && it.protocol === "TCP" })));
  const nameOf = (it: { port: number; protocol: string }) =>
    `${it.protocol}-${it.port}`.toLowerCase();
  type Ports = typeof lists extends fc.Arbitrary<infer T> ? T : never;
  const askedOf = (ports: Ports): Asked => {
    const tlsPorts = ports.filter(({ tls }) => tls).map(nameOf);
    return {
      target: {
        namespace: "shop",
        selector: { app: "web" },
        ports: ports.map((it) => ({
          name: nameOf(it),
          containerPort: 8080,
          protocol: it.protocol,
        })),
        drainSeconds: 60,
      },
      ports: ports.map((it) => ({ port: it.port, targetPort: nameOf(it) })),
      ...(tlsPorts.length === 0 ? {} : { certificates: ["my-certificate"], tlsPorts }),
    };
  };
  const wanted = (ports: Ports) =>
    ports.map(({ port: number, protocol, tls }) => {
      const plain = protocol.toLowerCase();
      return tls ? `https:${number}>http` : `${plain}:${number}>${plain}`;
    });

  test("LoadBalancerService: has TLS at its ports alone and passes on all others as they are", {
    timeout: MILLISECONDS,
  }, () => {
    fc.assert(
      fc.property(lists, (ports) => {
        expect(forwardingRules(told(digitalOcean, askedOf(ports)), ports)).toEqual(wanted(ports));
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ["a database is beside it", [443, 5432], [443], ["https:443>http", "tcp:5432>tcp"]],
    ["it is at another port than 443", [443, 8443], [8443], ["tcp:443>tcp", "https:8443>http"]],
  ])(
    "LoadBalancerService: passes on the other port when TLS ends and %s",
    (_, numbers, tls, rules) => {
      const ports = numbers.map((number) => ({
        port: number,
        protocol: "TCP" as const,
        tls: tls.includes(number),
      }));
      const annotations = told(digitalOcean, askedOf(ports));
      const http = {
        ...annotations,
        "service.beta.kubernetes.io/do-loadbalancer-protocol": "http",
      };

      expect(forwardingRules(annotations, ports)).toEqual(rules);
      // The control: as a default for all ports HTTP would be spoken to the other one.
      expect(forwardingRules(http, ports)).not.toEqual(rules);
    },
  );
});

describe("what stays on Hetzner", () => {
  const secure = { ports: https, certificates: ["my-certificate"] };
  /** All that a cluster may say otherwise. */
  const cluster = {
    "uses-proxyprotocol": "true",
    "health-check-interval": "30s",
    "health-check-timeout": "25s",
    "health-check-retries": "9",
  };
  const fresh = (asked: Asked, defaults: Texts) =>
    inEffect(carriedOut({}, told(hetznerCloud, asked), defaults));
  const asked: fc.Arbitrary<Asked> = fc.record(
    {
      ports: fc.constant(https),
      certificates: fc.constant(["my-certificate"]),
      proxyProtocol: fc.boolean(),
      healthCheckProtocol: fc.constantFrom("Tcp", "Http", "Https"),
      healthCheckPath: fc.constant("/readyz"),
      healthCheckIntervalSeconds: fc.constantFrom(5, 20),
      healthCheckTimeoutSeconds: fc.constantFrom(2, 4),
      healthCheckUnhealthyThreshold: fc.constantFrom(1, 3),
      idleTimeoutSeconds: fc.constant(200),
    },
    { requiredKeys: ["ports"] },
  );
  const accepted = (it: Asked) =>
    outcomeOf(normalizeLoadBalancer, hetznerCloud, it).refused === undefined;

  test("LoadBalancerService: is as if it were new after each update when options come and go", {
    timeout: MILLISECONDS,
  }, () => {
    fc.assert(
      fc.property(
        fc.array(asked, { minLength: 2, maxLength: 4 }),
        fc.constantFrom({}, cluster),
        (all, defaults) => {
          const updates = all.filter(accepted);
          const last = updates.at(-1);
          fc.pre(updates.length > 1 && last !== undefined);
          const after = updates.reduce<Texts>(
            (before, it) => carriedOut(before, told(hetznerCloud, it), defaults),
            {},
          );

          expect(inEffect(after)).toEqual(fresh(last ?? {}, defaults));
          expect(fresh(last ?? {}, defaults)).toEqual(fresh(last ?? {}, {}));
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each([
    ["proxyProtocol", { proxyProtocol: true }, "uses-proxyprotocol"],
    ["idleTimeoutSeconds", { idleTimeoutSeconds: 200 }, "http-timeout-idle"],
    ["healthCheckTimeoutSeconds", { healthCheckTimeoutSeconds: 2 }, "health-check-timeout"],
    [
      "healthCheckPath",
      { healthCheckProtocol: "Http", healthCheckPath: "/readyz" },
      "health-check-http-path",
    ],
  ])("LoadBalancerService: is as if it were new when %s is taken away", (_, more, name) => {
    const rest = "healthCheckProtocol" in more ? { healthCheckProtocol: "Http" } : {};
    const [before, after] = [
      { ...secure, ...more },
      { ...secure, ...rest },
    ].map((it) => told(hetznerCloud, it));
    const first = carriedOut({}, before ?? {}, {});
    const { [`load-balancer.hetzner.cloud/${name}`]: _said, ...silent } = after ?? {};

    expect(inEffect(carriedOut(first, after ?? {}, {}))).toEqual(fresh({ ...secure, ...rest }, {}));
    // The control: what is not written stays.
    expect(carriedOut(first, silent, {})[name]).toBe(first[name]);
    expect(first[name]).not.toBe(fresh({ ...secure, ...rest }, {})[name]);
  });

  test.each([
    ["its name", { loadBalancerName: "front" }, ["args.loadBalancerName"]],
    [
      "an annotation without an argument",
      { annotations: { "load-balancer.hetzner.cloud/algorithm-type": "least_connections" } },
      ['args.annotations["load-balancer.hetzner.cloud/algorithm-type"]'],
    ],
  ])("fails when %s is taken away, which would stay", (_, more, paths) => {
    const [before, after] = [more, {}].map((it) => ({
      annotations: told(hetznerCloud, it),
      ports: [],
    }));
    const none = { annotations: {}, ports: [] };
    const kept = dialectOf("HetznerCloud").stickyFindings?.(before ?? none, after ?? none);

    expect(kept?.map(({ path }) => path)).toEqual(paths);
    const first = carriedOut({}, before?.annotations ?? {}, {});
    expect(carriedOut(first, after?.annotations ?? {}, {})).toEqual(first);
  });
});
