import { expect, test } from "vitest";
import type { ProbeArgs } from "../../../components/index.ts";
import { Checks } from "../../../components/validation/checks.ts";
import { ProbeRole, readProbe } from "../../../components/workload/probes.ts";

const ports = [
  { name: "http", containerPort: 8080, protocol: "TCP" as const },
  { name: "admin", containerPort: 8081, protocol: "TCP" as const },
];

function read(probe: unknown, role: ProbeRole = ProbeRole.Readiness) {
  const checks = new Checks({ type: "Backend", name: "web" });
  const result = readProbe(checks, role, probe as ProbeArgs, { own: ports, all: ports });
  checks.done();
  return result;
}
const httpGet = { path: "/readyz", port: "admin" };

test.each([
  [{ httpGet }],
  [{ httpGet: { ...httpGet, scheme: "HTTPS" }, initialDelaySeconds: 0, successThreshold: 2 }],
  [{ tcpSocket: { port: "http" }, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 1 }],
  [{ exec: { command: ["/bin/check", "--fast"] } }],
])("readProbe: yields what it is given when that is %j", (probe) => {
  expect(read(probe)).toEqual(probe);
});

test.each([
  [{}, "args.readinessProbe is an object, must have exactly one of httpGet, tcpSocket, grpc, exec"],
  [
    { httpGet, tcpSocket: { port: "http" } },
    'args.readinessProbe is "httpGet and tcpSocket", must have exactly one of httpGet, tcpSocket, grpc, exec',
  ],
  [
    { httpGet: { ...httpGet, port: "metrics" } },
    'args.readinessProbe.httpGet.port is "metrics", must be the name of a declared port: http, admin',
  ],
  [
    { httpGet: { ...httpGet, port: 8080 } },
    "args.readinessProbe.httpGet.port is 8080, must be the name of a declared port: http, admin",
  ],
  [
    { httpGet: { ...httpGet, path: "readyz" } },
    'args.readinessProbe.httpGet.path is "readyz", must start with "/"',
  ],
  [
    { httpGet: { ...httpGet, scheme: "https" } },
    'args.readinessProbe.httpGet.scheme is "https", must be "HTTP" or "HTTPS"',
  ],
  [{ httpGet: null }, "args.readinessProbe.httpGet is null, must be an object"],
  [
    { tcpSocket: { port: undefined } },
    "args.readinessProbe.tcpSocket.port is undefined, must be the name of a declared port: http, admin",
  ],
  [
    { grpc: { port: 8081 } },
    "args.readinessProbe.grpc.port is 8081, must be the name of a declared port: http, admin",
  ],
  [
    { grpc: { port: "admin", service: 1 } },
    "args.readinessProbe.grpc.service is 1, must be a string; quote numbers and booleans",
  ],
  [{ grpc: "admin" }, 'args.readinessProbe.grpc is "admin", must be an object'],
  [
    { exec: { command: [] } },
    "args.readinessProbe.exec.command is an empty list, must be a list of at least one word",
  ],
  [
    { exec: { command: [""] } },
    'args.readinessProbe.exec.command[0] is "", must be a non-empty string',
  ],
  [
    { httpGet, periodSeconds: 0 },
    "args.readinessProbe.periodSeconds is 0, must be an integer from 1 to 2147483647",
  ],
  [
    { httpGet, initialDelaySeconds: -1 },
    "args.readinessProbe.initialDelaySeconds is -1, must be an integer from 0 to 2147483647",
  ],
])("readProbe: fails when it gets %j", (probe, message) => {
  expect(() => read(probe)).toThrow(`Cannot create Backend "web": ${message}`);
});

test.each([ProbeRole.Liveness, ProbeRole.Startup])(
  "readProbe: fails when a %s is to pass more than once",
  (role) => {
    expect(() => read({ httpGet, successThreshold: 2 }, role)).toThrow(
      `Cannot create Backend "web": args.${role}.successThreshold is 2, must be an integer from 1 to 1`,
    );
  },
);

test("readProbe: asks the port by its number when the probe speaks gRPC", () => {
  expect(read({ grpc: { port: "admin", service: "shop.Cart" }, periodSeconds: 5 })).toEqual({
    grpc: { port: 8081, service: "shop.Cart" },
    periodSeconds: 5,
  });
  expect(read({ grpc: { port: "http" } })).toEqual({ grpc: { port: 8080 } });
});

test("readProbe: sends the headers that it is given", () => {
  const httpHeaders = { Host: "shop.example" };

  expect(read({ httpGet: { ...httpGet, httpHeaders } })).toEqual({
    httpGet: { ...httpGet, httpHeaders: [{ name: "Host", value: "shop.example" }] },
  });
  expect(() => read({ httpGet: { ...httpGet, httpHeaders: { "X Probe": "1" } } })).toThrow(
    'args.readinessProbe.httpGet.httpHeaders key is "X Probe", must be letters, digits and "-", such as X-Probe',
  );
});
