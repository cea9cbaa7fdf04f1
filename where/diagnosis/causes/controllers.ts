/** A controller of load balancers, and by what a Service shows that it is meant or at work. */
export interface Controller {
  /** Its name. */
  readonly name: string;
  /** The `loadBalancerClass` values that it serves. */
  readonly classes: RegExp;
  /** The prefixes of its annotations. */
  readonly annotations: RegExp;
  /** The finalizers that only it adds. */
  readonly finalizers: RegExp;
}

/** Controllers whose marks are known, from their documents and sources. */
export const CONTROLLERS: readonly Controller[] = [
  {
    // https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/
    name: "the AWS Load Balancer Controller",
    classes: /^service\.k8s\.aws\/|^eks\.amazonaws\.com\//,
    annotations: /^service\.beta\.kubernetes\.io\/aws-load-balancer-/,
    finalizers: /^service\.(k8s\.aws|eks\.amazonaws\.com)\/resources$/,
  },
  {
    // https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters
    name: "the controller of Google Cloud",
    classes: /^networking\.gke\.io\//,
    annotations: /^(networking\.gke\.io|cloud\.google\.com)\//,
    finalizers: /^gke\.networking\.io\/|^networking\.gke\.io\//,
  },
  {
    // https://metallb.io/usage/
    name: "MetalLB",
    classes: /^metallb(\.io|\.universe\.tf|$)/,
    annotations: /^metallb\.(io|universe\.tf)\//,
    finalizers: /^metallb\./,
  },
  {
    // https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
    name: "the controller of Azure",
    classes: /^(service\.)?azure/,
    annotations: /^service\.beta\.kubernetes\.io\/azure-/,
    finalizers: /^azure/,
  },
  {
    // https://github.com/digitalocean/digitalocean-cloud-controller-manager/tree/master/docs
    name: "the controller of DigitalOcean",
    classes: /^digitalocean/,
    annotations: /^service\.beta\.kubernetes\.io\/do-loadbalancer-/,
    finalizers: /^digitalocean/,
  },
  {
    // https://github.com/hetznercloud/hcloud-cloud-controller-manager
    name: "the controller of Hetzner Cloud",
    classes: /^hcloud|^hetzner/,
    annotations: /^load-balancer\.hetzner\.cloud\//,
    finalizers: /^hcloud/,
  },
];

/** The controller that a class belongs to; undefined if it is not known. */
export const controllerOfClass = (name: string): Controller | undefined =>
  CONTROLLERS.find(({ classes }) => classes.test(name));
