import { expect, test } from "vitest";
import type { InvalidArgsError } from "../../../components/index.ts";
import { readTlsPorts } from "../../../components/load-balancer/tls-ports.ts";
import { Checks } from "../../../components/validation/checks.ts";

const certificates = ["one"];
const http = { name: "http", port: 80, targetPort: "http" };
const https = { name: "https", port: 443, targetPort: "https" };
const admin = { name: "admin", port: 8443, targetPort: "admin" };

/** The names of the ports that take TLS, or the problems. */
function read(asked: object, ports: readonly (typeof http)[]): readonly string[] {
  const checks = new Checks({ type: "LoadBalancerService", name: "front" });
  const read = readTlsPorts(checks, asked, ports);
  try {
    checks.done();
  } catch (error) {
    return (error as InvalidArgsError).problems.map(({ message, path }) => `${path} ${message}`);
  }
  return read.filter(({ tls }) => tls).map(({ name }) => name);
}

test.each([
  ["nothing is asked", {}, [https], []],
  ["443 is one of several", { certificates }, [http, https], ["https"]],
  ["there is but one", { certificates }, [admin], ["admin"]],
  [
    "they are named",
    { certificates, tlsPorts: ["http", "admin"] },
    [http, https, admin],
    ["http", "admin"],
  ],
])("readTlsPorts: ends TLS at these ports when %s", (_, asked, ports, names) => {
  expect(read(asked, ports)).toEqual(names);
});

test.each([
  [
    "none of several is 443",
    { certificates },
    [http, admin],
    [
      "args.tlsPorts is undefined, must list the names of the ports that terminate TLS: there are several ports, and none is 443",
    ],
  ],
  [
    "one is unknown",
    { certificates, tlsPorts: ["http", "other"] },
    [http, https],
    ['args.tlsPorts[1] is "other", must be the name of a port: "http" or "https"'],
  ],
  [
    "there is no certificate",
    { tlsPorts: ["https"], tlsPolicy: "Modern", alpnPolicy: "None", backendProtocol: "Tls" },
    [https],
    [
      "args.tlsPorts is a list, must not be set without args.certificates",
      'args.tlsPolicy is "Modern", must not be set without args.certificates',
      'args.alpnPolicy is "None", must not be set without args.certificates',
      'args.backendProtocol is "Tls", must not be set without args.certificates',
    ],
  ],
])("readTlsPorts: fails when %s", (_, asked, ports, problems) => {
  expect(read(asked, ports)).toEqual(problems);
});
