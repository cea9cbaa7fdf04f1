import type { LoadBalancerServiceArgs } from "../../components/index.ts";
import { network } from "./rig.ts";
import { createSecurityGroup, requestCertificate, reserveAddress } from "./simulated-aws.ts";

/** What a front is asked. */
export type Asked = Omit<LoadBalancerServiceArgs, "target">;

/** What is asked, and what then has to be in AWS. */
export interface AwsIntent {
  readonly asked: Asked;
  readonly expected: Readonly<Record<string, unknown>>;
}

/** What fronts stand on in AWS, made before them. */
export interface AwsNeighbours {
  readonly certificate: string;
  readonly otherCertificate: string;
  readonly addresses: readonly string[];
  readonly otherAddresses: readonly string[];
  readonly securityGroup: string;
  readonly subnets: readonly string[];
}

/** Makes what fronts stand on. */
export async function makeNeighbours(): Promise<AwsNeighbours> {
  return {
    certificate: await requestCertificate("shop.example"),
    otherCertificate: await requestCertificate("office.example"),
    addresses: [await reserveAddress(), await reserveAddress()],
    otherAddresses: [await reserveAddress(), await reserveAddress()],
    securityGroup: await createSecurityGroup("office", network().vpcId),
    subnets: network().subnetIds,
  };
}

const http = { port: 80, targetPort: "http" };
const https = { port: 443, targetPort: "https" };
const office = ["198.51.100.0/24", "203.0.113.0/24"];

/** A front that the AWS cloud controller makes a Network Load Balancer for. */
export const nlb = (asked: Partial<Asked>): Asked => ({
  cluster: { controller: "AwsCloudControllerNlb", allowPublic: true },
  exposure: "Internal",
  ports: [http],
  ...asked,
});

/** A front that the AWS cloud controller makes a Classic Load Balancer for. */
export const classic = (asked: Partial<Asked>): Asked => ({
  ...nlb(asked),
  cluster: { controller: "AwsCloudControllerClassic", allowPublic: true },
});

const own = (name: string) => ({
  "kubernetes.io/cluster/local": "owned",
  "kubernetes.io/service-name": `default/${name}`,
});

