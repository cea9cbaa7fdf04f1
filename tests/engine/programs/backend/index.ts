// A Backend with the least, one with nearly every argument and one that becomes headless, in a namespace that enforces the restricted Pod Security Standard.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import * as pulumi from "@pulumi/pulumi";
import { Backend, SessionAffinity, TrafficDistribution } from "../../../../components/index.ts";

const config = new pulumi.Config();
const namespace = "backend-options";
const labels = {
  "pod-security.kubernetes.io/enforce": "restricted",
  "pod-security.kubernetes.io/warn": "restricted",
};
const opts = { dependsOn: new Namespace("namespace", { metadata: { name: namespace, labels } }) };
const image = "example/web:1";

new Backend(
  "least",
  {
    namespace,
    image,
    ports: [{ name: "http", containerPort: 8080 }],
    readinessProbe: { tcpSocket: { port: "http" } },
  },
  opts,
);

new Backend(
  "most",
  {
    namespace,
    image,
    app: "most-app",
    serviceName: "most-service",
    replicas: 3,
    ports: [
      { name: "http", containerPort: 8080, port: 80, appProtocol: "http" },
      { name: "grpc", containerPort: 9090, port: 9090, appProtocol: "kubernetes.io/h2c" },
      { name: "dns", containerPort: 5353, port: 53, protocol: "UDP" },
    ],
    readinessProbe: { httpGet: { path: "/readyz", port: "http" }, periodSeconds: 5 },
    livenessProbe: { grpc: { port: "grpc" }, failureThreshold: 5 },
    startupProbe: { exec: { command: ["/ready"] }, failureThreshold: 30 },
    imagePullSecrets: ["registry"],
    command: ["/web"],
    args: ["--port", "8080"],
    env: { GREETING: "hello" },
    envFromConfigMaps: ["settings"],
    envFromSecrets: ["credentials"],
    secretEnv: { PASSWORD: config.requireSecret("secret") },
    volumes: [
      { name: "settings", mountPath: "/etc/settings", configMapName: "settings" },
      { name: "cache", mountPath: "/var/cache/web", emptyDirSizeLimit: "64Mi" },
    ],
    initContainers: [
      { name: "migrate", image, command: ["/migrate"] },
      { name: "proxy", image, sidecar: true, command: ["/proxy"] },
    ],
    serviceAccountAnnotations: { "example.com/role": "web" },
    tolerations: [{ key: "dedicated", value: "web", effect: "NoSchedule" }],
    nodeSelector: { "kubernetes.io/os": "linux" },
    labels: { team: "web" },
    annotations: { "example.com/owner": "web" },
    allowedCallers: [{ namespace: "other", podLabels: { app: "caller" }, ports: ["http"] }],
    closeEgress: true,
    sessionAffinity: SessionAffinity.ClientIP,
    trafficDistribution: TrafficDistribution.PreferSameZone,
    publishNotReadyAddresses: true,
  },
  opts,
);

new Backend(
  "peers",
  {
    namespace,
    image,
    ports: [{ name: "http", containerPort: 8080, port: 8080 }],
    readinessProbe: { tcpSocket: { port: "http" } },
    replicas: 1,
    headless: config.requireBoolean("headless"),
  },
  opts,
);
