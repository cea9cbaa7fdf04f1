import { BlockList, isIPv4 } from "node:net";
import type { RangeRules } from "./source-ranges.ts";

/** A Service of type LoadBalancer, as far as it decides who can connect. */
export interface Opened {
  readonly annotations: Readonly<Record<string, unknown>>;
  readonly isPublic: boolean;
  readonly ranges: readonly string[];
  readonly ipFamilies?: readonly string[];
  readonly ipFamilyPolicy?: string;
  readonly allocatesNodePorts: boolean;
}

/** Who tries to connect: from the internet, or from the network that the load balancer is in. */
interface Stranger {
  readonly address: string;
  readonly isNear: boolean;
}

/** A stranger's attempt to connect to a load balancer. */
export interface Attempt extends Pick<Opened, "allocatesNodePorts" | "annotations" | "ranges"> {
  /** Whether the stranger is in the network that the load balancer is in. */
  readonly isNear: boolean;
  /** The families of the load balancer's addresses. */
  readonly balancer: readonly string[];
  /** Whether a range contains the stranger. */
  readonly isListed: boolean;
  /** Whether kube-proxy lets the stranger in, for whom a family without a range is open. */
  readonly passesKubeProxy: boolean;
}

/** Somebody of each family and place who is in no office. */
const strangers: readonly Stranger[] = [
  { address: "203.0.113.7", isNear: false },
  { address: "2001:db8:bad::7", isNear: false },
  { address: "10.0.7.7", isNear: true },
  { address: "fd00:7::7", isNear: true },
];

/** The families of a cluster's Services, its own one first. */
export const clusters = [["IPv4"], ["IPv6"], ["IPv4", "IPv6"], ["IPv6", "IPv4"]] as const;

/**
 * Who of some strangers gets in, written anew from what enforces the ranges; the sources stand in the tables. Nobody does
 * where the API server refuses the Service, or it has no address of the family.
 */
export function intruders(
  {
    balancerFamilies,
    letsIn = ({ passesKubeProxy }) => passesKubeProxy,
  }: Pick<RangeRules, "balancerFamilies" | "letsIn">,
  opened: Opened,
  cluster: readonly string[],
): readonly Stranger[] {
  const service = serviceFamilies(opened, cluster);
  const balancer = balancerFamilies?.(opened.annotations) ?? service;
  return strangers
    .filter(({ isNear }) => isNear || opened.isPublic)
    .filter(({ address }) => service.length > 0 && balancer.includes(familyOf(address)))
    .filter((stranger) => letsIn(attemptOf(opened, stranger, balancer)));
}

function attemptOf(
  opened: Opened,
  { address, isNear }: Stranger,
  balancer: readonly string[],
): Attempt {
  const isListed = opened.ranges.some((range) => contains(range, address));
  const ofFamily = opened.ranges.filter((range) => familyOf(range) === familyOf(address));
  const passesKubeProxy = ofFamily.length === 0 || isListed;
  return { ...opened, balancer, isListed, isNear, passesKubeProxy };
}

/** What the API server makes of what is said of families; nothing where it refuses it. */
function serviceFamilies(opened: Opened, cluster: readonly string[]): readonly string[] {
  const { ipFamilies = [], ipFamilyPolicy: policy = "SingleStack" } = opened;
  const unknown = ipFamilies.some((it) => !cluster.includes(it));
  if (unknown || (policy === "RequireDualStack" && cluster.length < 2)) {
    return [];
  }
  return policy === "SingleStack" ? [ipFamilies[0] ?? cluster[0] ?? ""] : cluster;
}

/** Whether an annotation whose key contains one text has a value that contains another. */
export function says(annotations: Opened["annotations"], key: string, value: string): boolean {
  return Object.entries(annotations).some(
    ([name, said]) => name.includes(key) && String(said).includes(value),
  );
}

/** The family of an address or a range. */
export function familyOf(address: string): string {
  return address.includes(":") ? "IPv6" : "IPv4";
}

function contains(range: string, address: string): boolean {
  const [network = "", prefix] = range.split("/");
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), isIPv4(network) ? "ipv4" : "ipv6");
  return list.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}
