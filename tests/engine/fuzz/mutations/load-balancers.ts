import type {
  LoadBalancerController,
  LoadBalancerServiceArgs,
} from "../../../../components/index.ts";
import { oneOfEach } from "./bases.ts";
import { breaks, type Mutation } from "./mutation.ts";

const IT = "LoadBalancerService";
const ARN = "arn:aws:acm:eu-central-1:111122223333:certificate/one";

/** A load balancer of a controller, whose ports are of TCP. */
const on =
  (controller: LoadBalancerController, more: object = {}) =>
  ({ cluster, target }: LoadBalancerServiceArgs) => ({
    ...oneOfEach({ target }),
    ...{ cluster: { ...cluster, controller }, ...more },
  });

const numbers = (rule: string, place: string, values: readonly unknown[], args: object = {}) =>
  breaks(rule, IT, place, [...values, 1.5, "10", null], { args });

/** Rules of what may be asked of the controllers of load balancers. */
export const loadBalancers: readonly Mutation[] = [
  breaks("options: those that the controller has", IT, "location", ["fsn1", "", null, 5]),
  breaks("options: those that the controller has", IT, "addressPool", ["office"]),
  breaks("certificates: ARNs on AWS", IT, "certificates[0]", ["my-certificate", "", 5, null], {
    args: on("AwsCloudControllerNlb", { certificates: [], tlsPorts: ["one"] }),
  }),
  breaks("certificates: as many as the controller takes", IT, "certificates", [[ARN, ARN]], {
    ...{ path: "args.certificates.length", plain: true },
  }),
  breaks("tlsPorts: names of ports", IT, "tlsPorts[0]", ["absent", "", 443], {
    args: { certificates: [ARN], tlsPorts: [] },
  }),
  breaks("TLS: with a certificate alone", IT, "tlsPolicy", ["Modern"], { plain: true }),
  breaks("backendProtocol: one that the controller speaks", IT, "backendProtocol", ["Http"], {
    args: on("AwsLoadBalancerController", { certificates: [ARN] }),
  }),
  breaks(
    "loadBalancerName: that of a load balancer in AWS",
    IT,
    "loadBalancerName",
    ["a".repeat(33), "internal-front", "-a", "a-", "a b", ""],
    { args: on("AwsLoadBalancerController") },
  ),
  breaks("staticAddresses: one for each subnet", IT, "staticAddresses", [["eipalloc-a"]], {
    ...{ args: { subnets: undefined }, path: "args.staticAddresses.length", plain: true },
  }),
  breaks("securityGroups: in place of source ranges", IT, "securityGroups", [["sg-1"]], {
    args: on("AwsCloudControllerClassic", { sourceRanges: ["10.0.0.0/8"] }),
    ...{ path: "args.sourceRanges", plain: true },
  }),
  breaks("tags: without what separates them", IT, "tags.app", ["a,b", 5, null], {
    ...{ args: { tags: {} }, path: 'args.tags["app"]' },
  }),
  numbers("health checks: in AWS's ranges", "healthCheckIntervalSeconds", [4, 301]),
  numbers("health checks: in AWS's ranges", "healthCheckTimeoutSeconds", [1, 121]),
  numbers("health checks: in AWS's ranges", "healthCheckUnhealthyThreshold", [1, 11]),
  breaks("health checks: over before the next one", IT, "healthCheckTimeoutSeconds", [11, 120], {
    args: { healthCheckIntervalSeconds: 10 },
  }),
  breaks("healthCheckPath: absolute", IT, "healthCheckPath", ["readyz", "", 5, null]),
  breaks("access logs: of TLS alone", IT, "accessLogsBucket", ["logs"], { plain: true }),
  breaks("access logs: a prefix without AWSLogs", IT, "accessLogsPrefix", ["AWSLogs/a", "/a"], {
    args: on("AwsCloudControllerNlb", {
      ...{ certificates: [ARN], tlsPorts: ["one"], accessLogsBucket: "logs" },
    }),
  }),
  breaks("attributes: known ones", IT, "loadBalancerAttributes", [{ unknown: "true" }], {
    args: on("AwsLoadBalancerController"),
    ...{ path: 'args.loadBalancerAttributes["unknown"]', plain: true },
  }),
  breaks(
    "annotations: what no argument says",
    IT,
    "annotations",
    [
      { "pulumi.com/skipAwait": "true" },
      { "service.beta.kubernetes.io/aws-load-balancer-internal": "true" },
      { "service.beta.kubernetes.io/load-balancer-source-ranges": "0.0.0.0/0" },
    ],
    { path: "args.annotations key", plain: true },
  ),
  numbers(
    "idleTimeoutSeconds: whole minutes on Azure",
    "idleTimeoutSeconds",
    [180, 241],
    on("Azure"),
  ),
  breaks("source ranges: anywhere on Hetzner Cloud", IT, "sourceRanges[0]", ["10.0.0.0/8"], {
    args: on("HetznerCloud", { sourceRanges: [], location: "fsn1" }),
  }),
  breaks("source ranges: of each family", IT, "sourceRanges", [["10.0.0.0/8"], ["fd00::/8"]], {
    args: on("GoogleCloud", { ipFamilyPolicy: "PreferDualStack", ipFamilies: undefined }),
  }),
  breaks("source ranges: with what enforces them", IT, "preserveClientIp", [false], {
    ...{ args: on("AwsCloudControllerNlb", { sourceRanges: ["10.0.0.0/8"] }), plain: true },
  }),
  breaks("addressPool: for MetalLB one or an address", IT, "addressPool", [undefined], {
    args: on("MetalLb", { staticAddresses: undefined }),
    plain: true,
  }),
  breaks("source ranges: for ServiceLB always", IT, "sourceRanges", [undefined], {
    args: on("K3sServiceLb", { exposure: "Internal" }),
    plain: true,
  }),
];
