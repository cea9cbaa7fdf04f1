import * as kubernetes from "@pulumi/kubernetes";
import { expect } from "vitest";
import { Backend } from "../../../../components/index.ts";
import { renderManifests } from "../../../../testing/index.ts";
import { smallest } from "../../support/args.ts";
import {
  backendMade,
  backendRefused,
  type Case,
  frontMade,
  frontRefused,
  type Row,
  updated,
} from "./row.ts";

const GOOGLE = "networking.gke.io/internal-load-balancer-allow-global-access";
const internal = { exposure: "Internal", sourceRanges: undefined };
const drain = (seconds: number) => ({
  target: {
    namespace: "shop",
    selector: { app: "web" },
    ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
    drainSeconds: seconds,
  },
});
const redis = {
  connectsTo: {
    REDIS: {
      port: "http",
      target: {
        ...drain(10).target,
        serviceName: "redis",
        ports: [{ name: "http", containerPort: 80, port: 80, protocol: "TCP" }],
      },
    },
  },
};

/** Objects of a program by kind and name. */
const rendered = (what: string, program: () => unknown, names: readonly string[]): Case => ({
  what,
  check: async () => {
    const all = await renderManifests(program, { project: "shop", stack: "dev" });
    expect(all.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(
      expect.arrayContaining([...names]),
    );
  },
});

/** What users could not do, and found no word how. */
export const waysOut: readonly Row[] = [
  {
    id: "C1",
    reported: frontMade(
      "GoogleCloud",
      "clients of every region",
      { ...internal, annotations: { [GOOGLE]: "true" } },
      { "allow-global-access": "true" },
    ),
    neighbours: [
      frontMade(
        "GoogleCloud",
        "a network tier",
        { annotations: { "cloud.google.com/network-tier": "Standard" } },
        { "network-tier": "Standard" },
      ),
      frontMade(
        "Azure",
        "a health probe's own port",
        { annotations: { "service.beta.kubernetes.io/port_80_health-probe_port": "8081" } },
        { "health-probe_port": "8081" },
      ),
      frontMade(
        "Linode",
        "a firewall",
        { annotations: { "service.beta.kubernetes.io/linode-loadbalancer-firewall-id": "7" } },
        { "firewall-id": "7" },
      ),
    ],
  },
  {
    id: "C2",
    reported: frontMade(
      "HetznerCloud",
      "a network zone",
      {
        location: undefined,
        annotations: { "load-balancer.hetzner.cloud/network-zone": "eu-central" },
      },
      { "network-zone": "eu-central" },
    ),
    neighbours: [
      frontMade(
        "HetznerCloud",
        "a health check's other port",
        { annotations: { "load-balancer.hetzner.cloud/health-check-port": "30999" } },
        { "health-check-port": "30999" },
      ),
      frontMade(
        "AwsCloudControllerNlb",
        "a health check's other port",
        {
          annotations: { "service.beta.kubernetes.io/aws-load-balancer-healthcheck-port": "10256" },
        },
        { "healthcheck-port": "10256" },
      ),
      frontRefused(
        "HetznerCloud",
        "the argument and the annotation",
        {
          healthCheckPort: "http",
          ports: [{ port: 80, targetPort: "http", nodePort: 30080 }],
          annotations: { "load-balancer.hetzner.cloud/health-check-port": "1" },
        },
        "use args.healthCheckPort",
      ),
      updated(
        "HetznerCloud",
        "the place becomes a zone",
        {},
        {
          location: undefined,
          annotations: { "load-balancer.hetzner.cloud/network-zone": "eu-central" },
        },
        "replaced",
      ),
    ],
  },
  {
    id: "C3",
    reported: frontMade(
      "DigitalOcean",
      "HTTP/2 beside a certificate",
      {
        ports: [{ port: 443, targetPort: "https" }],
        certificates: ["c"],
        annotations: { "service.beta.kubernetes.io/do-loadbalancer-http2-ports": "443" },
      },
      { "http2-ports": "443" },
    ),
    neighbours: [
      frontMade(
        "DigitalOcean",
        "a redirection",
        {
          annotations: {
            "service.beta.kubernetes.io/do-loadbalancer-redirect-http-to-https": "true",
          },
        },
        { "redirect-http-to-https": "true" },
      ),
      frontMade(
        "DigitalOcean",
        "HTTP/3",
        { annotations: { "service.beta.kubernetes.io/do-loadbalancer-http3-port": "443" } },
        { "http3-port": "443" },
      ),
      frontMade(
        "Scaleway",
        "HTTP/3",
        { annotations: { "service.beta.kubernetes.io/scw-loadbalancer-enable-http3": "true" } },
        { "enable-http3": "true" },
      ),
    ],
  },
  {
    id: "C4",
    reported: frontRefused(
      "GoogleCloud",
      "a stated target that does not drain",
      drain(0),
      "let its Pods answer that long after they are told to stop",
    ),
    neighbours: [
      frontMade("GoogleCloud", "the text is followed", drain(60), {}),
      frontRefused(
        "HetznerCloud",
        "one that drains too shortly for slow checks",
        { ...drain(20), healthCheckIntervalSeconds: 30, healthCheckUnhealthyThreshold: 5 },
        "let its Pods answer that long",
      ),
      frontMade("MetalLb", "one that drains long enough", drain(60), {}),
    ],
  },
  {
    id: "C5",
    reported: backendRefused(
      "a URL of one's own beside a connection's",
      { ...redis, env: { REDIS_URL: "redis://r" } },
      "state an appProtocol that is not HTTP",
    ),
    neighbours: [
      backendRefused(
        "from a Secret",
        { ...redis, secretEnv: { REDIS_URL: "x" } },
        "state an appProtocol that is not HTTP",
      ),
      backendRefused(
        "a host of one's own",
        { ...redis, env: { REDIS_HOST: "x" } },
        "must be another key, or args.env must not have REDIS_HOST",
      ),
      backendRefused(
        "beside something external",
        {
          connectsToExternal: { API: { externalName: "a.example", port: 443 } },
          env: { API_URL: "x" },
        },
        "set args.connectsToExternal.API.appProtocol",
      ),
      backendMade("another key", { ...redis, env: { CACHE_URL: "x" } }, "container", {}),
    ],
  },
  {
    id: "C6",
    reported: backendRefused(
      "a variable that is undefined",
      { env: { KEY: undefined } },
      "set it, or leave its key out",
    ),
    neighbours: [
      backendRefused(
        "of an init container",
        { initContainers: [{ name: "a", image: "a", env: { KEY: undefined } }] },
        "set it, or leave its key out",
      ),
      backendRefused("a label", { labels: { a: undefined } }, "must be"),
      backendRefused(
        "a secret one",
        { secretEnv: { KEY: undefined } },
        "set it, or leave its key out",
      ),
      backendRefused("a number", { env: { KEY: 1 } }, "quote numbers and booleans"),
    ],
  },
  {
    id: "C7",
    reported: rendered(
      "a ConfigMap without a name",
      () => new kubernetes.core.v1.ConfigMap("settings", { data: {} }),
      ["ConfigMap settings"],
    ),
    neighbours: [
      rendered("a Secret without a name", () => new kubernetes.core.v1.Secret("keys", {}), [
        "Secret keys",
      ]),
      rendered("a Namespace without a name", () => new kubernetes.core.v1.Namespace("shop", {}), [
        "Namespace shop",
      ]),
      rendered("a volume of one without a name", () => {
        const { metadata } = new kubernetes.core.v1.ConfigMap("settings", { data: {} });
        new Backend("web", {
          ...smallest,
          volumes: [{ name: "settings", mountPath: "/etc/web", configMapName: metadata.name }],
        });
      }, ["ConfigMap settings", "Deployment web"]),
    ],
  },
];
