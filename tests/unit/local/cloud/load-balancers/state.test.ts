import { describe, expect, test } from "vitest";
import {
  assignAddresses,
  noAddresses,
} from "../../../../../local/cloud/load-balancers/addresses.ts";
import { drainsBetween } from "../../../../../local/cloud/load-balancers/drains.ts";
import { assignHostPorts } from "../../../../../local/cloud/load-balancers/host-ports.ts";
import { parseWorkers, sessionsOf } from "../../../../../local/cloud/load-balancers/master-cli.ts";
import { nodePortsOf } from "../../../../../local/cloud/load-balancers/node-ports.ts";
import { notes } from "../../../../../local/cloud/load-balancers/notes.ts";
import { serverState } from "../../../../../local/cloud/load-balancers/server-state.ts";
import { balancer, group, target } from "./balancings.ts";

const balancing = (...groups: ReturnType<typeof group>[]) => ({
  balancers: [balancer({})],
  groups,
});

describe("serverState", () => {
  test("serverState: keeps what is known of a target and lets a new one begin without connections", () => {
    const known = "2 web 1 i-a:30007 10.0.0.4 2 0 1 1 611 6 3 3 6 0 0 0 - 30007 - 0 0 - - 0";

    const [version, , ...lines] = serverState(balancing(group()), `1\n# be_id\n${known}\n`)
      .trim()
      .split("\n");

    expect(version).toBe("1");
    expect(lines[0]).toBe(known);
    expect(lines[1]?.split(" ").slice(1, 6)).toEqual(["web", "1", "i-b:30007", "10.0.1.4", "0"]);
    expect(lines).toHaveLength(2);
  });
});

describe("drainsBetween", () => {
  const ends = {
    "deregistration_delay.connection_termination.enabled": "true",
    "deregistration_delay.timeout_seconds": "15",
  };
  const left = [target("i-a", "10.0.0.4")];

  test("drainsBetween: ends the connections of a deregistered target after the delay", () => {
    const drains = drainsBetween(
      balancing(group({ attributes: ends })),
      balancing(group({ attributes: ends, targets: left })),
    );

    expect([...drains]).toEqual([
      ["web/i-b:30007", { servers: ["web/i-b:30007", "web/i-b:30007:open"], delaySeconds: 15 }],
    ]);
  });

  test("drainsBetween: ends none when connections are not to be terminated", () => {
    const attributes = { ...ends, "deregistration_delay.connection_termination.enabled": "false" };

    const after = balancing(group({ attributes, targets: left }));

    expect(drainsBetween(balancing(group({ attributes })), after).size).toBe(0);
  });
});

describe("assignAddresses", () => {
  test("assignAddresses: keeps an address, and gives no new load balancer one that was just given back", () => {
    const first = assignAddresses(noAddresses, ["a", "b"]);
    const second = assignAddresses(first, ["b", "c"]);

    expect(first.byArn).toEqual({ a: "10.0.255.1", b: "10.0.255.2" });
    expect(second.byArn).toEqual({ b: "10.0.255.2", c: "10.0.255.3" });
  });

  test("assignAddresses: goes round, and leaves out who comes when all 254 are taken", () => {
    const many = Array.from({ length: 255 }, (_, index) => `lb-${index}`);

    const full = assignAddresses({ last: 200, byArn: {} }, many);

    expect(new Set(Object.values(full.byArn)).size).toBe(254);
    expect(full.byArn["lb-254"]).toBeUndefined();
    expect(full.byArn["lb-54"]).toBe("10.0.255.1");
  });
});

describe("assignHostPorts", () => {
  const known = { remembered: new Map(), open: new Map(), take: async () => true };
  const a = { key: "a", candidates: [8080, 8081] };
  const b = { key: "b", candidates: [8080, 8081] };

  test("assignHostPorts: gives each the first free candidate, and leaves out who finds none", async () => {
    const take = async (port: number) => port !== 8080;

    const ports = await assignHostPorts([a, b], { ...known, take });

    expect([...ports]).toEqual([["a", 8081]]);
  });

  test("assignHostPorts: prefers the port of an earlier time, and keeps the one that is open", async () => {
    const take = async (port: number) => port !== 9001;

    const remembered = await assignHostPorts([a], { ...known, remembered: new Map([["a", 9000]]) });
    const open = await assignHostPorts([b, a], { ...known, open: new Map([["a", 9001]]), take });

    expect([...remembered]).toEqual([["a", 9000]]);
    expect(new Map(open)).toEqual(
      new Map([
        ["a", 9001],
        ["b", 8080],
      ]),
    );
  });
});

test("notes: says what is not carried, and what is otherwise than in AWS", () => {
  const targets = [target("i-x", undefined)];
  const of = {
    balancers: [balancer({}, { port: 443, protocol: "TLS" }, { port: 53, protocol: "UDP" })],
    groups: [group({ targets, attributes: { "preserve_client_ip.enabled": "true" } })],
  };

  expect(notes(of, new Map([["arn:front", "10.0.255.1"]]))).toEqual([
    "listener front:443 is not carried: it ends TLS, and the simulated AWS has no certificate to show",
    'listener front:53 is not carried: "UDP" is not simulated',
    "target group web: the targets see the address of the simulated network, not the client's, whatever preserve_client_ip.enabled says",
    'target "i-x" of web gets nothing: no node of that id is known',
  ]);
  expect(notes(balancing(group()), new Map())).toEqual([
    "load balancer front is not carried: no address is left",
  ]);
});

test("nodePortsOf: takes the TCP ports of Services of type NodePort alone", () => {
  const service = (type: string, protocol: string, nodePort: number) => ({
    spec: { type, ports: [{ port: 80, protocol, nodePort }] },
  });

  const ports = nodePortsOf([
    service("NodePort", "TCP", 30_008),
    service("NodePort", "TCP", 30_007),
    service("NodePort", "UDP", 30_009),
    service("LoadBalancer", "TCP", 30_010),
  ]);

  expect(ports).toEqual([30_007, 30_008]);
});

test("parseWorkers: tells the worker that takes connections from those that end", () => {
  const answer = [
    "#<PID>          <type>          <reloads>       <uptime>        <version>",
    "100             master          2 [failed: 1]   0d00h00m02s     2.6.12",
    "# workers",
    "103             worker          0               0d00h00m02s     2.6.12",
    "# old workers",
    "101             worker          2               0d00h00m02s     2.6.12",
    "102             worker          1               0d00h00m02s     2.6.12",
    "# programs",
    "",
  ].join("\n");

  expect(parseWorkers(answer)).toEqual({
    reloads: 2,
    failed: true,
    current: 103,
    former: [101, 102],
  });
  expect(() => parseWorkers("")).toThrow("HAProxy's master answered");
});

test("sessionsOf: finds the sessions of a server and no others", () => {
  const answer = [
    "0x1a: proto=tcpv4 src=127.0.0.1:1 fe=front:80 be=web srv=i-a:30007 ts=00",
    "0x1b: proto=tcpv4 src=127.0.0.1:2 fe=front:80 be=web srv=i-a:30007:open ts=00",
    "0x1c: proto=tcpv4 src=127.0.0.1:3 fe=front:80 be=web srv=i-b:30007 ts=00",
  ].join("\n");

  expect(sessionsOf(answer, ["web/i-a:30007", "web/i-a:30007:open"])).toEqual(["0x1a", "0x1b"]);
});
