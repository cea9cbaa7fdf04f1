import type {
  BackendArgs,
  LoadBalancerServiceArgs,
  NodePortServiceArgs,
} from "../../../../components/index.ts";
import type { ComponentName } from "../render.ts";
import { headless, oneOfEach, served } from "./bases.ts";
import { breaks, type Mutation } from "./mutation.ts";
import { not } from "./values.ts";

const ENTRANCES = ["LoadBalancerService", "NodePortService"] as const;
const ofEntrances = (mutate: (component: ComponentName) => Mutation) => ENTRANCES.map(mutate);

const FAMILY_COMPONENTS = ["Backend", "NodePortService"] as const;
const ofFamilies = (mutate: (component: ComponentName) => Mutation) =>
  FAMILY_COMPONENTS.map(mutate);

const noAffinity = { sessionAffinity: undefined, sessionAffinityTimeoutSeconds: undefined };
const clientIp = { ...noAffinity, sessionAffinity: "ClientIP" };
const families = { ipFamilies: ["IPv4", "IPv6"], ipFamilyPolicy: "PreferDualStack" };

/** The rules of a Service's fields. */
export const serviceFields: readonly Mutation[] = [
  breaks(
    "nodePort: in the range of the cluster",
    "NodePortService",
    "ports[0].nodePort",
    [29_999, 32_768, 0, 80, 1.5, "30080"],
    {
      args: ({ cluster }: NodePortServiceArgs) => ({
        cluster: { ...cluster, nodePortRange: undefined },
      }),
    },
  ),
  breaks(
    "nodePort: in the range of the cluster",
    "NodePortService",
    "ports[0].nodePort",
    [30_009, 30_021],
    {
      args: ({ cluster }: NodePortServiceArgs) => ({
        cluster: { ...cluster, nodePortRange: { first: 30_010, last: 30_020 } },
      }),
    },
  ),
  breaks(
    "healthCheckNodePort: in the range of the cluster",
    "LoadBalancerService",
    "healthCheckNodePort",
    [29_999, 32_768, 0, 80, 1.5, "30080", null],
    {
      args: ({ cluster }: LoadBalancerServiceArgs) => ({
        ...{ cluster: { ...cluster, nodePortRange: undefined }, externalTrafficPolicy: "Local" },
      }),
    },
  ),
  breaks(
    "healthCheckNodePort: in the range of the cluster",
    "LoadBalancerService",
    "healthCheckNodePort",
    [30_009, 30_021],
    {
      args: ({ cluster }: LoadBalancerServiceArgs) => ({
        cluster: { ...cluster, nodePortRange: { first: 30_010, last: 30_020 } },
        externalTrafficPolicy: "Local",
      }),
    },
  ),
  ...[undefined, "Cluster"].map((externalTrafficPolicy) =>
    breaks(
      "healthCheckNodePort: only with the policy Local",
      "LoadBalancerService",
      "healthCheckNodePort",
      [30_000, 30_080, 32_767],
      {
        args: ({ cluster }: LoadBalancerServiceArgs) => ({
          ...{ cluster: { ...cluster, nodePortRange: undefined }, externalTrafficPolicy },
        }),
      },
    ),
  ),
  breaks(
    "loadBalancerSourceRanges: canonical CIDRs",
    "LoadBalancerService",
    "sourceRanges[0]",
    not.cidr,
    {
      args: { sourceRanges: [] },
    },
  ),
  breaks("loadBalancerSourceRanges: canonical CIDRs", "LoadBalancerService", "sourceRanges", [
    [],
    null,
    "10.0.0.0/8",
  ]),
  ...ofEntrances((it) =>
    breaks("externalTrafficPolicy: Cluster or Local", it, "externalTrafficPolicy", not.choice),
  ),
  breaks(
    "internalTrafficPolicy: Cluster or Local",
    "Backend",
    "internalTrafficPolicy",
    not.choice,
    { args: served },
  ),
  breaks("trafficDistribution: a closed choice", "Backend", "trafficDistribution", not.choice, {
    args: served,
  }),
  breaks("sessionAffinity: None or ClientIP", "Backend", "sessionAffinity", not.choice, {
    args: served,
  }),
  ...ofEntrances((it) =>
    breaks("sessionAffinity: None or ClientIP", it, "sessionAffinity", not.choice),
  ),
  breaks("sessionAffinity: not of this load balancer", "LoadBalancerService", "sessionAffinity", [
    "ClientIP",
  ]),
  ...ofEntrances((it) =>
    breaks(
      "sessionAffinityConfig: only with ClientIP",
      it,
      "sessionAffinityTimeoutSeconds",
      [1, 10_800],
      { args: noAffinity },
    ),
  ),
  breaks(
    "sessionAffinityConfig: only with ClientIP",
    "Backend",
    "sessionAffinityTimeoutSeconds",
    [1, 10_800],
    {
      args: (args: BackendArgs) => ({ ...served(args), sessionAffinity: "None" }),
    },
  ),
  breaks(
    "timeoutSeconds: 1 to 86400",
    "NodePortService",
    "sessionAffinityTimeoutSeconds",
    [0, -1, 86_401, 1.5, "60", null],
    { args: clientIp },
  ),
  breaks(
    "timeoutSeconds: 1 to 86400",
    "Backend",
    "sessionAffinityTimeoutSeconds",
    [0, -1, 86_401, 1.5, "60", null],
    {
      args: (args: BackendArgs) => ({ ...served(args), ...clientIp }),
    },
  ),
  ...ofFamilies((it) =>
    breaks("ipFamilyPolicy: a closed choice", it, "ipFamilyPolicy", not.choice),
  ),
  ...ofFamilies((it) =>
    breaks("ipFamilies: IPv4 or IPv6", it, "ipFamilies[1]", ["ipv6", "", 6, null], {
      args: families,
    }),
  ),
  ...ofFamilies((it) =>
    breaks("ipFamilies: each once, so at most two", it, "ipFamilies[1]", ["IPv4"], {
      args: families,
    }),
  ),
  ...ofFamilies((it) =>
    breaks(
      "ipFamilies: two need a dual-stack policy",
      it,
      "ipFamilyPolicy",
      [undefined, "SingleStack"],
      { args: families },
    ),
  ),
  breaks("headless: translates no ports", "Backend", "ports[0].port", [80], { args: headless }),
  breaks("headless: has no proxy", "Backend", "internalTrafficPolicy", ["Local", "Cluster"], {
    args: headless,
  }),
  breaks("headless: has no proxy", "Backend", "trafficDistribution", ["PreferSameZone"], {
    args: headless,
  }),
  breaks("headless: has no proxy", "Backend", "sessionAffinity", ["ClientIP"], { args: headless }),
  breaks(
    "mixed protocols: not of this load balancer",
    "LoadBalancerService",
    "ports[1]",
    [{ port: 81, targetPort: "two" }],
    {
      args: oneOfEach,
      path: "args.ports[1].targetPort",
    },
  ),
  breaks(
    "SCTP: not of this load balancer",
    "LoadBalancerService",
    "ports[0].targetPort",
    ["three"],
    { args: oneOfEach },
  ),
  ...ofEntrances((it) =>
    breaks("targetPort: one that the Pods declare", it, "ports[0].targetPort", ["absent"]),
  ),
];

/** Rules of a Service's fields that no argument can break: there is none for them. */
export const UNSTATABLE: Readonly<Record<string, string>> = {
  allocateLoadBalancerNodePorts: "load balancers send to node ports, so they always have them",
  clusterIP:
    "the API server chooses it; headless is an argument of the Backend's own Service alone",
  clusterIPs: "the API server chooses them",
  endpoints: "the controllers of the cluster make EndpointSlices from the Pods",
  externalIPs: "deprecated, and a way to take over the traffic of others",
  externalName: "a Service stands for Pods here",
  loadBalancerClass: "follows from the controller, which is stated once per cluster",
  loadBalancerIP: "deprecated; no controller here reads it",
  status: "controllers write it",
  type: "follows from the component",
};
