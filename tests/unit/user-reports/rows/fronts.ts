import { frontMade, frontRefused, ofKind, type Row, updated } from "./row.ts";

const AWS = "AwsLoadBalancerController";
const NLB = "AwsCloudControllerNlb";
const AUTO = "EksAutoMode";
const GOOGLE = "GoogleCloud";
const HETZNER = "HetznerCloud";
const DO = "DigitalOcean";
const AZURE = "Azure";
const METAL = "MetalLb";

const udp = { ports: [{ port: 53, targetPort: "dns" }] };
const bothOf53 = { ports: [...udp.ports, { name: "tcp", port: 53, targetPort: "dns-tcp" }] };
const internal = { exposure: "Internal", sourceRanges: undefined };
const local = { externalTrafficPolicy: "Local" };
const arn = "arn:aws:acm:eu-central-1:111122223333:certificate/one";
const https = [{ port: 443, targetPort: "https" }];
const httpAndHttps = [{ port: 80, targetPort: "http" }, ...https];
const tls = { ports: https, certificates: [arn] };
const named = { ports: https, certificates: ["my-certificate"] };
const overUdp = {
  ports: [...https, { name: "quic", port: 443, targetPort: "dns" }],
  certificates: [arn],
  tlsPorts: ["https"],
};
const to = (protocol: string, more: object = {}) => ({ targetType: protocol, ...more });
const nodes = to("Instance", { preserveClientIp: true });
const pods = to("Ip", { preserveClientIp: true });
const apart = { ports: [...udp.ports, { name: "tcp", port: 53, targetPort: "http" }] };
const everybody = ["0.0.0.0/0", "::/0"];
const two = { ipFamilyPolicy: "PreferDualStack", sourceRanges: everybody };
const NOT_AN_ADDRESS = "must be the name of a reserved address, not the address itself";
const STAYS = "refused";

