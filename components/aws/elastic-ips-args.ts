import type * as pulumi from "@pulumi/pulumi";
import { readArguments } from "../validation/argument-names.ts";
import type { Checks } from "../validation/checks.ts";
import { readStringList } from "../validation/string-map.ts";
import { type RegionalArgs, readRegional } from "./regional-args.ts";
import { idOf } from "./rules.ts";

/** The arguments of ElasticIps. */
export interface ElasticIpsArgs extends RegionalArgs {
  /**
   * The ids of the load balancer's subnets, in its order: one address each. AWS has a quota of 5 addresses per region.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-eips
   */
  readonly subnets: pulumi.Input<string>[];
}

/** Reads the arguments of Elastic IPs. */
export function readElasticIps(checks: Checks, given: ElasticIpsArgs): ElasticIpsArgs {
  const args = readArguments(checks, given, "ElasticIpsArgs");
  const path = "args.subnets";
  const listed = checks.list(path, args.subnets, 1, "subnet");
  const subnets = readStringList(checks, path, listed, "subnet", idOf("subnet", "a subnet"));
  listed.forEach((subnet, index) => {
    if (listed.indexOf(subnet) < index) {
      checks.report(`${path}[${index}]`, subnet, "must be unique: the subnet is already listed");
    }
  });
  return { ...readRegional(checks, args), subnets };
}
