import type * as pulumi from "@pulumi/pulumi";
import { addressRange, EVERYBODY } from "../service/source-range-rules.ts";
import { Protocol } from "../service/target.ts";
import { readArguments } from "../validation/argument-names.ts";
import type { Checks, Rule } from "../validation/checks.ts";
import { portNumber } from "../validation/rules.ts";
import { type RegionalArgs, readRegional } from "./regional-args.ts";
import { idOf } from "./rules.ts";

/** A port that the group opens, in the shape of a LoadBalancerService's port. */
export interface OpenPortArgs {
  /** The number of the port, from 1 to 65535. */
  readonly port: number;
  /**
   * The protocol: TCP or UDP.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
}

/** The arguments of a LoadBalancerSecurityGroup. */
export interface LoadBalancerSecurityGroupArgs extends RegionalArgs {
  /** The id of the load balancer's network. A change replaces the group. */
  readonly vpcId: pulumi.Input<string>;
  /** The open ports. */
  readonly ports: OpenPortArgs[];
  /**
   * The IPv4 and IPv6 address ranges that may connect; `0.0.0.0/0` and `::/0` mean everyone. AWS has a quota of 60
   * rules for each family; the number of rules is ports times ranges.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
   */
  readonly sourceRanges: string[];
  /**
   * The address ranges to which the load balancer may connect, for traffic and health checks.
   *
   * @default 0.0.0.0/0 and ::/0, a load balancer connects to its targets alone
   */
  readonly targetRanges?: string[];
}

/** The arguments of a LoadBalancerSecurityGroup, validated, with every default filled in. */
export interface LoadBalancerSecurityGroupSpec extends RegionalArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly ports: readonly Required<OpenPortArgs>[];
  readonly sourceRanges: readonly string[];
  readonly targetRanges: readonly string[];
}

const ANYWHERE = Object.values(EVERYBODY);

const protocolRule: Rule = (value) =>
  value === Protocol.TCP || value === Protocol.UDP
    ? undefined
    : 'must be "TCP" or "UDP": load balancers of AWS support no other protocol';

/** Reads the arguments of a LoadBalancerSecurityGroup. */
export function readLoadBalancerSecurityGroup(
  checks: Checks,
  given: LoadBalancerSecurityGroupArgs,
): LoadBalancerSecurityGroupSpec {
  const args = readArguments(checks, given, "LoadBalancerSecurityGroupArgs");
  const { sourceRanges, targetRanges = ANYWHERE } = args;
  return {
    vpcId: checks.input("args.vpcId", args.vpcId, idOf("vpc", "a network")),
    ports: readOpenPorts(checks, args),
    sourceRanges: readRanges(checks, "args.sourceRanges", sourceRanges),
    targetRanges: readRanges(checks, "args.targetRanges", targetRanges),
    ...readRegional(checks, args),
  };
}

function readOpenPorts(
  checks: Checks,
  args: LoadBalancerSecurityGroupArgs,
): readonly Required<OpenPortArgs>[] {
  const read: Required<OpenPortArgs>[] = [];
  for (const [index, given] of checks.list("args.ports", args.ports, 1, "port").entries()) {
    const path = `args.ports[${index}]`;
    const { port, protocol = Protocol.TCP } = checks.object(path, given);
    const taken = read.some((other) => other.port === port && other.protocol === protocol);
    checks.plain(
      `${path}.port`,
      port,
      (value) =>
        portNumber(value) ??
        (taken ? "must be unique: the port is already listed with its protocol" : undefined),
    );
    checks.plain(`${path}.protocol`, protocol, protocolRule);
    read.push({ port, protocol });
  }
  return read;
}

function readRanges(checks: Checks, path: string, given: readonly string[]): readonly string[] {
  const ranges = checks.list(path, given, 1, "address range");
  ranges.forEach((range, index) => {
    checks.plain(
      `${path}[${index}]`,
      range,
      (value) =>
        addressRange(value) ??
        (ranges.indexOf(range) < index ? "must be unique: the range is already listed" : undefined),
    );
  });
  return ranges;
}
