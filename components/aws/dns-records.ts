import { getHostedZoneIdOutput as classicZoneId } from "@pulumi/aws/elb/getHostedZoneId.js";
import { getHostedZoneIdOutput as networkZoneId } from "@pulumi/aws/lb/getHostedZoneId.js";
import { Record as DnsRecord, type RecordArgs } from "@pulumi/aws/route53/record.js";
import * as pulumi from "@pulumi/pulumi";
import { Checks } from "../validation/checks.ts";
import {
  type DnsRecordsArgs,
  type DnsRecordsSpec,
  isAlias,
  RecordTarget,
  readDnsRecords,
} from "./dns-records-args.ts";
import { readHost } from "./load-balancer-host.ts";

/**
 * A DNS name for a load balancer.
 *
 * ```ts
 * const records = new DnsRecords("shop", {
 *   domainName: "shop.example",
 *   zoneId: "Z0123456789ABCDEFGHIJ",
 *   zoneName: "shop.example",
 *   targetKind: RecordTarget.NetworkLoadBalancer,
 *   address: front.address,
 * });
 *
 * export const domainName = records.domainName;
 * ```
 */
export class DnsRecords extends pulumi.ComponentResource {
  /** The name, once its records exist. */
  readonly domainName: pulumi.Output<string>;

  /**
   * Creates the records once the address is assigned. For an alias, the zone of AWS's load balancers is looked up then,
   * and not before.
   *
   * @param name The component's name.
   * @param args The name and its target.
   * @param opts Pulumi's options; their AWS provider decides the account.
   * @throws InvalidArgsError with every problem in the arguments.
   */
  constructor(name: string, args: DnsRecordsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-kubernetes-services:index:DnsRecords", name, {}, opts);
    const checks = new Checks({ type: "DnsRecords", name, resource: this });
    const spec = readDnsRecords(checks, args);
    checks.done();

    const answer = isAlias(spec.targetKind) ? aliasOf(this, spec) : answerOf(spec);
    const record = { zoneId: spec.zoneId, name: spec.domainName, type: typeOf(spec), ...answer };
    // A CNAME cannot coexist with another record of the same name.
    const options = { parent: this, deleteBeforeReplace: true };
    const { fqdn } = new DnsRecord(name, record, options);
    if (spec.dualStack) {
      new DnsRecord(`${name}-ipv6`, { ...record, type: "AAAA" }, options);
    }
    this.domainName = fqdn;
    this.registerOutputs({ domainName: this.domainName });
  }
}

type Answer = Pick<RecordArgs, "aliases" | "records" | "ttl">;

function answerOf({ host, ttlSeconds }: DnsRecordsSpec): Answer {
  return { ttl: ttlSeconds, records: [host] };
}

/** Unknown until there is an address: nothing is looked up for an unknown host. */
function aliasOf(parent: pulumi.Resource, { host, targetKind }: DnsRecordsSpec): Answer {
  const region = host.apply((it) => readHost(it).region);
  const zone =
    targetKind === RecordTarget.NetworkLoadBalancer
      ? networkZoneId({ loadBalancerType: "network", region }, { parent })
      : classicZoneId({ region }, { parent });
  return { aliases: [{ name: host, zoneId: zone.id, evaluateTargetHealth: true }] };
}

function typeOf({ host, targetKind }: DnsRecordsSpec): pulumi.Input<"A" | "AAAA" | "CNAME"> {
  if (targetKind === RecordTarget.HostName) {
    return "CNAME";
  }
  return targetKind === RecordTarget.Ip
    ? host.apply((it) => (it.includes(":") ? "AAAA" : "A"))
    : "A";
}
