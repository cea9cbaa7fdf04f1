import { arn, awsTls, type Cell, fixedPorts, internal, namedTls, refuses, takes } from "./table.ts";

/** The annotations of a Network Load Balancer whose TLS ends at port 443. */
export const AWS_TLS = {
  "ssl-cert": arn("one"),
  "ssl-ports": "443",
  "ssl-negotiation-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "backend-protocol": "tcp",
  "alpn-policy": "None",
};

/** Why health checks cannot be of a UDP port, with the ways out. */
export const unchecked = (index: number, ...ways: readonly string[]) => {
  const annotation =
    "the annotation service.beta.kubernetes.io/aws-load-balancer-healthcheck-port with the number of a TCP port";
  return `args.ports[${index}].targetPort is "dns", must be a TCP port, which health checks can connect to, or set ${[...ways, annotation].join(" or ")}`;
};

/** Nodes say themselves whether they have a ready Pod. */
export const BY_LOCAL = 'args.externalTrafficPolicy "Local"';

/** Health checks of a port of the Service. */
export const BY_PORT = 'args.healthCheckPort "http"';

/** What every controller of AWS does alike. */
export const awsCells: readonly Cell[] = [
  refuses(
    "certificates",
    namedTls,
    'args.certificates[0] is "my-certificate", must be the ARN of a certificate in AWS Certificate Manager or IAM, such as arn:aws:acm:eu-west-1:123456789012:certificate/0aa1',
  ),
  takes("subnets", { subnets: ["subnet-a", "my-subnet"] }, { subnets: "subnet-a,my-subnet" }),
  takes(
    "tags",
    { tags: { app: "shop", stack: "prod" } },
    { "additional-resource-tags": "app=shop,stack=prod" },
  ),
  takes(
    "annotations",
    { annotations: { "healthcheck-port": "10256" } },
    { "healthcheck-port": "10256" },
  ),
  takes("healthCheckProtocol", { healthCheckProtocol: "Tcp" }),
  takes(
    "healthCheckProtocol",
    { healthCheckProtocol: "Http", healthCheckPath: "/readyz" },
    { "healthcheck-protocol": "HTTP", "healthcheck-path": "/readyz" },
  ),
  takes(
    "healthCheckProtocol",
    { healthCheckProtocol: "Https", healthCheckPath: "/readyz" },
    { "healthcheck-protocol": "HTTPS", "healthcheck-path": "/readyz" },
  ),
  takes(
    "healthCheckPath",
    { healthCheckPath: "/readyz" },
    { "healthcheck-protocol": "HTTP", "healthcheck-path": "/readyz" },
  ),
  takes(
    "healthCheckIntervalSeconds",
    { healthCheckIntervalSeconds: 300 },
    { "healthcheck-interval": "300" },
  ),
  refuses(
    "accessLogsPrefix",
    { ...awsTls, accessLogsBucket: "logs", accessLogsPrefix: "AWSLogs" },
    'args.accessLogsPrefix is "AWSLogs", must be a folder without "AWSLogs", which AWS adds itself, and without "/" at its ends',
  ),
  takes(
    "annotations",
    { annotations: { "target-node-labels": "pool=front" } },
    { "target-node-labels": "pool=front" },
  ),
];

/** What the controllers do alike that support a timeout of health checks. */
export const awsHealthCheckCells: readonly Cell[] = [
  refuses(
    "healthCheckIntervalSeconds",
    { healthCheckIntervalSeconds: Symbol("10"), healthCheckTimeoutSeconds: 5 },
    "args.healthCheckIntervalSeconds is Symbol(10), must be an integer from 1 up",
  ),
  takes(
    "healthCheckIntervalSeconds",
    { healthCheckIntervalSeconds: 5, healthCheckTimeoutSeconds: 4 },
    { "healthcheck-interval": "5", "healthcheck-timeout": "4" },
  ),
  takes(
    "healthCheckIntervalSeconds",
    { healthCheckIntervalSeconds: 6 },
    { "healthcheck-interval": "6", "healthcheck-timeout": "5" },
  ),
  takes(
    "healthCheckTimeoutSeconds",
    { healthCheckTimeoutSeconds: 2 },
    { "healthcheck-timeout": "2" },
  ),
  takes(
    "healthCheckHealthyThreshold",
    { healthCheckHealthyThreshold: 10 },
    { "healthcheck-healthy-threshold": "10" },
  ),
  takes(
    "healthCheckUnhealthyThreshold",
    { healthCheckUnhealthyThreshold: 10 },
    { "healthcheck-unhealthy-threshold": "10" },
  ),
];