/** Every intent that Network Load Balancers of the AWS cloud controller have. */
export function networkIntents(aws: AwsNeighbours): Record<string, AwsIntent> {
  const { addresses, certificate, subnets } = aws;
  const twoSubnets = subnets.slice(0, 2);
  return {
    "nlb-public": {
      asked: nlb({ exposure: "Public", sourceRanges: ["0.0.0.0/0"] }),
      expected: {
        kind: "network",
        scheme: "internet-facing",
        subnets,
        addresses: [],
        securityGroups: [],
        tags: own("nlb-public"),
        clients: { 80: ["0.0.0.0/0"] },
        attributes: {
          "load_balancing.cross_zone.enabled": "false",
          "access_logs.s3.enabled": "false",
        },
        listeners: {
          80: {
            protocol: "TCP",
            certificate: undefined,
            policy: undefined,
            target: {
              protocol: "TCP",
              type: "instance",
              port: "80",
              instances: 3,
              check: "TCP",
              checkPort: "traffic-port",
              path: undefined,
              interval: 10,
              healthy: 2,
              unhealthy: 2,
            },
          },
        },
      },
    },
    "nlb-internal": {
      asked: nlb({}),
      expected: { kind: "network", scheme: "internal", subnets, clients: { 80: ["0.0.0.0/0"] } },
    },
    "nlb-tls": {
      asked: nlb({ ports: [http, https], certificates: [certificate] }),
      expected: {
        listeners: {
          80: { protocol: "TCP", certificate: undefined, target: { protocol: "TCP", port: "80" } },
          443: {
            protocol: "TLS",
            certificate,
            policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
            target: { protocol: "TCP", port: "443" },
          },
        },
      },
    },
    "nlb-tls-again": {
      asked: nlb({
        ports: [http, { ...https, port: 8443 }],
        certificates: [certificate],
        tlsPorts: ["https"],
        tlsPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
        backendProtocol: "Tls",
      }),
      expected: {
        listeners: {
          80: { protocol: "TCP" },
          8443: {
            protocol: "TLS",
            certificate,
            policy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
            target: { protocol: "TLS", port: "8443" },
          },
        },
      },
    },
    "nlb-source-ranges": {
      asked: nlb({ exposure: "Public", sourceRanges: office, ports: [http, https] }),
      expected: { clients: { 80: office, 443: office } },
    },
    "nlb-health-check": {
      asked: nlb({
        healthCheckPath: "/readyz",
        healthCheckIntervalSeconds: 12,
        healthCheckHealthyThreshold: 3,
        healthCheckUnhealthyThreshold: 3,
      }),
      expected: {
        listeners: {
          80: {
            target: {
              check: "HTTP",
              path: "/readyz",
              checkPort: "traffic-port",
              interval: 12,
              healthy: 3,
              unhealthy: 3,
            },
          },
        },
      },
    },
    "nlb-local": {
      asked: nlb({ externalTrafficPolicy: "Local", healthCheckNodePort: 30_081 }),
      expected: {
        listeners: {
          80: { target: { check: "HTTP", path: "/healthz", checkPort: "30081", interval: 10 } },
        },
      },
    },
    "nlb-tags": {
      asked: nlb({ tags: { team: "shop", stage: "prod" } }),
      expected: { tags: { team: "shop", stage: "prod", ...own("nlb-tags") } },
    },
    "nlb-proxy-protocol": {
      asked: nlb({ proxyProtocol: true, preserveClientIp: false }),
      expected: {
        listeners: {
          80: {
            target: {
              attributes: {
                "proxy_protocol_v2.enabled": "true",
                "preserve_client_ip.enabled": "false",
              },
            },
          },
        },
      },
    },
    "nlb-static-addresses": {
      asked: nlb({
        exposure: "Public",
        sourceRanges: office,
        staticAddresses: [...addresses],
        subnets: twoSubnets,
      }),
      expected: { subnets: twoSubnets, addresses },
    },
    "nlb-private-addresses": {
      asked: nlb({ staticAddresses: ["10.0.0.50", "10.0.1.50"], subnets: twoSubnets }),
      expected: { subnets: twoSubnets, addresses: ["10.0.0.50", "10.0.1.50"] },
    },
    "nlb-cross-zone": {
      asked: nlb({ crossZone: true }),
      expected: { attributes: { "load_balancing.cross_zone.enabled": "true" } },
    },
    "nlb-access-logs": {
      // Of other connections than those of TLS, AWS logs nothing.
      asked: nlb({
        ports: [https],
        certificates: [certificate],
        accessLogsBucket: "shop-logs",
        accessLogsPrefix: "front",
      }),
      expected: {
        attributes: {
          "access_logs.s3.enabled": "true",
          "access_logs.s3.bucket": "shop-logs",
          "access_logs.s3.prefix": "front",
        },
      },
    },
    "nlb-udp": {
      // Nothing but the nodes themselves answers a health check.
      asked: nlb({
        ports: [{ port: 53, targetPort: "dns" }],
        sourceRanges: office,
        externalTrafficPolicy: "Local",
      }),
      expected: {
        clients: { 53: office },
        listeners: { 53: { protocol: "UDP", target: { protocol: "UDP", check: "HTTP" } } },
      },
    },
  };
}

