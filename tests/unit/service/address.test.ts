import { describe, expect, test } from "vitest";
import type { Protocol } from "../../../components/index.ts";
import { assignedAddress, mainIngress, urlOf } from "../../../components/service/address.ts";

describe("assignedAddress", () => {
  test.each([
    [undefined, undefined],
    [{}, undefined],
    [{ hostname: "", ip: "" }, undefined],
    [{ ip: "203.0.113.7" }, { host: "203.0.113.7", kind: "ip" }],
    [{ hostname: "a.example" }, { host: "a.example", kind: "hostname" }],
    [
      { hostname: "a.example", ip: "203.0.113.7" },
      { host: "a.example", kind: "hostname" },
    ],
  ])("assignedAddress: reads an entry when it is %j", (ingress, address) => {
    expect(assignedAddress(ingress)).toEqual(address);
  });
});

describe("mainIngress", () => {
  const [four, six] = [{ ip: "192.0.2.1" }, { ip: "2001:db8::1" }];
  test.each([
    [[four, six], undefined, four],
    [[six, four], undefined, four],
    [[six, four], "IPv4" as const, four],
    [[four, six], "IPv6" as const, six],
    [[six, four], "IPv6" as const, six],
    [[six], undefined, six],
    [[{ hostname: "a.example" }, six], "IPv4" as const, { hostname: "a.example" }],
    [[], undefined, undefined],
    [undefined, undefined, undefined],
  ])("mainIngress: of %j with the primary family %s it is %j", (ingress, primary, expected) => {
    expect(mainIngress(ingress, primary)).toEqual(expected);
  });
});

describe("urlOf", () => {
  test.each<[number, Protocol, string | undefined, string | undefined]>([
    [80, "TCP", undefined, "http://host"],
    [443, "TCP", undefined, "https://host"],
    [8080, "TCP", undefined, "http://host:8080"],
    [80, "TCP", "https", "https://host:80"],
    [443, "TCP", "http", "http://host:443"],
    [5432, "TCP", "postgresql", undefined],
    [80, "UDP", undefined, undefined],
  ])(
    "urlOf: says how to reach a port when it is %i/%s and speaks %s",
    (port, protocol, appProtocol, url) => {
      expect(urlOf("host", { port, protocol, ...(appProtocol && { appProtocol }) })).toBe(url);
    },
  );
});
