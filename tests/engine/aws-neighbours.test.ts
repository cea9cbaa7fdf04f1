import type * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, test } from "vitest";
import {
  AccessLogBucket,
  DnsRecords,
  ElasticIps,
  LoadBalancerSecurityGroup,
  LogWriter,
  RecordTarget,
  ValidatedCertificate,
} from "../../components/aws/index.ts";
import { AddressKind, Protocol } from "../../components/index.ts";
import { outputValue, type Run, runProgram } from "../unit/support/run-program.ts";
import { accountId, carriedOut, ec2 } from "./aws-provider.ts";
import { certificateManager, send, texts } from "./aws-requests.ts";
import { network } from "./rig.ts";

// The provider of AWS cannot be had here. What it would send for each resource is sent to the simulated AWS, which proves that the
// payloads are well formed and say what is meant, not that AWS would do what is said.
const host = "shop-0123456789abcdef.elb.us-east-1.amazonaws.com";
let [account, zoneId] = ["", ""];

/** Runs a program whose resources are carried out. */
async function run<T>(program: () => T): Promise<Run<T>> {
  const answer = ({ token }: pulumi.runtime.MockCallArgs) =>
    token.endsWith("getCallerIdentity") ? { accountId: account } : { id: "Z26RNL4JYFTOTI" };
  return runProgram(program, { made: carriedOut, answer });
}

/** The zone's records: name, type and what they lead to. */
async function records(): Promise<string[][]> {
  const xml = await send({ service: "route53", path: `/2013-04-01/hostedzone/${zoneId}/rrset` });
  return xml
    .split("<ResourceRecordSet>")
    .slice(1)
    .map((set) => [
      ...texts(set, "Name"),
      ...texts(set, "Type"),
      ...texts(set, "TTL"),
      ...texts(set, "Value"),
      ...texts(set, "HostedZoneId"),
      ...texts(set, "DNSName"),
    ])
    .filter(([, type]) => type !== "NS" && type !== "SOA");
}

const zone = () => ({ zoneId, zoneName: "shop.example" });

beforeAll(async () => {
  account = await accountId();
  const created = await send({
    service: "route53",
    path: "/2013-04-01/hostedzone",
    headers: { "content-type": "text/xml" },
    body: '<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>shop.example</Name><CallerReference>neighbours</CallerReference></CreateHostedZoneRequest>',
  });
  zoneId = texts(created, "Id")[0]?.split("/").at(-1) ?? "";
});

