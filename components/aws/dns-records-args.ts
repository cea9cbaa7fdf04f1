import * as pulumi from "@pulumi/pulumi";
import type { Address } from "../service/address.ts";
import { type Checks, type Finding, isRecord, type Rule } from "../validation/checks.ts";
import { integer, oneOf, trueOrFalse } from "../validation/rules.ts";
import { type HostedZoneArgs, inZone, readHostedZone } from "./hosted-zone-args.ts";
import { readHost } from "./load-balancer-host.ts";
import { domainNameOrWildcard } from "./rules.ts";

/** What a name in DNS leads to, which decides the records it has. The controller of the cluster decides it. */
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
/** What a name in DNS leads to. */
export type RecordTarget = (typeof RecordTarget)[keyof typeof RecordTarget];

/** The arguments of FrontRecords. */
export interface FrontRecordsArgs extends HostedZoneArgs {
  /** The name, in the zone; `*.shop.example` is every name right below `shop.example`. A change makes other records. */
  readonly domainName: string;
  /** Where it leads, usually a LoadBalancerService's `address`. */
  readonly address: pulumi.Input<Address>;
  /** What is there. It decides which records exist and is refused where the address is another; a change makes other records. */
  readonly leadsTo: RecordTarget;
  /**
   * Whether the load balancer has IPv6 addresses, too, and the name an alias for them. Network Load Balancers can.
   *
   * @default false
   */
  readonly dualStack?: boolean;
  /**
   * Seconds for which the answer may be remembered, from 0 to 2147483647: how long clients go on to an old front. An alias has
   * none of its own, AWS says 60.
   *
   * @default 60
   * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-basic.html
   */
  readonly ttlSeconds?: pulumi.Input<number>;
}

/** The arguments of FrontRecords, judged and with every default filled in. */
export interface FrontRecordsSpec extends HostedZoneArgs {
  readonly domainName: string;
  readonly host: pulumi.Output<string>;
  readonly leadsTo: RecordTarget;
  readonly dualStack: boolean;
  readonly ttlSeconds: pulumi.Input<number>;
}

const TTL_SECONDS = 60;
const LONGEST_TTL_SECONDS = 2 ** 31 - 1;

/** Whether Route 53 answers with the load balancer's own addresses. */
export function isAlias(target: RecordTarget): boolean {
  return target === RecordTarget.NetworkLoadBalancer || target === RecordTarget.ClassicLoadBalancer;
}

/** Reads the arguments of FrontRecords. */
export function readFrontRecords(checks: Checks, given: FrontRecordsArgs): FrontRecordsSpec {
  const args = checks.object("args", given);
  const { domainName, dualStack = false, leadsTo, ttlSeconds = TTL_SECONDS } = args;
  const zone = readHostedZone(checks, args);
  checks.plain("args.domainName", domainName, nameRule(zone.zoneName, leadsTo));
  checks.plain("args.leadsTo", leadsTo, oneOf(RecordTarget));
  const address = checks.gate(args.address, (known) => addressFindings(known, leadsTo));
  checks.plain("args.dualStack", dualStack, (value) =>
    value === true && leadsTo !== RecordTarget.NetworkLoadBalancer
      ? `must be false, only what leads to "${RecordTarget.NetworkLoadBalancer}" has two families`
      : trueOrFalse(value),
  );
  if (args.ttlSeconds !== undefined && isAlias(leadsTo)) {
    checks.report(
      "args.ttlSeconds",
      args.ttlSeconds,
      "must be left out, AWS decides it for an alias",
    );
  }
  return {
    ...zone,
    domainName,
    host: pulumi.output(address).host,
    leadsTo,
    dualStack,
    ttlSeconds: checks.input("args.ttlSeconds", ttlSeconds, integer(0, LONGEST_TTL_SECONDS)),
  };
}

function nameRule(zoneName: string, leadsTo: RecordTarget): Rule {
  return (value) =>
    domainNameOrWildcard(value) ??
    inZone(zoneName)(value) ??
    (value === zoneName && leadsTo === RecordTarget.HostName
      ? `must be a name below the zone's own, which cannot have a CNAME record; use www.${zoneName}`
      : undefined);
}

/** What an address must be for the records that were asked for. */
function addressFindings(address: unknown, leadsTo: RecordTarget): readonly Finding[] {
  const path = "args.address";
  if (!isRecord(address) || typeof address["host"] !== "string" || address["host"] === "") {
    return [{ path, value: address, must: "must be an address, such as front.address" }];
  }
  const { host } = address;
  const { isIp, madeBy } = readHost(host);
  const found = isIp ? RecordTarget.Ip : (madeBy ?? RecordTarget.HostName);
  // Names that are nobody's may be aliases: AWS has other forms in other partitions, and tests have their own.
  const right =
    found === leadsTo ||
    (found === RecordTarget.HostName && isAlias(leadsTo)) ||
    (!isIp && leadsTo === RecordTarget.HostName);
  return right || !Object.values(RecordTarget).includes(leadsTo)
    ? []
    : [
        {
          path: `${path}.host`,
          value: host,
          must: `must be the host of what args.leadsTo says; use RecordTarget.${found}`,
        },
      ];
}
