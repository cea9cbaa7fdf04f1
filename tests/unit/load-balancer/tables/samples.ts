import type { OptionName } from "../../../../components/load-balancer/contract/option-names.ts";
import {
  type Asked,
  awsTls,
  type Cell,
  everybody,
  https,
  internal,
  sctp,
  tcpAndUdpOnOnePort,
  udp,
} from "./table.ts";

const tls = { ports: https };
const DELAY = { "deregistration_delay.timeout_seconds": "120" };

/** Ways to ask for an option that every controller is asked, if they are other ones than in the tables. */
export const samples: { readonly [Name in OptionName]?: readonly Asked[] } = {
  certificates: [{ ...tls, certificates: ["my-certificate"] }],
  tlsPorts: [{ ...tls, tlsPorts: ["https"] }],
  tlsPolicy: [{ ...tls, tlsPolicy: "Modern" }],
  alpnPolicy: [
    { ...tls, alpnPolicy: "HTTP2Preferred" },
    { ...awsTls, alpnPolicy: "HTTP2Preferred" },
  ],
  backendProtocol: [{ ...tls, backendProtocol: "Tls" }],
  loadBalancerName: [{ loadBalancerName: "shop-prod-front" }],
  staticAddresses: [
    { staticAddresses: ["203.0.113.7"] },
    { staticAddresses: ["eipalloc-a1"], subnets: ["subnet-a"] },
  ],
  subnets: [{ subnets: ["subnet-a"] }],
  location: [{ location: "fsn1" }],
  addressPool: [{ addressPool: "public" }],
  sharedAddressKey: [{ sharedAddressKey: "front" }],
  securityGroups: [{ securityGroups: ["sg-1"], sourceRanges: undefined }],
  tags: [{ tags: { app: "shop" } }],
  healthCheckPort: [{ healthCheckPort: "http" }],
  healthCheckProtocol: [{ healthCheckProtocol: "Tcp" }],
  healthCheckPath: [{ healthCheckPath: "/readyz" }],
  healthCheckIntervalSeconds: [{ healthCheckIntervalSeconds: 20 }],
  healthCheckTimeoutSeconds: [{ healthCheckTimeoutSeconds: 5 }, { healthCheckTimeoutSeconds: 10 }],
  healthCheckHealthyThreshold: [{ healthCheckHealthyThreshold: 3 }],
  healthCheckUnhealthyThreshold: [{ healthCheckUnhealthyThreshold: 3 }],
  targetType: [{ targetType: "Instance" }],
  proxyProtocol: [{ proxyProtocol: true }],
  preserveClientIp: [{ preserveClientIp: true }, { preserveClientIp: false }],
  idleTimeoutSeconds: [{ idleTimeoutSeconds: 60 }],
  crossZone: [{ crossZone: true }],
  zonalDns: [{ zonalDns: "ZoneAffinity" }],
  accessLogsBucket: [{ accessLogsBucket: "logs" }],
  accessLogsPrefix: [{ accessLogsPrefix: "front" }],
  deletionProtection: [{ deletionProtection: true }],
  loadBalancerAttributes: [{ loadBalancerAttributes: { "zonal_shift.config.enabled": "true" } }],
  targetGroupAttributes: [
    { targetGroupAttributes: { "stickiness.enabled": "true" } },
    { targetGroupAttributes: DELAY },
  ],
};

/** What a cluster without a controller is asked beside the options. */
export const besideSamples: readonly Pick<Cell, "asked" | "cell">[] = [
  { cell: "annotations", asked: { annotations: { "example.com/team": "shop" } } },
  { cell: "exposure", asked: {} },
  { cell: "exposure", asked: internal },
  { cell: "sourceRanges", asked: { sourceRanges: ["198.51.100.0/24"] } },
  {
    cell: "ipFamilyPolicy",
    asked: { sourceRanges: everybody, ipFamilyPolicy: "RequireDualStack" },
  },
  { cell: "externalTrafficPolicy", asked: { externalTrafficPolicy: "Local" } },
  { cell: "sessionAffinity", asked: { sessionAffinity: "ClientIP" } },
  { cell: "udp", asked: { ports: udp } },
  { cell: "tcpAndUdp", asked: { ports: tcpAndUdpOnOnePort } },
  { cell: "sctp", asked: { ports: sctp } },
];
