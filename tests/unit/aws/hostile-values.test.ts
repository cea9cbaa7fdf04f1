import { describe, expect, test } from "vitest";
import * as aws from "../../../components/aws/index.ts";
import { InvalidArgsError } from "../../../components/index.ts";
import { failureOf, later } from "../support/run-program.ts";
import { runAws } from "./run-aws.ts";

/** It cannot be made a text. */
const bare = Object.create(null);
/** A list whose first item is not even undefined. */
const holed = [undefined];
delete holed[0];

const zone = { zoneId: "Z0123456789", zoneName: "shop.example" };
const regional = { region: "eu-west-1", tags: { team: "shop" } };
const address = { host: "203.0.113.10", kind: "ip" };
const front = { ...zone, domainName: "shop.example", targetKind: "Ip", address, ttlSeconds: 30 };
const everyField: Record<string, object> = {
  AccessLogBucket: {
    ...regional,
    ...{ writer: "NetworkLoadBalancer", prefix: "shop", accountId: "111122223333" },
    ...{ retentionDays: 7, forceDestroy: false },
  },
  ElasticIps: { ...regional, subnets: ["subnet-0a"] },
  DnsRecords: { ...front, dualStack: false },
  LoadBalancerSecurityGroup: {
    ...regional,
    ...{ vpcId: "vpc-0a", sourceRanges: ["10.0.0.0/8"], targetRanges: ["10.0.0.0/8"] },
    ports: [{ port: 443, protocol: "TCP" }],
  },
  ValidatedCertificate: {
    ...{ ...zone, ...regional },
    ...{ domainNames: ["shop.example"], keyAlgorithm: "RSA_2048" },
  },
};
type Component = new (name: string, args: unknown) => unknown;
const classes = aws as unknown as Record<string, Component>;
const make = (component: string, args: unknown) => () => {
  const found = classes[component];
  if (found === undefined) throw new Error(`No ${component}`);
  return new found("it", args);
};
const fields = Object.entries(everyField).flatMap(([component, args]) =>
  Object.keys(args).map((field) => [component, field] as const),
);
const hostile: [string, unknown][] = [
  ["an object that is no text", bare],
  ["a symbol", Symbol("it")],
  ["a large integer", 1n],
  ["null", null],
  ["a function", () => 1],
  ["a list with a hole", holed],
  ["a late null", later(null)],
];

describe("values that nothing can be done with", () => {
  test.each(Object.keys(everyField))(
    "%s: takes every field when each is right",
    async (component) => {
      const run = await runAws(make(component, everyField[component]));

      expect(run.resources.length).toBeGreaterThan(1);
    },
  );

  test.each(fields)("%s: fails with the path when its %s is one", async (component, field) => {
    // Of tags it is none, and right.
    const wrong = hostile.filter(([, value]) => field !== "tags" || value !== bare);
    for (const [what, value] of wrong) {
      const error = await failureOf(make(component, { ...everyField[component], [field]: value }));

      expect(error, what).toBeInstanceOf(InvalidArgsError);
      expect(error.message, what).toContain(`args.${field}`);
    }
  });

  test.each(Object.keys(everyField))("%s: fails when its arguments are none", async (component) => {
    for (const value of [null, 1n, "text", [], later({})]) {
      const { message } = await failureOf(make(component, value));

      expect(message).toMatch(new RegExp(`^Cannot create ${component} "it": args is .*`));
    }
  });
});
