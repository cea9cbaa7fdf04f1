import * as pulumi from "@pulumi/pulumi";
import type { Address } from "../service/address.ts";
import { readArguments } from "../validation/argument-names.ts";
import { type Checks, type Finding, isRecord, type Rule } from "../validation/checks.ts";
import { integer, oneOf, trueOrFalse } from "../validation/rules.ts";
import { type HostedZoneArgs, inZone, readHostedZone } from "./hosted-zone-args.ts";
import { readHost } from "./load-balancer-host.ts";
import { domainNameOrWildcard } from "./rules.ts";

/** The kind of target of a DNS name, which decides its records. It follows from the cluster's controller. */
export const RecordTarget = {
  /** A Network Load Balancer of AWS: an alias. */
  NetworkLoadBalancer: "NetworkLoadBalancer",
  /** A Classic Load Balancer of AWS: an alias. */
  ClassicLoadBalancer: "ClassicLoadBalancer",
  /** An IPv4 or IPv6 address: an A or AAAA record. */
  Ip: "Ip",
  /** Any other name: a CNAME record, which a zone's own name cannot have. */
  HostName: "HostName",
} as const;
/** The kind of target of a DNS name. */
export type RecordTarget = (typeof RecordTarget)[keyof typeof RecordTarget];

/** The arguments of DnsRecords. */
export interface DnsRecordsArgs extends HostedZoneArgs {
  /**
   * The name, in the zone; `*.shop.example` is every name directly below `shop.example`. A change replaces the records.
   */
  readonly domainName: string;
  /** The target's address, usually a LoadBalancerService's `address`. */
  readonly address: pulumi.Input<Address>;
  /**
   * The kind of the target. It decides which records exist, and is rejected if the address is of another kind. A change
   * replaces the records.
   */
  readonly targetKind: RecordTarget;
  /**
   * Whether the load balancer also has IPv6 addresses, so that the name gets an alias for them. Only for Network Load
   * Balancers.
   *
   * @default false
   */
  readonly dualStack?: boolean;
  /**
   * Seconds for which the answer may be cached, from 0 to 2147483647, and so how long clients may still use an old
   * address. Not for an alias, for which AWS uses 60.
   *
   * @default 60
   * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-basic.html
   */
  readonly ttlSeconds?: pulumi.Input<number>;
}

/** The arguments of DnsRecords, validated, with every default filled in. */
export interface DnsRecordsSpec extends HostedZoneArgs {
  readonly domainName: string;
  readonly host: pulumi.Output<string>;
  readonly targetKind: RecordTarget;
  readonly dualStack: boolean;
  readonly ttlSeconds: pulumi.Input<number>;
}

const TTL_SECONDS = 60;
const LONGEST_TTL_SECONDS = 2 ** 31 - 1;

/** Whether Route 53 answers with the load balancer's own addresses. */
export function isAlias(target: RecordTarget): boolean {
  return target === RecordTarget.NetworkLoadBalancer || target === RecordTarget.ClassicLoadBalancer;
}

/** Reads the arguments of DnsRecords. */
export function readDnsRecords(checks: Checks, given: DnsRecordsArgs): DnsRecordsSpec {
  const args = readArguments(checks, given, "DnsRecordsArgs");
  const { domainName, dualStack = false, targetKind, ttlSeconds = TTL_SECONDS } = args;
  const zone = readHostedZone(checks, args);
  checks.plain("args.domainName", domainName, nameRule(zone.zoneName, targetKind));
  checks.plain("args.targetKind", targetKind, oneOf(RecordTarget));
  const address = checks.gate(args.address, (known) => addressFindings(known, targetKind));
  checks.plain("args.dualStack", dualStack, (value) =>
    value === true && targetKind !== RecordTarget.NetworkLoadBalancer
      ? `must be false: only "${RecordTarget.NetworkLoadBalancer}" has both address families`
      : trueOrFalse(value),
  );
  if (args.ttlSeconds !== undefined && isAlias(targetKind)) {
    checks.report(
      "args.ttlSeconds",
      args.ttlSeconds,
      "must not be set: AWS decides it for an alias",
    );
  }
  return {
    ...zone,
    domainName,
    host: pulumi.output(address).host,
    targetKind,
    dualStack,
    ttlSeconds: checks.input("args.ttlSeconds", ttlSeconds, integer(0, LONGEST_TTL_SECONDS)),
  };
}

function nameRule(zoneName: string, targetKind: RecordTarget): Rule {
  return (value) =>
    domainNameOrWildcard(value) ??
    inZone(zoneName)(value) ??
    (value === zoneName && targetKind === RecordTarget.HostName
      ? `must be a name below the zone's own name, which cannot have a CNAME record; use www.${zoneName}`
      : undefined);
}

/** The problems of an address for the requested records. */
function addressFindings(address: unknown, targetKind: RecordTarget): readonly Finding[] {
  const path = "args.address";
  if (!isRecord(address) || typeof address["host"] !== "string" || address["host"] === "") {
    return [{ path, value: address, must: "must be an address, such as front.address" }];
  }
  const { host } = address;
  const { isIp, madeBy } = readHost(host);
  const found = isIp ? RecordTarget.Ip : (madeBy ?? RecordTarget.HostName);
  // An unknown host name may be an alias: AWS has other forms in other partitions, and tests use their own.
  const right =
    found === targetKind ||
    (found === RecordTarget.HostName && isAlias(targetKind)) ||
    (!isIp && targetKind === RecordTarget.HostName);
  return right || !Object.values(RecordTarget).includes(targetKind)
    ? []
    : [
        {
          path: `${path}.host`,
          value: host,
          must: `must be the host of the kind in args.targetKind; use RecordTarget.${found}`,
        },
      ];
}
