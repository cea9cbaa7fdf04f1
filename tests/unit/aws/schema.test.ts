import type { AnalyzeResult } from "@pulumi/pulumi/provider/experimental/analyzer.js";
import { beforeAll, expect, test } from "vitest";
import * as aws from "../../../components/aws/index.ts";
import { analyzeComponents, argsFields, schemaOf } from "../support/analyze.ts";

const names = [
  "AccessLogBucket",
  "DnsRecords",
  "ElasticIps",
  "LoadBalancerSecurityGroup",
  "ValidatedCertificate",
];
let analyzed: AnalyzeResult;
beforeAll(() => {
  analyzed = analyzeComponents("aws/index.ts", names);
}, 120_000);

test("schema: takes every component of the entry point for AWS", () => {
  const exported = Object.keys(aws).filter((name) => name in analyzed.components);

  expect(Object.keys(analyzed.components).sort()).toEqual(names);
  expect(exported.sort()).toEqual(names);
});

test("schema: has the tokens that the components register", () => {
  const { resources } = schemaOf(analyzed);

  expect(Object.keys(resources).sort()).toEqual(
    names.map((it) => `pulumi-kubernetes-services:index:${it}`),
  );
});

test("schema: has late values where a value flows into a resource, and plain ones where it decides", () => {
  const late = names.flatMap((name) =>
    argsFields(analyzed, name).map((field) => [`${name}.${field.path}`, field.late] as const),
  );

  expect(Object.fromEntries(late)).toMatchObject({
    "ValidatedCertificate.domainNames": false,
    "ValidatedCertificate.zoneId": true,
    "ValidatedCertificate.tags{}": true,
    "ElasticIps.subnets": false,
    "ElasticIps.subnets[]": true,
    "DnsRecords.address": true,
    "DnsRecords.targetKind": false,
    "AccessLogBucket.accountId": true,
    "AccessLogBucket.prefix": false,
    "LoadBalancerSecurityGroup.vpcId": true,
    "LoadBalancerSecurityGroup.ports[].port": false,
    "LoadBalancerSecurityGroup.sourceRanges[]": false,
  });
});

test("schema: has the outputs that the components register", () => {
  const outputs = names.map((name) => [
    name,
    Object.keys(analyzed.components[name]?.outputs ?? {}).sort(),
  ]);

  expect(Object.fromEntries(outputs)).toEqual({
    AccessLogBucket: ["bucket", "bucketArn"],
    ElasticIps: ["allocationIds", "publicIps", "subnets"],
    DnsRecords: ["domainName"],
    LoadBalancerSecurityGroup: ["securityGroup", "securityGroupId"],
    ValidatedCertificate: ["certificate", "certificateArn"],
  });
});