/** What the cloud controller does with the port of health checks, which it reads as that of the nodes. */
export const nodePortCheckCells = (name: string): readonly Cell[] => [
  takes(
    "healthCheckPort",
    { healthCheckPort: "https", ports: fixedPorts },
    { "healthcheck-port": "30081" },
  ),
  refuses(
    "healthCheckPort",
    { healthCheckPort: "http" },
    `args.healthCheckPort is "http", must be a port with a fixed nodePort: ${name} reads its number`,
  ),
  refuses(
    "healthCheckPort",
    { healthCheckPort: "http", ports: fixedPorts, externalTrafficPolicy: "Local" },
    'args.healthCheckPort is "http", must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
  ),
];

/** What the controllers of Network Load Balancers do alike. */
export const awsNetworkCells: readonly Cell[] = [
  takes(
    "staticAddresses",
    { staticAddresses: ["eipalloc-a1", "eipalloc-b2"], subnets: ["subnet-a", "subnet-b"] },
    { "eip-allocations": "eipalloc-a1,eipalloc-b2", subnets: "subnet-a,subnet-b" },
  ),
  refuses(
    "staticAddresses",
    { staticAddresses: ["eipalloc-a1"] },
    "args.staticAddresses.length is 1, must be as many as args.subnets, which has 0: each address is for the subnet in the same place",
  ),
  refuses(
    "staticAddresses",
    { staticAddresses: ["eipalloc-a1", "eipalloc-b2"], subnets: ["subnet-a"] },
    "args.staticAddresses.length is 2, must be as many as args.subnets, which has 1: each address is for the subnet in the same place",
  ),
  refuses(
    "staticAddresses",
    { staticAddresses: ["203.0.113.7"], subnets: ["subnet-a"] },
    'args.staticAddresses[0] is "203.0.113.7", must be the allocation id of an Elastic IP for a public load balancer, such as eipalloc-0aa1',
  ),
  refuses(
    "staticAddresses",
    { ...internal, staticAddresses: ["eipalloc-a1"], subnets: ["subnet-a"] },
    'args.staticAddresses[0] is "eipalloc-a1", must be an IPv4 address of the subnet for an internal load balancer',
  ),
  refuses(
    "accessLogsBucket",
    { accessLogsBucket: "logs" },
    'args.accessLogsBucket is "logs", must not be set without args.certificates, a Network Load Balancer logs only connections whose TLS it terminates',
  ),
];

/** What the AWS cloud controller does alike with both kinds of load balancers. */
export const cloudControllerCells = (name: string): readonly Cell[] => [
  refuses(
    "externalTrafficPolicy",
    { externalTrafficPolicy: "Local", healthCheckProtocol: "Http" },
    'args.healthCheckProtocol is "Http", must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
  ),
  refuses(
    "tags",
    {
      tags: {
        "kubernetes.io/service-name": "shop",
        "kubernetes.io/cluster/shop": "owned",
        "aws:team": "shop",
      },
    },
    'args.tags["kubernetes.io/service-name"] is "shop", must not be set: the controller or AWS writes it',
    'args.tags["kubernetes.io/cluster/shop"] is "owned", must not be set: the controller or AWS writes it',
    'args.tags["aws:team"] is "shop", must not be set: the controller or AWS writes it',
  ),
  takes("crossZone", { crossZone: true }, { "cross-zone-load-balancing-enabled": "true" }),
  takes("crossZone", { crossZone: false }, { "cross-zone-load-balancing-enabled": "false" }),
  takes(
    "exposure",
    internal,
    { internal: "true" },
    { spec: { loadBalancerSourceRanges: undefined } },
  ),
  refuses(
    "sourceRanges",
    { sourceRanges: ["::/0"] },
    `args.sourceRanges[0] is "::/0", must be an IPv4 range, load balancers of ${name} have no IPv6 address`,
  ),
  refuses(
    "ipFamilyPolicy",
    { ipFamilyPolicy: "RequireDualStack" },
    `args.ipFamilyPolicy is "RequireDualStack", must not be set: load balancers of ${name} have no IPv6 address`,
  ),
];
