import { createHash } from "node:crypto";
import { join } from "node:path";
import type { AwsInstance, AwsNetwork } from "../cloud/network.ts";
import type { LocalPaths } from "../paths.ts";

/** Network in which the nodes stand; the subnets of the simulated AWS are parts of it. */
export const VPC_PREFIX_LENGTH = 16;
/** The way out of every node, and where the API server answers them. */
export const GATEWAY = "10.0.0.1";
/** What answers questions for names outside the cluster, at the address where AWS has it: https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html */
export const RESOLVER = "10.0.0.2";
/** Addresses of the simulated load balancers. */
export const LOAD_BALANCER_CIDR = "10.0.255.0/24";
/** Addresses of all Pods. */
export const POD_CIDR = "10.244.0.0/16";
/** The first address of the Services' range, which the API server gives the Service `kubernetes`. */
export const API_SERVICE = "10.96.0.1";
/** Address of the cluster's own DNS. */
export const CLUSTER_DNS = "10.96.0.10";

/** One real node: named and addressed as its machine in the simulated AWS. */
export interface RealNode {
  /** Name of the Node object, the machine's private DNS name. */
  readonly name: string;
  /** Short name, of its folder and its processes. */
  readonly label: string;
  readonly address: string;
  readonly podCidr: string;
  readonly instance: AwsInstance;
}

/** One node a machine of the simulated AWS. */
export function realNodes({ instances }: AwsNetwork): RealNode[] {
  return instances.map((instance, index) => ({
    name: instance.privateDnsName,
    label: `node-${index + 1}`,
    address: instance.privateIpAddress,
    podCidr: `10.244.${index}.0/24`,
    instance,
  }));
}

/** Tells this cluster's namespaces, control groups and sockets from those of other checkouts. */
export function clusterKey({ root }: LocalPaths): string {
  return `pks-${createHash("sha256").update(root).digest("hex").slice(0, 6)}`;
}

/** Where the sockets lie: the path of a socket has 107 characters at most, and a checkout may lie deep. */
export const socketFolder = (paths: LocalPaths): string => join("/run", clusterKey(paths));

/** What a node keeps while it runs. */
export const nodeFolder = (paths: LocalPaths, { label }: RealNode): string =>
  join(paths.root, "nodes", label);

/** The control group, below the root of each hierarchy, that holds those of a node's Pods. */
export const controlGroup = (paths: LocalPaths, { label }: RealNode): string =>
  join(clusterKey(paths), label);
