import { describe, expect, test } from "vitest";
import {
  AccessLogBucket,
  DnsRecords,
  ElasticIps,
  LoadBalancerSecurityGroup,
  RecordTarget,
  ValidatedCertificate,
} from "../../../components/aws/index.ts";
import {
  Exposure,
  LoadBalancerController,
  LoadBalancerService,
} from "../../../components/index.ts";
import { target } from "../support/args.ts";
import type { Run } from "../support/run-program.ts";
import { arnOf, runAws } from "./run-aws.ts";

const zone = { zoneId: "Z0123456789", zoneName: "shop.example" };
const hostname = "shop-0123456789abcdef.elb.eu-central-1.amazonaws.com";
const status = { loadBalancer: { ingress: [{ hostname }] } };
const prefix = "service.beta.kubernetes.io/aws-load-balancer-";

/** A front with everything around it. */
function everything() {
  const certificate = new ValidatedCertificate("tls", { ...zone, domainNames: ["shop.example"] });
  const ips = new ElasticIps("ips", { subnets: ["subnet-0a", "subnet-0b"] });
  const logs = new AccessLogBucket("logs", { prefix: "shop" });
  const firewall = new LoadBalancerSecurityGroup("firewall", {
    vpcId: "vpc-0a",
    ports: [{ port: 443 }],
    sourceRanges: ["0.0.0.0/0"],
  });
  const front = new LoadBalancerService("front", {
    cluster: { controller: LoadBalancerController.AwsLoadBalancerController, allowPublic: true },
    target,
    exposure: Exposure.Public,
    ports: [{ port: 443, targetPort: "http" }],
    certificates: [certificate.certificateArn],
    securityGroups: [firewall.securityGroupId],
    accessLogsBucket: logs.bucket,
    accessLogsPrefix: "shop",
    staticAddresses: ips.allocationIds,
    subnets: ips.subnets,
  });
  return new DnsRecords("dns", {
    ...zone,
    domainName: "shop.example",
    targetKind: RecordTarget.NetworkLoadBalancer,
    address: front.address,
  });
}

/** Everything that a resource is created after, directly or not; it is destroyed before all of that. */
function allBefore({ resources }: Run<unknown>, name: string): string[] {
  const direct = new Map(
    resources
      .filter(({ type }) => !type.startsWith("pulumi-"))
      .map((it) => [it.name, it.dependencies]),
  );
  const found = new Set<string>();
  const visit = (it: string) => {
    for (const before of direct.get(it) ?? []) {
      if (!found.has(before)) {
        found.add(before);
        visit(before);
      }
    }
  };
  visit(name);
  return [...found].sort();
}

describe("a front with everything around it", () => {
  test("LoadBalancerService: waits for the valid certificate, the bucket's policy and the group's rules", async () => {
    const run = await runAws(everything, { status });

    const service = run.resource("core/v1:Service", "front");
    expect(service.dependencies).toEqual(
      expect.arrayContaining([
        "tls-validation",
        "logs-policy",
        "ips-0",
        "ips-1",
        "firewall",
        "firewall-ingress-tcp-443-0.0.0.0/0",
        "firewall-egress-0.0.0.0/0",
        "firewall-egress---/0",
      ]),
    );
  });

  test("LoadBalancerService: has the certificate, the bucket and the group in its annotations", async () => {
    const run = await runAws(everything, { status });

    const { annotations } = run.resource("core/v1:Service", "front").inputs.metadata;
    expect(annotations[`${prefix}ssl-cert`]).toBe(arnOf("tls"));
    expect(annotations[`${prefix}eip-allocations`]).toBe("eipalloc-0,eipalloc-1");
    expect(annotations[`${prefix}subnets`]).toBe("subnet-0a,subnet-0b");
    expect(annotations[`${prefix}security-groups`]).toBe("sg-0a1b2c3d4e5f67890");
    expect(annotations[`${prefix}attributes`]).toContain("access_logs.s3.bucket=logs-1234567");
  });

  test("DnsRecords: comes last and so is destroyed first", async () => {
    const run = await runAws(everything, { status });

    expect(allBefore(run, "dns")).toEqual(
      [
        "front",
        "tls",
        "tls-shop.example",
        "tls-validation",
        "ips-0",
        "ips-1",
        "logs",
        "logs-encryption",
        "logs-lifecycle",
        "logs-policy",
        "logs-public-access",
        "firewall",
        "firewall-ingress-tcp-443-0.0.0.0/0",
        "firewall-egress-0.0.0.0/0",
        "firewall-egress---/0",
      ].sort(),
    );
    const others = run.resources.filter(({ name }) => name !== "dns");
    expect(others.filter(({ name }) => allBefore(run, name).includes("dns"))).toEqual([]);
  });

  test("everything: is the same in a preview, where nothing is looked up", async () => {
    const [run, preview] = [
      await runAws(everything, { status }),
      await runAws(everything, { preview: true }),
    ];

    const named = ({ resources }: Run<unknown>) =>
      resources.map(({ name, type }) => `${type} ${name}`).sort();
    expect(named(preview)).toEqual(named(run));
    expect(preview.calls).toEqual([]);
    expect(run.calls.map(({ token }) => token).sort()).toEqual([
      "aws:index/getCallerIdentity:getCallerIdentity",
      "aws:lb/getHostedZoneId:getHostedZoneId",
    ]);
  });
});
