import type { Asked } from "./table.ts";

/** Ranges by name: of one family or both, of an office or everybody. */
export const ranges = {
  office4: ["198.51.100.0/24"],
  office6: ["2001:db8:1::/48"],
  office: ["198.51.100.0/24", "2001:db8:1::/48"],
  all4: ["0.0.0.0/0"],
  all6: ["::/0"],
  all: ["0.0.0.0/0", "::/0"],
} as const;

/** What is said of families of addresses, by name. */
export const families = {
  nothing: {},
  IPv4: { ipFamilies: ["IPv4"] },
  IPv6: { ipFamilies: ["IPv6"] },
  single: { ipFamilyPolicy: "SingleStack" },
  preferred: { ipFamilyPolicy: "PreferDualStack" },
  required: { ipFamilyPolicy: "RequireDualStack" },
} satisfies Record<string, Asked>;

export type Ranges = keyof typeof ranges;
export type Families = keyof typeof families;

/** The ranges that are taken, by what is said of families. Those that are not listed are refused. */
type Taken = Readonly<Record<Families, readonly Ranges[]>>;

/** What becomes of source ranges with one controller, by hand from its documents. */
export interface RangeTable {
  readonly controller: string;
  /** Where it is written. */
  readonly sources: readonly string[];
  /** What lets in the ranges alone. */
  readonly by: string;
  /** What it has to be asked for anything at all. */
  readonly asked: Asked;
  readonly taken: { readonly Public: Taken; readonly Internal: Taken };
  /** What is asked beside them and leaves them without effect. All else that it can be asked leaves them as they are. */
  readonly weakened: readonly { readonly asked: Asked; readonly why: string }[];
  /** Annotations that leave them without effect, or would add to them. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Whether it sends traffic to ports of nodes: always, never, or where this is asked. */
  readonly nodePorts: "always" | "never" | Asked;
}

const of4: readonly Ranges[] = ["office4", "all4"];
const of6: readonly Ranges[] = ["office6", "all6"];
const ofBoth: readonly Ranges[] = ["office", "all"];

/** A load balancer has the families of its Service, which is of IPv4 where nobody says. */
const asTheService: Taken = {
  nothing: of4,
  IPv4: of4,
  IPv6: of6,
  single: of4,
  preferred: ofBoth,
  required: ofBoth,
};
/** A load balancer has IPv4 addresses alone, and two families cannot be asked. */
const ipv4Alone: Taken = {
  nothing: of4,
  IPv4: of4,
  IPv6: of4,
  single: of4,
  preferred: [],
  required: [],
};
/** A load balancer has addresses of IPv4, or of both. */
const ipv4OrBoth: Taken = { ...ipv4Alone, preferred: ofBoth, required: ofBoth };
/** Targets of IPv6 make it one of both. */
const awsNetwork: Taken = { ...ipv4OrBoth, IPv6: ofBoth };

const everywhere = (taken: Taken) => ({ Public: taken, Internal: taken });
const aws = (name: string) => `service.beta.kubernetes.io/aws-load-balancer-${name}`;
const azure = (name: string) => `service.beta.kubernetes.io/azure-${name}`;
const digitalOcean = (name: string) => `service.beta.kubernetes.io/do-loadbalancer-${name}`;
const RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

const KUBE_PROXY =
  "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/proxy/serviceport.go (a family without a range is open)";
const LBC =
  "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/pkg/service";

const networkLoadBalancer: Omit<RangeTable, "controller" | "nodePorts"> = {
  sources: [
    `${LBC}/model_build_managed_sg.go (a range of IPv6 needs "dualstack")`,
    `${LBC}/model_build_load_balancer.go (security-groups and disable-nlb-sg take the place of the managed group)`,
    `${LBC}/model_build_target_group.go ("unsupported IPv6 configuration, lb not dual-stack")`,
  ],
  by: "the load balancer's security group",
  asked: {},
  taken: everywhere(awsNetwork),
  weakened: [{ asked: { securityGroups: ["sg-1"] }, why: "they are its security groups then" }],
  annotations: {
    [RANGES]: "0.0.0.0/0",
    [aws("security-groups")]: "sg-1",
    [aws("disable-nlb-sg")]: "true",
    [aws("security-group-prefix-lists")]: "pl-1",
    [aws("inbound-sg-rules-on-private-link-traffic")]: "off",
  },
};

