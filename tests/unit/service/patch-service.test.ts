import { describe, expect, test } from "vitest";
import {
  LoadBalancerService,
  type LoadBalancerServiceArgs,
  NodePortService,
} from "../../../components/index.ts";
import { cluster, target } from "../support/args.ts";
import { failureOf, later, runProgram } from "../support/run-program.ts";

const ports = [{ port: 80, targetPort: "http" }];
const front: LoadBalancerServiceArgs = {
  cluster,
  target,
  ports,
  exposure: "Public",
  sourceRanges: ["10.0.0.0/8"],
};
const lb = "service.beta.kubernetes.io/aws-load-balancer-";

describe("patches of an entrance", () => {
  test("LoadBalancerService: has what its patch adds and keeps the rest when it is patched", async () => {
    const annotations = { [`${lb}attributes`]: later("deletion_protection.enabled=true") };
    const service = { metadata: { annotations }, spec: { publishNotReadyAddresses: true } };
    const run = await runProgram(
      () => new LoadBalancerService("front", { ...front, patches: { service } }),
    );

    const { metadata, spec } = run.resource("core/v1:Service", "front").inputs;
    expect(metadata.annotations).toMatchObject({
      [`${lb}attributes`]: "deletion_protection.enabled=true",
      [`${lb}internal`]: "false",
    });
    expect(spec).toMatchObject({ publishNotReadyAddresses: true, selector: { app: "web" } });
  });

  test("NodePortService: has what its patch adds when it is patched", async () => {
    const service = { metadata: { labels: { team: "shop" } } };
    const args = { cluster, target, ports, patches: { service } };
    const run = await runProgram(() => new NodePortService("dev", args));

    const { metadata } = run.resource("core/v1:Service", "dev").inputs;
    expect(metadata.labels).toMatchObject({ team: "shop" });
    expect(metadata.name).toBe("dev");
  });

  const relied = "must not be changed: other objects rely on it";
  const exposing = "must not be changed: it decides who can connect";
  test.each([
    [{ metadata: { name: "x" } }, `.metadata.name is "x", ${relied}`],
    [{ metadata: { namespace: "x" } }, `.metadata.namespace is "x", ${relied}`],
    [{ spec: { selector: { app: "x" } } }, `.spec.selector is an object, ${relied}`],
    [{ spec: { type: "ClusterIP" } }, `.spec.type is "ClusterIP", ${relied}`],
    [{ spec: { ports: [{ name: "http", port: 81 }] } }, `.spec.ports is a list, ${relied}`],
    [{ spec: { ports: [{ name: "http", nodePort: 30001 }] } }, `.spec.ports is a list, ${relied}`],
    [{ spec: { healthCheckNodePort: 30001 } }, `.spec.healthCheckNodePort is 30001, ${relied}`],
    [
      { spec: { loadBalancerSourceRanges: ["0.0.0.0/0"] } },
      `.spec.loadBalancerSourceRanges is a list, ${exposing}`,
    ],
    [
      { spec: { loadBalancerSourceRanges: null } },
      `.spec.loadBalancerSourceRanges is undefined, ${exposing}`,
    ],
    [{ spec: { loadBalancerClass: "x/y" } }, `.spec.loadBalancerClass is "x/y", ${exposing}`],
    [{ spec: { externalIPs: ["192.0.2.1"] } }, `.spec.externalIPs is a list, ${exposing}`],
    [
      { metadata: { annotations: { [`${lb}internal`]: null } } },
      `.metadata.annotations["${lb}internal"] is undefined, ${exposing}`,
    ],
    [
      { metadata: { annotations: { [`${lb}scheme`]: "internet-facing" } } },
      `.metadata.annotations["${lb}scheme"] is "internet-facing", ${exposing}`,
    ],
    [
      { metadata: { annotations: { [`${lb}ssl-ports`]: "8443" } } },
      `.metadata.annotations["${lb}ssl-ports"] is "8443", must not be set; use args.tlsPorts`,
    ],
    [
      { metadata: { annotations: { [`${lb}cross-zone-load-balancing-enabled`]: later("true") } } },
      `.metadata.annotations["${lb}cross-zone-load-balancing-enabled"] is an Output, must not be set; use args.crossZone`,
    ],
    [1, " is 1, must be an object"],
  ])("LoadBalancerService: fails when its Service is patched by %j", async (service, message) => {
    const failure = await failureOf(
      () => new LoadBalancerService("front", { ...front, patches: { service } }),
    );

    expect(failure.message).toBe(
      `Cannot create LoadBalancerService "front": args.patches.service${message}`,
    );
  });

  test.each([
    [
      { deployment: {} },
      ".deployment is refused, must not be set: there is no such argument; there is service",
    ],
    ["all", ' is "all", must be an object'],
  ])("NodePortService: fails when its patches are %j", async (patches, message) => {
    const args = { cluster, target, ports, patches: patches as object };
    const failure = await failureOf(() => new NodePortService("dev", args));

    expect(failure.message).toBe(`Cannot create NodePortService "dev": args.patches${message}`);
  });
});