/** Every intent that Classic Load Balancers have. */
export function classicIntents(aws: AwsNeighbours): Record<string, AwsIntent> {
  const { certificate, securityGroup, subnets } = aws;
  return {
    "classic-public": {
      asked: classic({ exposure: "Public", sourceRanges: ["0.0.0.0/0"] }),
      expected: {
        kind: "classic",
        scheme: "internet-facing",
        instances: 3,
        tags: own("classic-public"),
        clients: { 80: ["0.0.0.0/0"] },
        attributes: {
          AccessLog: { Enabled: false },
          ConnectionSettings: { IdleTimeout: 60 },
          CrossZoneLoadBalancing: { Enabled: false },
        },
        listeners: {
          80: {
            protocol: "TCP",
            certificate: undefined,
            policy: undefined,
            target: {
              protocol: "TCP",
              port: "80",
              policy: undefined,
              check: "TCP",
              checkPort: "80",
              interval: 10,
              timeout: 6,
              healthy: 2,
              unhealthy: 2,
            },
          },
        },
      },
    },
    "classic-internal": {
      asked: classic({}),
      expected: { kind: "classic", scheme: "internal", clients: { 80: ["0.0.0.0/0"] } },
    },
    "classic-tls": {
      asked: classic({ ports: [http, https], certificates: [certificate] }),
      expected: {
        listeners: {
          80: { protocol: "TCP", certificate: undefined, target: { protocol: "TCP", port: "80" } },
          443: {
            protocol: "SSL",
            certificate,
            policy: "k8s-SSLNegotiationPolicy-ELBSecurityPolicy-TLS-1-2-2017-01",
            target: { protocol: "TCP", port: "443" },
          },
        },
      },
    },
    "classic-https": {
      asked: classic({
        ports: [https],
        certificates: [certificate],
        tlsPolicy: "ELBSecurityPolicy-2016-08",
        backendProtocol: "Https",
      }),
      expected: {
        listeners: {
          443: {
            protocol: "HTTPS",
            certificate,
            policy: "k8s-SSLNegotiationPolicy-ELBSecurityPolicy-2016-08",
            target: { protocol: "HTTPS" },
          },
        },
      },
    },
    "classic-source-ranges": {
      asked: classic({ exposure: "Public", sourceRanges: office, ports: [http, https] }),
      expected: { clients: { 80: office, 443: office } },
    },
    "classic-health-check": {
      asked: classic({
        healthCheckPath: "/readyz",
        healthCheckIntervalSeconds: 5,
        healthCheckTimeoutSeconds: 4,
        healthCheckHealthyThreshold: 3,
        healthCheckUnhealthyThreshold: 4,
      }),
      expected: {
        listeners: {
          80: {
            target: {
              check: "HTTP",
              path: "/readyz",
              checkPort: "80",
              interval: 5,
              timeout: 4,
              healthy: 3,
              unhealthy: 4,
            },
          },
        },
      },
    },
    "classic-local": {
      asked: classic({ externalTrafficPolicy: "Local", healthCheckNodePort: 30_082 }),
      expected: {
        listeners: { 80: { target: { check: "HTTP", path: "/healthz", checkPort: "30082" } } },
      },
    },
    "classic-tags": {
      asked: classic({ tags: { team: "shop", stage: "prod" } }),
      expected: { tags: { team: "shop", stage: "prod", ...own("classic-tags") } },
    },
    "classic-proxy-protocol": {
      asked: classic({ proxyProtocol: true }),
      expected: { listeners: { 80: { target: { policy: "k8s-proxyprotocol-enabled" } } } },
    },
    "classic-subnets": {
      asked: classic({ subnets: subnets.slice(1) }),
      expected: { subnets: subnets.slice(1) },
    },
    "classic-cross-zone": {
      asked: classic({ crossZone: true }),
      expected: { attributes: { CrossZoneLoadBalancing: { Enabled: true } } },
    },
    "classic-idle-timeout": {
      asked: classic({ idleTimeoutSeconds: 900 }),
      expected: { attributes: { ConnectionSettings: { IdleTimeout: 900 } } },
    },
    "classic-access-logs": {
      asked: classic({ accessLogsBucket: "shop-logs", accessLogsPrefix: "front" }),
      expected: {
        attributes: {
          AccessLog: { Enabled: true, S3BucketName: "shop-logs", S3BucketPrefix: "front" },
        },
      },
    },
    "classic-security-groups": {
      asked: classic({ exposure: "Public", securityGroups: [securityGroup] }),
      expected: { securityGroups: [securityGroup] },
    },
  };
}

