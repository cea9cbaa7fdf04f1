// Every component of release 0.1.0 with every option that has a child, a name or a selector of its own, and most others.
// Kept as it was; only the components are those of now.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import {
  Backend,
  Entrance,
  Exposure,
  LoadBalancerController,
  LoadBalancerService,
  NodePortService,
  SessionAffinity,
  TrafficDistribution,
  TrafficPolicy,
} from "../../../../components/index.ts";

const namespace = "golden-breadth";
const context = "pulumi-kubernetes-services-local";
const provider = new Provider("cluster", { kubeconfig: "", context });
const shop = new Namespace("namespace", { metadata: { name: namespace } }, { provider });
const opts = { provider, dependsOn: shop };
const cluster = {
  controller: LoadBalancerController.AwsCloudControllerNlb,
  allowNodePort: true,
};
const image = "example/web:1";
const readinessProbe = { tcpSocket: { port: "http" } };

new Backend(
  "least",
  { namespace, image, ports: [{ name: "http", containerPort: 8080 }], readinessProbe },
  opts,
);

const { target } = new Backend(
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
    secretEnv: { PASSWORD: "no secret" },
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
    entrances: [Entrance.NodePort, Entrance.LoadBalancer],
    sessionAffinity: SessionAffinity.ClientIP,
    trafficDistribution: TrafficDistribution.PreferSameZone,
    publishNotReadyAddresses: true,
    patches: { deployment: { spec: { revisionHistoryLimit: 3 } } },
  },
  opts,
);

const peers = new Backend(
  "peers",
  {
    namespace,
    image,
    ports: [{ name: "http", containerPort: 8080, port: 8080 }],
    readinessProbe,
    replicas: 1,
    headless: true,
    networkPolicy: false,
    podDisruptionBudget: false,
    serviceAccountName: "default",
  },
  opts,
);

new Backend(
  "caller",
  {
    namespace,
    image,
    ports: [{ name: "http", containerPort: 8080, port: 80 }],
    readinessProbe,
    autoscaling: { minReplicas: 2, maxReplicas: 4, cpuAverageUtilizationPercent: 70 },
    connectsTo: { MOST: { target, port: "http" } },
    readyWithinSeconds: 120,
  },
  opts,
);

new NodePortService(
  "not-ours",
  {
    cluster,
    target: {
      namespace,
      selector: { app: "peers" },
      ports: [{ name: "http", containerPort: 8080 }],
      drainSeconds: 15,
    },
    ports: [{ port: 80, targetPort: "http", nodePort: 30016 }],
    patches: { service: { metadata: { annotations: { "example.com/owner": "web" } } } },
  },
  { provider, dependsOn: peers.deployment },
);
new NodePortService(
  "dev",
  {
    cluster,
    target,
    serviceName: "dev-service",
    externalTrafficPolicy: TrafficPolicy.Local,
    ports: [{ port: 80, targetPort: "http", nodePort: 30018 }],
  },
  opts,
);
new LoadBalancerService(
  "front",
  {
    cluster,
    target,
    serviceName: "front-service",
    exposure: Exposure.Internal,
    sourceRanges: ["10.0.0.0/8"],
    ports: [{ port: 80, targetPort: "http" }],
  },
  opts,
);