describe("the neighbours of a front on a simulated AWS", () => {
  test("has a certificate with the names and key that were asked for, and the records that prove it", async () => {
    const { result } = await run(
      () =>
        new ValidatedCertificate("tls", {
          ...zone(),
          domainNames: ["shop.example", "*.shop.example", "pay.shop.example"],
        }),
    );

    const CertificateArn = await outputValue(result.certificateArn);
    const { Certificate } = await certificateManager("DescribeCertificate", { CertificateArn });
    expect(Certificate).toMatchObject({
      DomainName: "shop.example",
      SubjectAlternativeNames: expect.arrayContaining(["*.shop.example", "pay.shop.example"]),
      KeyAlgorithm: "RSA_2048",
    });
    const wanted = Certificate.DomainValidationOptions.filter(
      ({ DomainName }: { DomainName: string }) => !DomainName.startsWith("*."),
    ).map(
      ({ ResourceRecord: { Name, Type, Value } }: { ResourceRecord: Record<string, string> }) => [
        Name,
        Type,
        "60",
        Value,
      ],
    );
    expect(wanted).toHaveLength(2);
    expect((await records()).sort()).toEqual(wanted.sort());
  });

  test("has the records of every kind of front", async () => {
    await run(() => {
      const hostname = { host, kind: AddressKind.Hostname };
      const alias = { ...zone(), targetKind: RecordTarget.NetworkLoadBalancer, address: hostname };
      const ip = (name: string, address: string) =>
        new DnsRecords(name, {
          ...zone(),
          domainName: `${name}.shop.example`,
          targetKind: RecordTarget.Ip,
          address: { host: address, kind: AddressKind.Ip },
        });
      return [
        new DnsRecords("alias", { ...alias, domainName: "shop.example", dualStack: true }),
        new DnsRecords("www", {
          ...alias,
          domainName: "www.shop.example",
          targetKind: RecordTarget.HostName,
          ttlSeconds: 30,
        }),
        ip("four", "203.0.113.10"),
        ip("six", "2001:db8::10"),
      ];
    });

    const all = (await records()).filter(([name]) => !name?.startsWith("_"));
    expect(all.sort()).toEqual(
      [
        ["shop.example.", "A", "Z26RNL4JYFTOTI", host],
        ["shop.example.", "AAAA", "Z26RNL4JYFTOTI", host],
        ["www.shop.example.", "CNAME", "30", host],
        ["four.shop.example.", "A", "60", "203.0.113.10"],
        ["six.shop.example.", "AAAA", "60", "2001:db8::10"],
      ].sort(),
    );
  });

  test.each(Object.values(LogWriter))(
    "has a private bucket that %s may write to",
    async (writer) => {
      const name = `logs-of-${writer}`.toLowerCase();
      const { result } = await run(() => new AccessLogBucket(name, { writer, prefix: "shop" }));

      const bucket = await outputValue(result.bucket);
      const read = (part: string) => send({ service: "s3", path: `/${bucket}?${part}` });
      const block = await read("publicAccessBlock");
      expect(block.match(/>true</g)).toHaveLength(4);
      expect(texts(await read("encryption"), "SSEAlgorithm")).toEqual(["AES256"]);
      expect(texts(await read("lifecycle"), "Days")).toEqual(["90"]);
      const [write] = JSON.parse(await read("policy")).Statement.slice(-1);
      expect(write).toMatchObject({
        Action: "s3:PutObject",
        Resource: `arn:aws:s3:::${name}/shop/AWSLogs/${account}/*`,
      });
    },
  );

  test("has as many addresses as subnets, which a load balancer can take", async () => {
    const { subnetIds } = network();

    const { result } = await run(() => new ElasticIps("ips", { subnets: [...subnetIds] }));

    const AllocationIds = await Promise.all(result.allocationIds.map(outputValue));
    const { Addresses = [] } = await ec2.describeAddresses({ AllocationIds });
    expect(Addresses).toHaveLength(subnetIds.length);
    const known = Object.fromEntries(Addresses.map((it) => [it.AllocationId, it.PublicIp]));
    const publicIps = await Promise.all(result.publicIps.map(outputValue));
    expect(AllocationIds.map((it) => known[it])).toEqual(publicIps);
    for (const AllocationId of AllocationIds) await ec2.releaseAddress({ AllocationId });
  });

  test("has a firewall of exactly the ports and ranges that were asked for", async () => {
    const { result } = await run(
      () =>
        new LoadBalancerSecurityGroup("front", {
          vpcId: network().vpcId,
          ports: [{ port: 443 }, { port: 443, protocol: Protocol.UDP }],
          sourceRanges: ["198.51.100.0/24", "2001:db8::/32"],
        }),
    );

    const GroupId = await outputValue(result.securityGroupId);
    const Filters = [{ Name: "group-id", Values: [GroupId] }];
    const { SecurityGroupRules = [] } = await ec2.describeSecurityGroupRules({ Filters });
    const rules = SecurityGroupRules.map(
      ({ CidrIpv4, CidrIpv6, FromPort, IpProtocol, IsEgress, ToPort }) =>
        `${IsEgress ? "out" : "in"} ${IpProtocol} ${IpProtocol === "-1" ? "" : `${FromPort}-${ToPort} `}${CidrIpv4 ?? CidrIpv6}`,
    );
    expect(rules.sort()).toEqual(
      [
        "in tcp 443-443 198.51.100.0/24",
        "in tcp 443-443 2001:db8::/32",
        "in udp 443-443 198.51.100.0/24",
        "in udp 443-443 2001:db8::/32",
        "out -1 0.0.0.0/0",
        "out -1 ::/0",
      ].sort(),
    );
    await ec2.deleteSecurityGroup({ GroupId });
  });

  test("is refused when a record is there already", async () => {
    const program = () =>
      new DnsRecords("again", {
        ...zone(),
        domainName: "shop.example",
        targetKind: RecordTarget.NetworkLoadBalancer,
        address: { host, kind: AddressKind.Hostname },
      });

    await expect(run(program)).rejects.toThrow("InvalidChangeBatch");
  });
});
