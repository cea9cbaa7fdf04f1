import { BlockList, isIPv4 } from "node:net";

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
  controller: string,
  opened: Opened,
  cluster: readonly string[],
): readonly Stranger[] {
  const service = serviceFamilies(opened, cluster);
  const balancer = balancerFamilies(controller, opened, service);
  return strangers
    .filter(({ isNear }) => isNear || opened.isPublic)
    .filter(({ address }) => service.length > 0 && balancer.includes(familyOf(address)))
    .filter((stranger) => letsIn(controller, opened, stranger, balancer));
}

function letsIn(
  controller: string,
  { allocatesNodePorts, annotations, ranges }: Opened,
  { address, isNear }: Stranger,
  balancer: readonly string[],
): boolean {
  const listed = ranges.some((range) => contains(range, address));
  const ofFamily = ranges.filter((range) => familyOf(range) === familyOf(address));
  const kubeProxy = ofFamily.length === 0 || listed;
  switch (controller) {
    case "AwsCloudControllerNlb":
      // What reaches the nodes is from a subnet of the load balancer, of which health checks are let in.
      return (
        listed || says(annotations, "target-group-attributes", "preserve_client_ip.enabled=false")
      );
    case "AwsLoadBalancerController":
    case "EksAutoMode":
    case "AwsCloudControllerClassic":
      return listed;
    case "Azure":
      // Of a virtual network everybody is let in by a rule of the network's own.
      return listed || (isNear && !says(annotations, "deny-all-except-load-balancer", "true"));
    case "DigitalOcean":
      // The cloud drops a firewall as a whole that has a rule of a family which the load balancer lacks.
      return listed || ranges.some((range) => !balancer.includes(familyOf(range)));
    case "K3sServiceLb":
      return kubeProxy || allocatesNodePorts;
    case "HetznerCloud":
      return true;
    default:
      return kubeProxy;
  }
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

function balancerFamilies(
  controller: string,
  { annotations }: Opened,
  service: readonly string[],
): readonly string[] {
  switch (controller) {
    case "AwsCloudControllerNlb":
    case "AwsCloudControllerClassic":
      return ["IPv4"];
    case "AwsLoadBalancerController":
    case "EksAutoMode":
      return says(annotations, "ip-address-type", "dualstack") ? ["IPv4", "IPv6"] : ["IPv4"];
    case "DigitalOcean":
      return says(annotations, "network-stack", "IPV4") ? ["IPv4"] : ["IPv4", "IPv6"];
    case "HetznerCloud":
      return ["IPv4", "IPv6"];
    default:
      return service;
  }
}

function says(annotations: Opened["annotations"], key: string, value: string): boolean {
  return Object.entries(annotations).some(
    ([name, said]) => name.includes(key) && String(said).includes(value),
  );
}

function familyOf(address: string): string {
  return address.includes(":") ? "IPv6" : "IPv4";
}

function contains(range: string, address: string): boolean {
  const [network = "", prefix] = range.split("/");
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), isIPv4(network) ? "ipv4" : "ipv6");
  return list.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}
