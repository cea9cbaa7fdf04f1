import { describe, expect, test } from "vitest";
import { Protocol } from "../../../../components/index.ts";
import { endpointStatusOf } from "../../../../components/readiness/endpoints/endpoint-status.ts";
import { pod, service, slice } from "../objects.ts";

const served = [slice("http", true)];
const other = [{ name: "other", containerPort: 8080 }];

describe("endpointStatusOf", () => {
  test.each([
    ["Ready", "a ready endpoint has the port", [pod("a")], served],
    [
      "Ready",
      "an endpoint does not say whether it is ready",
      [pod("a")],
      [slice("http", undefined)],
    ],
    ["Ready", "one Pod of two is ready", [pod("a"), pod("b", { ready: false })], served],
    ["NoPods", "there is no Pod", [], []],
    [
      "NoPods",
      "all Pods have ended",
      [pod("a", { phase: "Succeeded" }), pod("b", { phase: "Failed" })],
      served,
    ],
    ["NoPods", "the only Pod is ending", [pod("a", { deleted: true })], served],
    ["NoPort", "no Pod has the name", [pod("a", { ports: other })], served],
    [
      "NoPort",
      "no Pod has the number",
      [pod("a", { ports: [{ name: "http", containerPort: 1 }] })],
      served,
    ],
    [
      "NoPort",
      "no Pod has the protocol",
      [pod("a", { ports: [{ name: "http", containerPort: 8080, protocol: "UDP" }] })],
      served,
    ],
    ["NoPort", "no Pod declares any", [pod("a", { ports: [] })], served],
    [
      "SomeWithoutPort",
      "one Pod of two lacks the port",
      [pod("a"), pod("b", { ports: other })],
      served,
    ],
    ["NotReady", "no endpoint is ready", [pod("a", { ready: false })], [slice("http", false)]],
    ["NotReady", "a ready Pod is in no endpoint", [pod("a")], []],
    ["NotReady", "the endpoint is of another port", [pod("a")], [slice("metrics", true)]],
  ])("endpointStatusOf: is %s when %s", (standing, _, pods, slices) => {
    expect(endpointStatusOf(service, { pods, slices })).toBe(standing);
  });

  test("endpointStatusOf: is Proved when a sidecar declares the port", () => {
    const beside = pod("a", { ports: [] });
    const ports = [{ name: "http", containerPort: 8080 }];
    const initContainers = [{ name: "proxy", restartPolicy: "Always", ports }];
    const spec = { containers: [], ...beside.spec, initContainers };

    expect(endpointStatusOf(service, { pods: [{ ...beside, spec }], slices: served })).toBe(
      "Ready",
    );
  });

  test("endpointStatusOf: is NotReady when only one port of two leads somewhere", () => {
    const grpc = {
      ...{ name: "grpc", targetPort: "http", containerPort: 8080 },
      protocol: Protocol.TCP,
    };
    const two = { ...service, ports: [...service.ports, grpc] };

    expect(endpointStatusOf(two, { pods: [pod("a")], slices: served })).toBe("NotReady");
  });
});
