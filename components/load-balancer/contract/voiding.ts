/** Annotations by key, with the values that make source ranges ineffective. */
export type Voiding = Readonly<Record<string, RegExp>>;

/** The prefix of the annotations that AWS's controllers read. */
export const AWS_PREFIX = "service.beta.kubernetes.io/aws-load-balancer-";

const aws = (name: string): string => `${AWS_PREFIX}${name}`;
const azure = (name: string): string => `service.beta.kubernetes.io/azure-${name}`;

/**
 * For the AWS Load Balancer Controller and EKS Auto Mode, which write ranges as rules of a security group.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#access-control
 */
export const VOIDING_AWS_NETWORK: Voiding = {
  [aws("security-groups")]: /./,
  [aws("disable-nlb-sg")]: /^true$/i,
  [aws("security-group-prefix-lists")]: /./,
};

/** For the AWS cloud controller's Network Load Balancers, whose ranges are rules of the nodes. */
export const VOIDING_AWS_NODES: Voiding = {
  [aws("target-group-attributes")]: /preserve_client_ip\.enabled=false/,
};

/** For the AWS cloud controller's Classic Load Balancers. */
export const VOIDING_AWS_CLASSIC: Voiding = {
  [aws("security-groups")]: /./,
  [aws("extra-security-groups")]: /./,
};

/**
 * For Azure. Without a floating IP the rules would apply to the nodes' addresses and deny other traffic to them.
 *
 * @see https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
 */
export const VOIDING_AZURE: Voiding = {
  [azure("disable-load-balancer-nsg-rule")]: /^true$/i,
  [azure("disable-load-balancer-floating-ip")]: /^true$/i,
  [azure("allowed-service-tags")]: /./,
};

/** For Hetzner Cloud, where nothing enforces the ranges of a load balancer in a public network. */
export const VOIDING_HETZNER: Voiding = {
  "load-balancer.hetzner.cloud/disable-public-network": /^(?!true$)/,
};

/** For Oracle Cloud, where a group of one's own is added to the one with the ranges. */
export const VOIDING_ORACLE: Voiding = {
  "oci-network-load-balancer.oraclecloud.com/oci-network-security-groups": /./,
};
