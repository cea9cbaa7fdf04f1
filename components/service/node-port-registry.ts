import * as pulumi from "@pulumi/pulumi";
import type { ClusterArgs, PortRangeArgs } from "../cluster/args.ts";
import type { Checks } from "../validation/checks.ts";
import { claim } from "../validation/program-registry.ts";
import { integer, portNumber } from "../validation/rules.ts";

/** The API server's own default. */
const DEFAULT_RANGE: PortRangeArgs = { first: 30000, last: 32767 };

const ANY_PORT: PortRangeArgs = { first: 1, last: 65535 };

/** A fixed port that is opened on every node, and where it was asked for. */
export interface WantedNodePort {
  /** Where it was given, for example `args.ports[0].nodePort`. */
  readonly path: string;
  /** The number. Absent where the API server chooses. */
  readonly port: number | undefined;
}

/** Reads the range a cluster has for ports on nodes. */
export function readNodePortRange(
  checks: Checks,
  { nodePortRange }: Pick<ClusterArgs, "nodePortRange">,
): PortRangeArgs {
  if (nodePortRange === undefined) {
    return DEFAULT_RANGE;
  }
  const path = "args.cluster.nodePortRange";
  const { first, last } = checks.object(path, nodePortRange);
  checks.plain(`${path}.first`, first, portNumber);
  checks.plain(`${path}.last`, last, integer(Number.isInteger(first) ? first : 1, 65535));
  // What is no number has been reported.
  return typeof first === "number" && typeof last === "number" ? { first, last } : ANY_PORT;
}

/** Reports every port that another component of the program has: one number is one Service's in the whole cluster. */
export function claimNodePorts(
  checks: Checks,
  component: pulumi.ComponentResource,
  name: string,
  wanted: readonly WantedNodePort[],
): void {
  for (const { path, port } of wanted) {
    const holder =
      typeof port === "number" ? claim(component, name, `node port ${port}`) : undefined;
    if (holder !== undefined) {
      checks.report(path, port, `must differ from the node ports of component "${holder}"`);
    }
  }
}

/** Warns of every port that the API server may already have given away by itself. */
export function warnOfNodePorts(
  component: pulumi.ComponentResource,
  range: PortRangeArgs,
  wanted: readonly WantedNodePort[],
): void {
  for (const { path, port } of wanted) {
    const warning = port === undefined ? undefined : automaticBandWarning(path, port, range);
    if (warning !== undefined) {
      void pulumi.log.warn(warning, component);
    }
  }
}

/** What is risky about a fixed port, or nothing. */
export function automaticBandWarning(
  path: string,
  port: number,
  range: PortRangeArgs,
): string | undefined {
  const reserved = reservedPorts(range);
  const lastReserved = range.first + reserved - 1;
  return reserved === 0 || port <= lastReserved
    ? undefined
    : `${path} is ${port}, which the API server may have given to another Service by itself; ` +
        `choose one from ${range.first} to ${lastReserved}, which it gives away last`;
}

/**
 * How many ports at the beginning of the range automatic allocation uses last.
 *
 * @see https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/3668-reserved-service-nodeport-range
 */
function reservedPorts({ first, last }: PortRangeArgs): number {
  const size = last - first + 1;
  return size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 32)), 128);
}
