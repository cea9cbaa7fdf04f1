import * as pulumi from "@pulumi/pulumi";
import type { ClusterArgs, PortRangeArgs } from "../cluster/args.ts";
import type { Checks } from "../validation/checks.ts";
import { claim } from "../validation/program-registry.ts";
import { integer, portNumber } from "../validation/rules.ts";

/** The API server's own default. */
const DEFAULT_RANGE: PortRangeArgs = { first: 30000, last: 32767 };

const ANY_PORT: PortRangeArgs = { first: 1, last: 65535 };

/** A fixed node port, and the argument that requests it. */
export interface NodePortClaim {
  /** The argument, for example `args.ports[0].nodePort`. */
  readonly path: string;
  /** The number. Absent if the API server chooses. */
  readonly port: number | undefined;
}

/** Reads a cluster's node port range. */
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
  // A value that is not a number has already been reported.
  return typeof first === "number" && typeof last === "number" ? { first, last } : ANY_PORT;
}

/**
 * Reports every node port that another component of the program uses: a node port belongs to one Service in the whole
 * cluster.
 */
export function claimNodePorts(
  checks: Checks,
  component: pulumi.ComponentResource,
  name: string,
  wanted: readonly NodePortClaim[],
): void {
  for (const { path, port } of wanted) {
    const holder =
      typeof port === "number" ? claim(component, name, `node port ${port}`) : undefined;
    if (holder !== undefined) {
      checks.report(path, port, `must differ from the node ports of component "${holder}"`);
    }
  }
}

/** Warns about every node port that the API server may already have assigned automatically. */
export function warnOfNodePorts(
  component: pulumi.ComponentResource,
  range: PortRangeArgs,
  wanted: readonly NodePortClaim[],
): void {
  for (const { path, port } of wanted) {
    const warning = port === undefined ? undefined : automaticBandWarning(path, port, range);
    if (warning !== undefined) {
      void pulumi.log.warn(warning, component);
    }
  }
}

/** The warning about a fixed port, or undefined. */
export function automaticBandWarning(
  path: string,
  port: number,
  range: PortRangeArgs,
): string | undefined {
  const reserved = reservedPorts(range);
  const lastReserved = range.first + reserved - 1;
  return reserved === 0 || port <= lastReserved
    ? undefined
    : `${path} is ${port}, which the API server may have assigned to another Service; ` +
        `choose one from ${range.first} to ${lastReserved}, which it assigns last`;
}

/**
 * The number of ports at the beginning of the range that automatic allocation uses last.
 *
 * @see https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/3668-reserved-service-nodeport-range
 */
function reservedPorts({ first, last }: PortRangeArgs): number {
  const size = last - first + 1;
  return size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 32)), 128);
}