/** What users' programs made of load balancers. */
export const fronts: readonly Row[] = [
  {
    id: "A4",
    reported: frontRefused(
      AWS,
      "an idle timeout of UDP",
      { ...udp, ...nodes, ...local, idleTimeoutSeconds: 90 },
      "is only UDP, where the idle timeout is fixed",
    ),
    neighbours: [
      frontMade(
        AWS,
        "one of both protocols on a number",
        { ...bothOf53, ...nodes, idleTimeoutSeconds: 90 },
        { "listener-attributes.TCP_UDP-53": "tcp.idle_timeout.seconds=90" },
      ),
      frontRefused(
        AUTO,
        "UDP beside TCP on another number",
        {
          ports: [{ port: 80, targetPort: "http" }, ...udp.ports],
          ...nodes,
          healthCheckPort: "http",
          idleTimeoutSeconds: 90,
        },
        "is only UDP, where the idle timeout is fixed",
      ),
      frontMade(
        AWS,
        "TLS on one port and not on the other",
        { ports: httpAndHttps, certificates: [arn], idleTimeoutSeconds: 90 },
        {
          "listener-attributes.TCP-80": "tcp.idle_timeout.seconds=90",
          "listener-attributes.TLS-443": undefined,
        },
      ),
    ],
  },
  {
    id: "A5",
    reported: frontRefused(
      AWS,
      "UDP alone",
      { ...udp, ...nodes },
      "which health checks can connect to",
    ),
    neighbours: [
      frontRefused(NLB, "UDP alone", udp, "which health checks can connect to"),
      frontRefused(
        AUTO,
        "UDP beside TCP",
        {
          ports: [{ port: 80, targetPort: "http" }, ...udp.ports],
          ...nodes,
        },
        "which health checks can connect to",
      ),
      frontMade(AWS, "the nodes answer where they have Pods", { ...udp, ...nodes, ...local }, {}),
      frontMade(
        AWS,
        "a TCP port answers for it",
        {
          ports: [{ port: 80, targetPort: "http" }, ...udp.ports],
          ...nodes,
          healthCheckPort: "http",
        },
        { "healthcheck-port": "http" },
      ),
    ],
  },
  {
    id: "A6",
    reported: frontRefused(
      GOOGLE,
      "an IP address",
      { staticAddresses: ["34.1.2.3"] },
      NOT_AN_ADDRESS,
    ),
    neighbours: [
      frontRefused(
        GOOGLE,
        "an address of IPv6",
        { staticAddresses: ["2001:db8::1"] },
        NOT_AN_ADDRESS,
      ),
      frontRefused(
        AZURE,
        "an address in place of a name",
        { staticAddresses: ["20.1.2.3"] },
        "must be the name of a public IP address",
      ),
      frontRefused(
        AWS,
        "an address in place of an id",
        { staticAddresses: ["52.1.2.3"], subnets: ["a"] },
        "must be the allocation id",
      ),
      frontRefused(
        METAL,
        "a name in place of an address",
        { staticAddresses: ["front"] },
        "must be an IP address of a pool",
      ),
      frontRefused(
        "Scaleway",
        "an address in place of an id",
        { staticAddresses: ["51.1.2.3"] },
        "must be an id",
      ),
    ],
  },
  {
    id: "A7",
    reported: frontMade(HETZNER, "an internal one", internal, {
      "disable-public-network": "true",
      "use-private-ip": "true",
    }),
    neighbours: [
      frontMade(
        HETZNER,
        "a public one",
        {},
        { "disable-public-network": "false", "use-private-ip": undefined },
      ),
      frontRefused(
        HETZNER,
        "an internal one hides its only address",
        {
          ...internal,
          annotations: { "load-balancer.hetzner.cloud/disable-private-ingress": "true" },
        },
        "must not be set",
      ),
      updated(HETZNER, "public becomes internal", {}, internal, "replaced"),
      frontMade(DO, "an internal one", internal, { network: "INTERNAL" }),
      frontRefused("Linode", "an internal one without a subnet", internal, "must name the subnet"),
    ],
  },
  {
    id: "A8",
    reported: frontRefused(HETZNER, "no place", { location: undefined }, "must be set"),
    neighbours: [
      frontRefused(HETZNER, "an empty one", { location: "" }, "must be a non-empty string"),
      frontMade(
        HETZNER,
        "a network zone",
        {
          location: undefined,
          annotations: { "load-balancer.hetzner.cloud/network-zone": "eu-central" },
        },
        { location: undefined },
      ),
      frontRefused(
        HETZNER,
        "a place and a network zone",
        { annotations: { "load-balancer.hetzner.cloud/network-zone": "eu-central" } },
        "must not be set beside the annotation",
      ),
      frontRefused(
        METAL,
        "no pool",
        { addressPool: undefined, staticAddresses: undefined },
        "must name the pool",
      ),
      frontRefused(
        "Scaleway",
        "a region in place of a zone",
        { location: "fr-par" },
        "must be a zone",
      ),
    ],
  },
  {
    id: "A14",
    reported: frontRefused(
      AWS,
      "an address as an Elastic IP, now and late",
      { staticAddresses: ["52.1.2.3"], subnets: ["subnet-a"] },
      "must be the allocation id",
    ),
    neighbours: [
      frontRefused(
        DO,
        "a certificate's id",
        { ports: https, certificates: ["892071a0-bb95-49bc-8021-3afd67a210bf"] },
        "must be the name of a certificate",
      ),
      frontRefused(
        "Linode",
        "a name of a subnet",
        { ...internal, subnets: ["front"] },
        "must be the id of a subnet",
      ),
      frontRefused(
        AWS,
        "a certificate's name",
        { ...tls, certificates: ["front"] },
        "must be the ARN of a certificate",
      ),
      frontRefused(
        AZURE,
        "a name in place of an address",
        { ...internal, staticAddresses: ["front"] },
        "must be an IP address of the subnet",
      ),
      frontRefused(
        "Scaleway",
        "a level that is none",
        {
          ports: https,
          certificates: ["11111111-2222-4333-8444-555555555555"],
          tlsPolicy: "modern",
        },
        "must be",
      ),
    ],
  },
  {
    id: "F1",
    reported: frontRefused(
      AWS,
      "TLS and UDP on one number",
      { ...overUdp, ...nodes },
      "must differ from args.ports[0].port, because one of them terminates TLS",
    ),
    neighbours: [
      frontRefused(AUTO, "to Pods", { ...overUdp, ...pods }, "because one of them terminates TLS"),
      frontRefused(
        AWS,
        "UDP first",
        { ...overUdp, ports: [...overUdp.ports].reverse(), ...nodes },
        "because one of them terminates TLS",
      ),
      frontRefused(
        "Linode",
        "one number of two protocols",
        bothOf53,
        "must differ from args.ports[0].port",
      ),
      frontMade(
        AWS,
        "without TLS there is one listener of both",
        { ...bothOf53, ...nodes },
        { "enable-tcp-udp-listener": "true" },
      ),
    ],
  },
  {
    id: "F2",
    reported: updated(
      AWS,
      "UDP comes to a number of TCP",
      { ...nodes, ports: [{ name: "tcp", port: 53, targetPort: "dns-tcp" }] },
      { ...nodes, ...bothOf53 },
      "replaced",
    ),
    neighbours: [
      updated(
        AWS,
        "TCP comes to a number of UDP",
        { ...nodes, ...udp, ...local },
        { ...nodes, ...bothOf53, ...local },
        "replaced",
      ),
      updated(
        AUTO,
        "they are given in another order",
        { ...nodes, ...bothOf53 },
        { ...nodes, ports: [...bothOf53.ports].reverse() },
        "in place",
      ),
      updated(
        AWS,
        "one of the two goes",
        { ...nodes, ...bothOf53 },
        { ...nodes, ports: [{ name: "tcp", port: 53, targetPort: "dns-tcp" }] },
        "replaced",
      ),
      frontRefused(
        AWS,
        "fixed node ports differ",
        {
          ...nodes,
          ports: bothOf53.ports.map((it, index) => ({ ...it, nodePort: 30053 + index })),
        },
        "to one node port",
      ),
    ],
  },
  {
    id: "F3",
    reported: frontRefused(
      AWS,
      "two protocols of a number go to two ports of Pods",
      { ...pods, ...apart },
      "must be one of containerPort 5353",
    ),
    neighbours: [
      frontRefused(
        AUTO,
        "the other way round",
        { ...pods, ports: [...apart.ports].reverse() },
        "must be one of containerPort 8080",
      ),
      frontMade(
        AWS,
        "they go to one port of Pods",
        { ...pods, ...bothOf53 },
        { "enable-tcp-udp-listener": "true" },
      ),
      frontMade(
        AWS,
        "they go to ports of nodes",
        { ...nodes, ...apart },
        { "enable-tcp-udp-listener": "true" },
      ),
    ],
  },
  {
    id: "F4",
    reported: frontMade(AWS, "without an ALPN policy none is written as None", tls, {
      "alpn-policy": "None",
    }),
    neighbours: [
      updated(AWS, "the policy goes", { ...tls, alpnPolicy: "HTTP2Only" }, tls, "in place"),
      updated(AUTO, "the policy comes", tls, { ...tls, alpnPolicy: "HTTP2Only" }, "in place"),
      frontMade(AWS, "without TLS nothing is said", {}, { "alpn-policy": undefined }),
    ],
  },
  {
    id: "F5",
    reported: updated(
      AWS,
      "logs go on without their folder",
      { ...tls, accessLogsBucket: "l", accessLogsPrefix: "p" },
      { ...tls, accessLogsBucket: "l" },
      "in place",
    ),
    neighbours: [
      updated(
        AWS,
        "logs end with their folder",
        { ...tls, accessLogsBucket: "l", accessLogsPrefix: "p" },
        tls,
        "in place",
      ),
      updated(
        AUTO,
        "the folder changes",
        { ...tls, accessLogsBucket: "l", accessLogsPrefix: "p" },
        { ...tls, accessLogsBucket: "l", accessLogsPrefix: "q" },
        "in place",
      ),
      updated(NLB, "logs end", { ...tls, accessLogsBucket: "l" }, tls, "in place"),
    ],
  },
  {
    id: "F6",
    reported: updated(AWS, "subnets are no longer said", { subnets: ["a", "b"] }, {}, STAYS),
    neighbours: [
      updated(AUTO, "subnets come", {}, { subnets: ["a", "b"] }, "in place"),
      updated(GOOGLE, "the subnet goes", { ...internal, subnets: ["a"] }, internal, "replaced"),
      updated(
        AWS,
        "attributes of one's own go",
        { loadBalancerAttributes: { "zonal_shift.config.enabled": "true" } },
        {},
        STAYS,
      ),
    ],
  },
  {
    id: "F8",
    reported: updated(AWS, "one family becomes two", {}, two, "replaced"),
    neighbours: [
      updated(AUTO, "two become one", two, {}, "replaced"),
      updated(
        DO,
        "one family becomes two",
        {},
        { ...two, ipFamilyPolicy: "RequireDualStack" },
        "replaced",
      ),
      updated("Scaleway", "one family becomes two", {}, two, "replaced"),
    ],
  },
  {
    id: "F11",
    reported: updated(
      AWS,
      "a port with an idle timeout terminates TLS from now on",
      { ports: https, idleTimeoutSeconds: 90 },
      tls,
      "in place",
    ),
    neighbours: [
      updated(
        AWS,
        "one of two does",
        { ports: httpAndHttps, idleTimeoutSeconds: 90 },
        { ports: httpAndHttps, certificates: [arn], idleTimeoutSeconds: 90 },
        "in place",
      ),
      updated(AUTO, "TLS ends", tls, { ports: https, idleTimeoutSeconds: 90 }, "in place"),
      updated(AWS, "the timeout goes and the port stays", { idleTimeoutSeconds: 90 }, {}, STAYS),
    ],
  },
  {
    id: "F13",
    reported: frontMade(
      AWS,
      "a tag key with a blank",
      { tags: { "Cost Center": "a b" } },
      { "additional-resource-tags": "Cost Center=a b" },
    ),
    neighbours: [
      frontMade(
        AWS,
        "an idle timeout beside TLS",
        { ports: httpAndHttps, certificates: [arn], idleTimeoutSeconds: 90 },
        { "listener-attributes.TCP-80": "tcp.idle_timeout.seconds=90" },
      ),
      updated(
        AWS,
        "an attribute of the targets goes with their type",
        { ...nodes, targetGroupAttributes: { "stickiness.enabled": "true" } },
        pods,
        "in place",
      ),
      frontMade(
        "AwsCloudControllerClassic",
        "a tag key with a blank",
        { tags: { "Cost Center": "a" } },
        { "additional-resource-tags": "Cost Center=a" },
      ),
      frontRefused(
        AWS,
        "a blank at the end of a key",
        { tags: { "Cost ": "a" } },
        "without spaces at its ends",
      ),
    ],
  },
  {
    id: "F15",
    reported: frontRefused(
      AWS,
      "everybody of IPv4 alone, with two families",
      { ...two, sourceRanges: ["0.0.0.0/0"] },
      "must list an IPv6 range too",
    ),
    neighbours: [
      frontRefused(
        METAL,
        "the same",
        { ...two, sourceRanges: ["198.51.100.0/24"] },
        "must list an IPv6 range too",
      ),
      frontRefused(
        AWS,
        "a range of IPv6 with one family",
        { sourceRanges: ["2001:db8::/32"] },
        "must be an IPv4 range",
      ),
      frontMade(
        AWS,
        "UDP with two families",
        { ...two, ...udp, ...nodes, ...local },
        { "ip-address-type": "dualstack", "enable-prefix-for-ipv6-source-nat": "on" },
      ),
      frontRefused(
        "Scaleway",
        "everybody of IPv4 alone",
        { ...two, sourceRanges: ["0.0.0.0/0"] },
        "must list an IPv6 range too",
      ),
    ],
  },
  {
    id: "G1",
    reported: frontMade(
      DO,
      "TLS beside another port",
      { ...named, ports: [...https, { name: "sql", port: 5432, targetPort: "http" }] },
      { protocol: "tcp", "tls-ports": "443" },
    ),
    neighbours: [
      frontMade(
        DO,
        "TLS on another number than 443",
        {
          certificates: ["c"],
          ports: [
            { name: "alt", port: 8443, targetPort: "https" },
            { port: 443, targetPort: "http" },
          ],
          tlsPorts: ["alt"],
        },
        { protocol: "tcp", "tls-ports": "8443" },
      ),
      frontMade(DO, "TLS on all ports", named, { protocol: "tcp", "tls-ports": "443" }),
      frontMade(
        "Scaleway",
        "HTTP on the TLS port alone",
        {
          ports: httpAndHttps,
          certificates: ["11111111-2222-4333-8444-555555555555"],
          backendProtocol: "Http",
        },
        { "protocol-http": "443" },
      ),
      frontRefused(
        HETZNER,
        "TLS beside another port",
        { ports: httpAndHttps, certificates: ["c"] },
        "unless every port terminates TLS",
      ),
    ],
  },
  {
    id: "G2",
    reported: frontMade(
      HETZNER,
      "without a PROXY protocol false is written",
      {},
      { "uses-proxyprotocol": "false" },
    ),
    neighbours: [
      updated(HETZNER, "the PROXY protocol goes", { proxyProtocol: true }, {}, "in place"),
      updated(HETZNER, "the name goes", { loadBalancerName: "a" }, {}, STAYS),
      updated(
        HETZNER,
        "an annotation of one's own goes",
        { annotations: { "load-balancer.hetzner.cloud/algorithm-type": "least_connections" } },
        {},
        STAYS,
      ),
      updated(
        HETZNER,
        "the idle timeout goes",
        { ...named, idleTimeoutSeconds: 90 },
        named,
        "in place",
      ),
      updated(HETZNER, "the path goes", { healthCheckPath: "/a" }, {}, "in place"),
    ],
  },
  {
    id: "G3",
    reported: updated(
      HETZNER,
      "the subnet changes",
      { subnets: ["10.0.1.0/24"] },
      { subnets: ["10.0.2.0/24"] },
      "replaced",
    ),
    neighbours: [
      updated(HETZNER, "the place changes", { location: "fsn1" }, { location: "nbg1" }, "replaced"),
      updated(
        "Linode",
        "the reserved address changes",
        { staticAddresses: ["203.0.113.7"] },
        { staticAddresses: ["203.0.113.8"] },
        "replaced",
      ),
      updated(
        "Scaleway",
        "the zone changes",
        { location: "fr-par-1" },
        { location: "fr-par-2" },
        "replaced",
      ),
    ],
  },
  {
    id: "G4",
    reported: frontMade(
      AZURE,
      "an internal one with ranges denies all others",
      { exposure: "Internal", sourceRanges: ["10.0.0.0/8"] },
      { "deny-all-except-load-balancer-source-ranges": "true" },
    ),
    neighbours: [
      frontMade(AZURE, "an internal one without ranges", internal, {
        "deny-all-except-load-balancer-source-ranges": undefined,
      }),
      frontRefused(
        AZURE,
        "tags of the service past the ranges",
        {
          annotations: { "service.beta.kubernetes.io/azure-allowed-service-tags": "Internet" },
          sourceRanges: ["198.51.100.0/24"],
        },
        "must not be set",
      ),
      frontRefused(
        HETZNER,
        "ranges that nothing enforces",
        { sourceRanges: ["198.51.100.0/24"] },
        "does not enforce source ranges",
      ),
    ],
  },
  {
    id: "G5",
    reported: frontRefused(
      DO,
      "a range of IPv6 with one family",
      { sourceRanges: ["198.51.100.0/24", "2001:db8::/32"] },
      "must be an IPv4 range",
    ),
    neighbours: [
      frontRefused(
        DO,
        "an internal one, with the cluster's second family",
        { exposure: "Internal", ipFamilies: ["IPv6"], sourceRanges: ["2001:db8::/32"] },
        "must be an IPv4 range",
      ),
      frontRefused(
        GOOGLE,
        "a range of IPv6 with one family",
        { sourceRanges: ["2001:db8::/32"] },
        "must be an IPv4 range",
      ),
      frontMade(DO, "both with two families", { ...two }, {}),
    ],
  },
  {
    id: "G6",
    reported: frontRefused(
      DO,
      "a static address",
      { staticAddresses: ["203.0.113.7"] },
      "not supported by DigitalOcean",
    ),
    neighbours: [
      frontRefused(DO, "a subnet", { subnets: ["a"] }, "not supported by DigitalOcean"),
      frontRefused(
        "Linode",
        "tags, which it does not read",
        { tags: { a: "b" } },
        "not supported by Linode",
      ),
      frontRefused("Scaleway", "a subnet", { subnets: ["a"] }, "not supported by Scaleway"),
    ],
  },
  {
    id: "G7",
    reported: frontMade(HETZNER, "an internal one reaches nodes by private addresses", internal, {
      "use-private-ip": "true",
    }),
    neighbours: [
      frontMade(
        HETZNER,
        "a public one may hide its private address",
        { annotations: { "load-balancer.hetzner.cloud/disable-private-ingress": "true" } },
        { "disable-private-ingress": "true" },
      ),
      frontMade(
        HETZNER,
        "a public one may use private addresses",
        { annotations: { "load-balancer.hetzner.cloud/use-private-ip": "true" } },
        { "use-private-ip": "true" },
      ),
      frontMade(
        "Scaleway",
        "an internal one, in networks of one's own",
        { ...internal, annotations: { "service.beta.kubernetes.io/scw-loadbalancer-pn-ids": "a" } },
        { private: "true", "pn-ids": "a" },
      ),
    ],
  },
  {
    id: "G8",
    reported: frontRefused(
      DO,
      "an internal one of two families",
      { ...internal, ipFamilyPolicy: "PreferDualStack" },
      "gives it only an IPv4 address",
    ),
    neighbours: [
      frontRefused(
        DO,
        "an internal one that requires two",
        { ...internal, ipFamilyPolicy: "RequireDualStack" },
        "gives it only an IPv4 address",
      ),
      frontMade(DO, "a public one prefers two, without certificates", two, {
        "network-stack": undefined,
      }),
      frontRefused(
        "Scaleway",
        "an internal one of two families",
        { ...internal, ipFamilyPolicy: "PreferDualStack" },
        "gives it only an IPv4 address",
      ),
    ],
  },
  {
    id: "G9",
    reported: frontMade(
      DO,
      "plain HTTP, by an annotation",
      { annotations: { "service.beta.kubernetes.io/do-loadbalancer-protocol": "http" } },
      { protocol: "http" },
    ),
    neighbours: [
      frontMade(DO, "a certificate by its name", named, { "certificate-name": "my-certificate" }),
      frontMade(
        DO,
        "TLS that Pods terminate",
        { annotations: { "service.beta.kubernetes.io/do-loadbalancer-tls-passthrough": "true" } },
        { "tls-passthrough": "true" },
      ),
      frontMade(
        DO,
        "a port that is asked",
        { healthCheckPort: "http" },
        { "healthcheck-port": "80" },
      ),
      frontMade(
        DO,
        "HTTP/2 beside a certificate",
        {
          ...named,
          annotations: { "service.beta.kubernetes.io/do-loadbalancer-http2-ports": "443" },
        },
        { "http2-ports": "443", "tls-ports": undefined },
      ),
      frontMade(
        DO,
        "rules that deny",
        { annotations: { "service.beta.kubernetes.io/do-loadbalancer-deny-rules": "ip:1.2.3.4" } },
        { "deny-rules": "ip:1.2.3.4" },
      ),
    ],
  },
  {
    id: "G10",
    reported: updated(
      AZURE,
      "the tags go",
      { staticAddresses: ["a"], tags: { a: "b" } },
      { staticAddresses: ["a"] },
      STAYS,
    ),
    neighbours: [
      updated(AZURE, "a tag changes", { tags: { a: "b" } }, { tags: { a: "c" } }, "in place"),
      updated("AwsCloudControllerClassic", "a tag goes", { tags: { a: "b" } }, {}, STAYS),
      updated(NLB, "a tag goes", { tags: { a: "b" } }, {}, "replaced"),
    ],
  },
  {
    id: "G11",
    reported: updated(DO, "the certificate comes", { ports: https }, named, "replaced"),
    neighbours: [
      updated(DO, "the certificate goes", named, { ports: https }, "replaced"),
      updated(DO, "the PROXY protocol comes", {}, { proxyProtocol: true }, "replaced"),
      updated(
        DO,
        "the certificate changes",
        named,
        { ...named, certificates: ["other"] },
        "in place",
      ),
      updated(
        DO,
        "the PROXY protocol comes beside a certificate",
        named,
        { ...named, proxyProtocol: true },
        "in place",
      ),
    ],
  },
  {
    id: "G12",
    reported: frontMade(
      DO,
      "UDP first, and a path that is asked",
      { ports: [...udp.ports, { port: 80, targetPort: "http" }], healthCheckPath: "/a" },
      { "healthcheck-path": "/a", "override-health-check": "true" },
    ),
    neighbours: [
      frontRefused(
        DO,
        "UDP alone, and a path",
        { ...udp, healthCheckPath: "/a" },
        "must be a TCP port, or another port must be",
      ),
      frontMade(DO, "UDP alone", udp, { "override-health-check": undefined }),
      frontRefused(
        DO,
        "a UDP port that is to be asked",
        { ports: [...udp.ports, { port: 80, targetPort: "http" }], healthCheckPort: "dns" },
        "must be the name of a TCP port",
      ),
    ],
  },
  {
    id: "G13",
    reported: ofKind(
      DO,
      "an annotation with a host name",
      { annotations: { "service.beta.kubernetes.io/do-loadbalancer-hostname": "a.example" } },
      "hostname",
    ),
    neighbours: [
      ofKind(DO, "without one", {}, "ip"),
      ofKind(
        HETZNER,
        "an annotation with a host name",
        { annotations: { "load-balancer.hetzner.cloud/hostname": "a.example" } },
        "hostname",
      ),
      ofKind(
        "Scaleway",
        "an annotation that asks for one",
        { annotations: { "service.beta.kubernetes.io/scw-loadbalancer-use-hostname": "true" } },
        "hostname",
      ),
      ofKind(
        AWS,
        "an annotation that another controller reads",
        { annotations: { "load-balancer.hetzner.cloud/hostname": "a.example" } },
        "hostname",
      ),
    ],
  },
];