/** Intents of which the load balancers stay when other things are asked, with what is then expected. */
export function updates(aws: AwsNeighbours): Record<string, AwsIntent> {
  const { certificate, otherCertificate, subnets } = aws;
  return {
    "nlb-public": {
      asked: nlb({ exposure: "Public", sourceRanges: ["0.0.0.0/0"], ports: [http, https] }),
      expected: { listeners: { 80: { protocol: "TCP" }, 443: { protocol: "TCP" } } },
    },
    "nlb-tls": {
      asked: nlb({ ports: [https], certificates: [otherCertificate] }),
      expected: { listeners: { 443: { certificate: otherCertificate } } },
    },
    "nlb-source-ranges": {
      asked: nlb({ exposure: "Public", sourceRanges: ["192.0.2.0/24"], ports: [http, https] }),
      expected: { clients: { 80: ["192.0.2.0/24"], 443: ["192.0.2.0/24"] } },
    },
    "nlb-health-check": {
      asked: nlb({
        healthCheckPath: "/livez",
        healthCheckIntervalSeconds: 10,
        healthCheckHealthyThreshold: 2,
        healthCheckUnhealthyThreshold: 2,
      }),
      expected: {
        listeners: {
          80: { target: { path: "/livez", interval: 10, healthy: 2, unhealthy: 2, instances: 3 } },
        },
      },
    },
    "nlb-proxy-protocol": {
      asked: nlb({}),
      expected: {
        listeners: {
          80: {
            target: {
              attributes: {
                "proxy_protocol_v2.enabled": "false",
                "preserve_client_ip.enabled": "true",
              },
            },
          },
        },
      },
    },
    "nlb-cross-zone": {
      asked: nlb({}),
      expected: { attributes: { "load_balancing.cross_zone.enabled": "false" } },
    },
    "nlb-access-logs": {
      asked: nlb({ ports: [https], certificates: [certificate] }),
      expected: { attributes: { "access_logs.s3.enabled": "false" } },
    },
    "classic-tls": {
      asked: classic({ ports: [https], certificates: [certificate], backendProtocol: "Tls" }),
      expected: { listeners: { 443: { protocol: "SSL", target: { protocol: "SSL" } } } },
    },
    "classic-source-ranges": {
      asked: classic({ exposure: "Public", sourceRanges: ["192.0.2.0/24"] }),
      expected: { clients: { 80: ["192.0.2.0/24"] }, listeners: { 80: { protocol: "TCP" } } },
    },
    "classic-health-check": {
      asked: classic({}),
      expected: { listeners: { 80: { target: { check: "TCP", interval: 10, timeout: 6 } } } },
    },
    "classic-tags": {
      asked: classic({ tags: { team: "office", stage: "prod" } }),
      expected: { tags: { team: "office", stage: "prod", ...own("classic-tags") } },
    },
    "classic-proxy-protocol": {
      asked: classic({}),
      expected: { listeners: { 80: { target: { policy: undefined } } } },
    },
    "classic-subnets": {
      asked: classic({ subnets: subnets.slice(0, 2) }),
      expected: { subnets: subnets.slice(0, 2) },
    },
    "classic-access-logs": {
      asked: classic({}),
      expected: { attributes: { AccessLog: { Enabled: false } } },
    },
  };
}

/** What makes other load balancers, with what is then expected. */
export function moves(aws: AwsNeighbours): Record<string, AwsIntent> {
  const { otherAddresses, subnets } = aws;
  const others = subnets.slice(1);
  return {
    // From public to internal.
    "nlb-public": { asked: nlb({}), expected: { kind: "network", scheme: "internal" } },
    "classic-public": { asked: classic({}), expected: { kind: "classic", scheme: "internal" } },
    // To the other kind.
    "nlb-internal": { asked: classic({}), expected: { kind: "classic", scheme: "internal" } },
    "classic-internal": { asked: nlb({}), expected: { kind: "network", scheme: "internal" } },
    // To other addresses and subnets, which a Network Load Balancer keeps.
    "nlb-static-addresses": {
      asked: nlb({
        exposure: "Public",
        sourceRanges: office,
        staticAddresses: [...otherAddresses],
        subnets: subnets.slice(0, 2),
      }),
      expected: { addresses: otherAddresses },
    },
    "nlb-private-addresses": {
      asked: nlb({ staticAddresses: ["10.0.1.51", "10.0.2.51"], subnets: others }),
      expected: { subnets: others, addresses: ["10.0.1.51", "10.0.2.51"] },
    },
    "nlb-cross-zone": {
      asked: nlb({ crossZone: true, subnets: others }),
      expected: { subnets: others },
    },
    // To other tags, of which the controller takes no change.
    "nlb-tags": {
      asked: nlb({ tags: { team: "office" } }),
      expected: { tags: { team: "office", ...own("nlb-tags") } },
    },
  };
}

/** What makes load balancers of another controller. */
export const otherControllers: Record<string, Asked> = {
  "nlb-udp": { ...nlb({}), cluster: { controller: "AwsLoadBalancerController" } },
  "nlb-access-logs": { ...nlb({ addressPool: "office" }), cluster: { controller: "MetalLb" } },
  "nlb-tls": { ...nlb({ sourceRanges: office }), cluster: { controller: "K3sServiceLb" } },
};
