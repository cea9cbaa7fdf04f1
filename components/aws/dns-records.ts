import { getHostedZoneIdOutput as classicZoneId } from "@pulumi/aws/elb/getHostedZoneId.js";
import { getHostedZoneIdOutput as networkZoneId } from "@pulumi/aws/lb/getHostedZoneId.js";
import { Record as DnsRecord, type RecordArgs } from "@pulumi/aws/route53/record.js";
import * as pulumi from "@pulumi/pulumi";
import { Checks } from "../validation/checks.ts";
import {
  type FrontRecordsArgs,
  type FrontRecordsSpec,
  isAlias,
  RecordTarget,
  readFrontRecords,
} from "./dns-records-args.ts";
import { readHost } from "./load-balancer-host.ts";

/**
 * A name in DNS that leads to a front.
 *
 * ```ts
 * const records = new FrontRecords("shop", {
 *   domainName: "shop.example",
 *   zoneId: "Z0123456789ABCDEFGHIJ",
 *   zoneName: "shop.example",
 *   leadsTo: RecordTarget.NetworkLoadBalancer,
 *   address: front.address,
 * });
 *
 * export const domainName = records.domainName;
 * ```
 */
export class FrontRecords extends pulumi.ComponentResource {
  /** The name, once its records are there. */
  readonly domainName: pulumi.Output<string>;

  /**
   * Makes the records, once the address is assigned. Where the records are an alias, AWS is asked for the zone of its load
   * balancers then, and not before.
   *
   * @param name The component's name.
   * @param args The name, and where it leads.
   * @param opts Pulumi's options; the provider of AWS among them decides the account.
   * @throws InvalidArgsError with every problem in the arguments.
   */
  constructor(name: string, args: FrontRecordsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-kubernetes-services:index:FrontRecords", name, {}, opts);
    const checks = new Checks({ type: "FrontRecords", name, resource: this });
    const spec = readFrontRecords(checks, args);
    checks.done();

    const answer = isAlias(spec.leadsTo) ? aliasOf(this, spec) : answerOf(spec);
    const record = { zoneId: spec.zoneId, name: spec.domainName, type: typeOf(spec), ...answer };
    // A CNAME cannot stand beside another record of its name.
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

function answerOf({ host, ttlSeconds }: FrontRecordsSpec): Answer {
  return { ttl: ttlSeconds, records: [host] };
}

/** Unknown until there is an address: nothing is looked up for a host that is unknown. */
function aliasOf(parent: pulumi.Resource, { host, leadsTo }: FrontRecordsSpec): Answer {
  const region = host.apply((it) => readHost(it).region);
  const zone =
    leadsTo === RecordTarget.NetworkLoadBalancer
      ? networkZoneId({ loadBalancerType: "network", region }, { parent })
      : classicZoneId({ region }, { parent });
  return { aliases: [{ name: host, zoneId: zone.id, evaluateTargetHealth: true }] };
}

function typeOf({ host, leadsTo }: FrontRecordsSpec): pulumi.Input<"A" | "AAAA" | "CNAME"> {
  if (leadsTo === RecordTarget.HostName) {
    return "CNAME";
  }
  return leadsTo === RecordTarget.Ip ? host.apply((it) => (it.includes(":") ? "AAAA" : "A")) : "A";
}
