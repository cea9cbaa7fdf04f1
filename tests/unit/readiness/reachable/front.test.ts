import { describe, expect, test } from "vitest";
import { frontOf, reachableRule } from "../../../../components/readiness/reachable/front.ts";

const tcp = { name: "tcp", port: 5432, protocol: "TCP" as const, appProtocol: "postgresql" };
const http = { name: "http", port: 8080, protocol: "TCP" as const };
const https = { name: "https", port: 443, protocol: "TCP" as const, appProtocol: "https" };
const udp = { name: "dns", port: 53, protocol: "UDP" as const };
const sctp = { name: "sctp", port: 54, protocol: "SCTP" as const };

describe("frontOf", () => {
  test("frontOf: has the TCP ports, with a URL where they speak HTTP", () => {
    expect(frontOf("front.example", [tcp, http, https, udp, sctp])).toEqual({
      host: "front.example",
      ports: [
        { port: 5432 },
        { port: 8080, url: "http://front.example:8080" },
        { port: 443, url: "https://front.example" },
      ],
    });
  });
});

describe("askable", () => {
  const targets = { targetPort: "web", containerPort: 8080 };
  const findings = (seconds: number, ...protocols: ("TCP" | "UDP" | "SCTP")[]) =>
    reachableRule(seconds)(
      protocols.map((protocol) => ({ name: "web", port: 80, ...targets, protocol })),
    );

  test("reachableRule: finds nothing when one port is of TCP", () => {
    expect(findings(60, "UDP", "TCP")).toEqual([]);
  });

  test("reachableRule: finds nothing when nothing is to be asked", () => {
    expect(findings(0, "UDP")).toEqual([]);
  });

  test("reachableRule: fails when no port is of TCP", () => {
    expect(findings(60, "UDP", "SCTP")).toEqual([
      {
        path: "args.reachableWithinSeconds",
        value: 60,
        must: "must not be set: there is no TCP port, and other protocols cannot be checked",
      },
    ]);
  });
});