/** By hand, each from the documents and the source of its controller. */
export const rangeTables: readonly RangeTable[] = [
  {
    ...networkLoadBalancer,
    controller: "AwsLoadBalancerController",
    nodePorts: { targetType: "Instance" },
  },
  { ...networkLoadBalancer, controller: "EksAutoMode", nodePorts: { targetType: "Instance" } },
  {
    controller: "AwsCloudControllerNlb",
    sources: [
      "https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.0/pkg/providers/v1/aws_loadbalancer.go (updateInstanceSecurityGroupsForNLB: the ranges, and the load balancer's own subnets for health checks)",
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation",
    ],
    by: "the nodes' security group",
    asked: {},
    taken: everywhere(ipv4Alone),
    weakened: [
      { asked: { preserveClientIp: false }, why: "nodes see the load balancer as the client" },
    ],
    annotations: {
      [RANGES]: "0.0.0.0/0",
      [aws("security-groups")]: "sg-1",
      [aws("target-group-attributes")]: "preserve_client_ip.enabled=false",
    },
    nodePorts: "always",
  },
  {
    controller: "AwsCloudControllerClassic",
    sources: [
      "https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.0/pkg/providers/v1/aws.go (EnsureLoadBalancer: the ranges are rules of the group that it makes, and of no other)",
    ],
    by: "the load balancer's security group",
    asked: {},
    taken: everywhere(ipv4Alone),
    weakened: [{ asked: { securityGroups: ["sg-1"] }, why: "they are its security groups then" }],
    annotations: {
      [RANGES]: "0.0.0.0/0",
      [aws("security-groups")]: "sg-1",
      [aws("extra-security-groups")]: "sg-1",
    },
    nodePorts: "always",
  },
  {
    controller: "GoogleCloud",
    sources: [
      "https://github.com/kubernetes/ingress-gce/blob/master/pkg/l4/utils/sourceranges.go (a family without a range is open)",
      "https://github.com/kubernetes/ingress-gce/blob/master/pkg/l4 (no port of a node is read)",
      KUBE_PROXY,
    ],
    by: "the network's firewall, and kube-proxy",
    asked: {},
    taken: everywhere(asTheService),
    weakened: [],
    annotations: { [RANGES]: "0.0.0.0/0" },
    nodePorts: "never",
  },
  {
    controller: "Azure",
    sources: [
      "https://github.com/kubernetes-sigs/cloud-provider-azure/blob/v1.33.0/pkg/provider/loadbalancer/accesscontrol.go (DenyAllExceptSourceRanges: the virtual network is let in without it)",
      "https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/",
      KUBE_PROXY,
    ],
    by: "the network security group, and kube-proxy",
    asked: {},
    taken: everywhere(asTheService),
    weakened: [],
    annotations: {
      [RANGES]: "0.0.0.0/0",
      [azure("deny-all-except-load-balancer-source-ranges")]: "false",
      [azure("allowed-ip-ranges")]: "0.0.0.0/0",
      [azure("allowed-service-tags")]: "Internet",
      [azure("additional-public-ips")]: "203.0.113.9",
      [azure("disable-load-balancer-nsg-rule")]: "true",
      [azure("disable-load-balancer-floating-ip")]: "true",
    },
    nodePorts: "always",
  },
  {
    controller: "DigitalOcean",
    sources: [
      "https://github.com/digitalocean/digitalocean-cloud-controller-manager/blob/v0.1.68/cloud-controller-manager/do/loadbalancers.go (buildFirewall, getNetworkStack)",
      "https://github.com/digitalocean/digitalocean-cloud-controller-manager/issues/692 (a range of IPv6 leaves the whole firewall open)",
    ],
    by: "the load balancer's firewall",
    asked: {},
    taken: { Public: ipv4OrBoth, Internal: ipv4Alone },
    weakened: [],
    annotations: {
      [RANGES]: "0.0.0.0/0",
      [digitalOcean("allow-rules")]: "cidr:0.0.0.0/0",
      [digitalOcean("deny-rules")]: "cidr:198.51.100.0/24",
    },
    nodePorts: "always",
  },
  {
    controller: "HetznerCloud",
    sources: [
      "https://github.com/hetznercloud/hcloud-cloud-controller-manager/blob/main/internal/hcops/load_balancer.go (no source range is read)",
      "https://github.com/hetznercloud/hcloud-cloud-controller-manager/pull/137 (always an IPv4 and an IPv6 address)",
    ],
    by: "nothing",
    asked: { location: "fsn1" },
    taken: everywhere({
      nothing: ["all4", "all"],
      IPv4: ["all4", "all"],
      IPv6: ["all4", "all"],
      single: ["all4", "all"],
      preferred: ["all"],
      required: ["all"],
    }),
    weakened: [],
    annotations: { [RANGES]: "0.0.0.0/0" },
    nodePorts: "always",
  },
  {
    controller: "MetalLb",
    sources: ["https://metallb.io/usage/#traffic-policies", KUBE_PROXY],
    by: "kube-proxy",
    asked: { addressPool: "office" },
    taken: everywhere(asTheService),
    weakened: [],
    annotations: { [RANGES]: "0.0.0.0/0" },
    nodePorts: "never",
  },
  {
    controller: "K3sServiceLb",
    sources: [
      "https://github.com/k3s-io/k3s/blob/v1.33.0+k3s1/pkg/cloudprovider/servicelb.go (newDaemonSet: the Service's address, and with Local the node's port)",
      "https://github.com/k3s-io/klipper-lb/blob/master/entry (ranges are let through, all else is dropped)",
      KUBE_PROXY,
    ],
    by: "the Pods of ServiceLB, and kube-proxy",
    asked: {},
    taken: everywhere(asTheService),
    weakened: [
      {
        asked: { externalTrafficPolicy: "Local" },
        why: "the nodes' ports, which it then needs, are at the same addresses",
      },
    ],
    annotations: { [RANGES]: "0.0.0.0/0" },
    nodePorts: { externalTrafficPolicy: "Local" },
  },
];
