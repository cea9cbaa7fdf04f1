import type * as pulumi from "@pulumi/pulumi";
import { Protocol } from "../service/target.ts";
import { addressRange } from "../validation/address-range.ts";
import type { Checks, Rule } from "../validation/checks.ts";
import { portNumber } from "../validation/rules.ts";
import { type RegionalArgs, readRegional } from "./regional-args.ts";
import { idOf } from "./rules.ts";

/** A port that a front opens. A port of a LoadBalancerService is one. */
export interface OpenPortArgs {
  /** The number of the port, from 1 to 65535. */
  readonly port: number;
  /**
   * What it speaks: TCP or UDP.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
}

/** The arguments of a FrontSecurityGroup. */
export interface FrontSecurityGroupArgs extends RegionalArgs {
  /** The id of the network that the load balancer is in. A change makes a new group. */
  readonly vpcId: pulumi.Input<string>;
  /** The ports that are open. */
  readonly ports: OpenPortArgs[];
  /**
   * The address ranges that may connect, of IPv4 and IPv6; `0.0.0.0/0` and `::/0` are anywhere. AWS has a quota of 60 rules for
   * each family, which are ports times ranges.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
   */
  readonly sourceRanges: string[];
  /**
   * The address ranges that the load balancer may connect to: those of its targets, and of its health checks.
   *
   * @default 0.0.0.0/0 and ::/0, a load balancer connects to its targets alone
   */
  readonly targetRanges?: string[];
}

/** The arguments of a FrontSecurityGroup, judged and with every default filled in. */
export interface FrontSecurityGroupSpec extends RegionalArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly ports: readonly Required<OpenPortArgs>[];
  readonly sourceRanges: readonly string[];
  readonly targetRanges: readonly string[];
}

const ANYWHERE = ["0.0.0.0/0", "::/0"];

const protocolRule: Rule = (value) =>
  value === Protocol.TCP || value === Protocol.UDP
    ? undefined
    : 'must be "TCP" or "UDP", load balancers of AWS have no other';

/** Reads the arguments of a FrontSecurityGroup. */
export function readFrontSecurityGroup(
  checks: Checks,
  given: FrontSecurityGroupArgs,
): FrontSecurityGroupSpec {
  const args = checks.object("args", given);
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
  args: FrontSecurityGroupArgs,
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
        (taken ? "must be another port, it is there already with its protocol" : undefined),
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
        (ranges.indexOf(range) < index ? "must be another range, it is there already" : undefined),
    );
  });
  return ranges;
}
