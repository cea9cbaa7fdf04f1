import {
  IpFamily,
  IpFamilyPolicy,
  Protocol,
  SessionAffinity,
  TrafficDistribution,
  TrafficPolicy,
} from "../../../components/index.ts";
import type { Option } from "./option.ts";

const http = { name: "http", containerPort: 8080, port: 80 };
const local = { externalTrafficPolicy: TrafficPolicy.Local };

/** How Pods can be reached, and what they can reach. */
export const networkOptions: readonly Option[] = [
  {
    name: "protocols",
    backend: {
      ports: [
        { ...http, protocol: Protocol.TCP },
        { name: "dns", containerPort: 5353, port: 53, protocol: Protocol.UDP },
        { name: "dns-tcp", containerPort: 5353, port: 53 },
        { name: "signal", containerPort: 9900, port: 9900, protocol: Protocol.SCTP },
      ],
    },
    nodePortService: {
      ports: [
        { port: 80, targetPort: "http" },
        { port: 53, targetPort: "dns" },
        { port: 9900, targetPort: "signal" },
      ],
    },
    loadBalancerService: { ...local, ports: [{ port: 53, targetPort: "dns" }] },
  },
  {
    name: "app-protocols",
    backend: {
      ports: [
        { ...http, appProtocol: "http" },
        { name: "tls", containerPort: 8443, port: 443, appProtocol: "https" },
        { name: "grpc", containerPort: 9090, port: 9090, appProtocol: "kubernetes.io/h2c" },
        { name: "metrics", containerPort: 9100 },
      ],
    },
    loadBalancerService: {
      ports: [
        { port: 80, targetPort: "http", name: "web" },
        { port: 443, targetPort: "tls" },
      ],
    },
  },
  {
    name: "no-service",
    backend: { ports: [{ name: "http", containerPort: 8080 }], allowedCallers: [] },
  },
  {
    name: "callers",
    backend: {
      ports: [http, { name: "admin", containerPort: 9901 }],
      allowedCallers: [
        {},
        { podLabels: { app: "front" } },
        { namespace: "other", podLabels: { app: "caller" }, ports: ["http", "admin"] },
      ],
      closeEgress: true,
    },
  },
  { name: "no-callers", backend: { allowedCallers: [], closeEgress: true } },
  {
    name: "dns-servers",
    backend: { closeEgress: true, dnsServerRanges: ["10.96.0.10/32", "fd00::10/128"] },
  },
  {
    name: "entrance-port",
    backend: {
      ports: [
        { name: "http", containerPort: 8080, entrance: true },
        { name: "admin", containerPort: 9901 },
      ],
    },
  },
  { name: "no-policy", backend: { networkPolicy: false, closeEgress: false } },
  {
    name: "session-affinity",
    backend: { sessionAffinity: SessionAffinity.ClientIP, sessionAffinityTimeoutSeconds: 600 },
    nodePortService: { sessionAffinity: SessionAffinity.ClientIP },
    loadBalancerService: { sessionAffinity: SessionAffinity.None },
  },
  {
    name: "headless",
    backend: {
      ports: [{ name: "http", containerPort: 8080, port: 8080 }],
      headless: true,
      publishNotReadyAddresses: true,
    },
  },
  {
    name: "local-traffic",
    backend: {
      internalTrafficPolicy: TrafficPolicy.Local,
      publishNotReadyAddresses: false,
    },
    nodePortService: local,
    loadBalancerService: local,
  },
  {
    name: "near-traffic",
    backend: {
      trafficDistribution: TrafficDistribution.PreferSameZone,
      internalTrafficPolicy: TrafficPolicy.Cluster,
    },
    nodePortService: { externalTrafficPolicy: TrafficPolicy.Cluster },
  },
  {
    name: "same-node-traffic",
    backend: {
      trafficDistribution: TrafficDistribution.PreferSameNode,
      sessionAffinity: SessionAffinity.None,
    },
  },
  {
    name: "one-family",
    backend: { ipFamilyPolicy: IpFamilyPolicy.SingleStack, ipFamilies: [IpFamily.IPv4] },
    nodePortService: { ipFamilyPolicy: IpFamilyPolicy.SingleStack },
  },
  {
    name: "patches",
    backend: {
      replicas: 2,
      secretEnv: { PASSWORD: "canary-of-new" },
      patches: {
        deployment: {
          spec: {
            revisionHistoryLimit: 3,
            template: { spec: { dnsConfig: { options: [{ name: "ndots", value: "1" }] } } },
          },
        },
        service: { metadata: { annotations: { "example.com/owner": "web" } } },
        serviceAccount: { imagePullSecrets: [{ name: "registry" }] },
        secret: { metadata: { labels: { team: "web" } } },
        networkPolicy: { metadata: { labels: { team: "web" } } },
        podDisruptionBudget: { spec: { unhealthyPodEvictionPolicy: "IfHealthyBudget" } },
      },
    },
  },
];
