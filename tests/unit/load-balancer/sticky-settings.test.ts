import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { awsCloudControllerClassic } from "../../../components/load-balancer/dialects/aws/aws-cloud-controller-classic.ts";
import { awsLoadBalancerController } from "../../../components/load-balancer/dialects/aws/aws-load-balancer-controller.ts";
import { checkStickySettings } from "../../../components/load-balancer/sticky-settings.ts";

const PREFIX = "service.beta.kubernetes.io/aws-load-balancer-";
const MUST =
  "must be set: the cloud would otherwise keep the value of the last update; set the value that it should have";

/** A Service with some of these annotations, and ports. */
const service = (annotations: Readonly<Record<string, unknown>>, ...ports: readonly number[]) => ({
  annotations: Object.fromEntries(
    Object.entries(annotations).map(([name, value]) => [`${PREFIX}${name}`, value]),
  ),
  ports: ports.map((port) => ({ port })),
});

describe("stickyFindings of AwsLoadBalancerController", () => {
  const stickyFindings = awsLoadBalancerController.stickyFindings;

  test("fails when an attribute of the load balancer is no longer written", () => {
    const before = service({ attributes: "zonal_shift.config.enabled=true,b=1" });

    expect(stickyFindings?.(before, service({ attributes: "b=2" }))).toEqual([
      {
        path: 'args.loadBalancerAttributes["zonal_shift.config.enabled"]',
        value: undefined,
        must: MUST,
      },
    ]);
  });

  test("fails when an attribute of the target groups is no longer written", () => {
    const before = service({ "target-group-attributes": "stickiness.enabled=true" });

    expect(stickyFindings?.(before, service({}))).toEqual([
      { path: 'args.targetGroupAttributes["stickiness.enabled"]', value: undefined, must: MUST },
    ]);
  });

  test("fails when logs go on being written but no longer to a folder", () => {
    const on = "access_logs.s3.enabled=true,access_logs.s3.bucket=logs";
    const before = service({ attributes: `${on},access_logs.s3.prefix=front` });

    expect(stickyFindings?.(before, service({ attributes: on }))).toEqual([
      { path: "args.accessLogsPrefix", value: undefined, must: MUST },
    ]);
  });

  test("fails when a port that stays has no idle timeout any longer", () => {
    const before = service({ "listener-attributes.TCP-80": "tcp.idle_timeout.seconds=90" }, 80);

    expect(stickyFindings?.(before, service({}, 80))).toEqual([
      { path: "args.idleTimeoutSeconds", value: undefined, must: MUST },
    ]);
  });

  test.each([
    ["a value changes", service({ attributes: "a=1" }), service({ attributes: "a=2,b=1" })],
    [
      "logs are no longer written",
      service({ attributes: "access_logs.s3.enabled=true,access_logs.s3.bucket=logs" }),
      service({ attributes: "access_logs.s3.enabled=false" }),
    ],
    [
      "a port goes with its idle timeout",
      service({ "listener-attributes.TCP-80": "tcp.idle_timeout.seconds=90" }, 80, 443),
      service({}, 443),
    ],
    [
      "what is written is not yet known",
      service({ attributes: "a=1" }),
      service({ attributes: {} }),
    ],
    ["there was nothing", service({}), service({ attributes: "a=1" })],
  ])("finds nothing when %s", (_, before, after) => {
    expect(stickyFindings?.(before, after)).toEqual([]);
  });
});

describe("stickyFindings of AwsCloudControllerClassic", () => {
  const stickyFindings = awsCloudControllerClassic.stickyFindings;

  test("fails when a tag is no longer written", () => {
    const before = service({ "additional-resource-tags": "team=shop,note=a=b" });

    expect(stickyFindings?.(before, service({ "additional-resource-tags": "note=" }))).toEqual([
      { path: 'args.tags["team"]', value: undefined, must: MUST },
    ]);
  });
});

describe("refuseWhatStays", () => {
  const subject = { type: "LoadBalancerService", name: "front" };
  const { stickyFindings = () => [] } = awsCloudControllerClassic;
  const inputs = (tags: string | undefined, mark = (it: object): unknown => it) => {
    const annotations = tags === undefined ? {} : { [`${PREFIX}additional-resource-tags`]: tags };
    // The engine hands all of it over as secret where one annotation is.
    return { metadata: mark({ name: "front", annotations }), spec: { ports: [] } };
  };
  const plain = inputs("team-canary=shop");
  const secret = inputs("team-canary=shop", pulumi.secret);
  const refused = (key: string, value: string) =>
    `Cannot create LoadBalancerService "front": args.tags["${key}"] is ${value}, ${MUST}`;

  test.each([
    ["nothing is secret", plain, inputs(undefined), refused("team-canary", "undefined")],
    ["the old value is secret", secret, inputs(undefined), refused("[secret]", "refused")],
    ["both are secret", secret, inputs("other=1", pulumi.secret), refused("[secret]", "refused")],
  ])("checkStickySettings: fails when %s", async (_, oldInputs, newInputs, message) => {
    const refusal = checkStickySettings(subject, stickyFindings, { oldInputs, newInputs });

    await expect(refusal).rejects.toThrow(message);
  });

  test.each([
    ["the secret value is still there", secret, secret],
    ["the new one is not yet known", secret, inputs(pulumi.unknown as never, pulumi.secret)],
  ])("checkStickySettings: passes when %s", async (_, oldInputs, newInputs) => {
    await checkStickySettings(subject, stickyFindings, { oldInputs, newInputs });
  });
});

describe("refuseWhatStays of ports of nodes", () => {
  const { stickyFindings = () => [] } = awsLoadBalancerController;
  const both = [
    { port: 53, protocol: "TCP" },
    { port: 53, protocol: "UDP" },
  ];
  const inputs = { metadata: { annotations: {} }, spec: { ports: both } };
  const refuse = (...nodePorts: readonly number[]) =>
    checkStickySettings({ type: "LoadBalancerService", name: "front" }, stickyFindings, {
      oldInputs: inputs,
      newInputs: inputs,
      oldOutputs: {
        spec: { ports: both.map((port, index) => ({ ...port, nodePort: nodePorts[index] })) },
      },
    });

  test("checkStickySettings: fails when the API server has given two protocols of a number a port each", async () => {
    await expect(refuse(30053, 30054)).rejects.toThrow(
      'Cannot create LoadBalancerService "front": args.ports[1].port is 53, must have one node port for both protocols',
    );
  });

  test("checkStickySettings: lets an update be when it has given them one", async () => {
    await expect(refuse(30053, 30053)).resolves.toBeUndefined();
  });
});
