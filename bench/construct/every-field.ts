import type { BackendArgs, ConnectionArgs } from "../../components/index.ts";

const resources = { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "128Mi" } };

/** A Backend with one port and a probe, which every version of the components takes. */
export const fewFields: BackendArgs = {
  namespace: "default",
  image: "registry.example/web:1.4.2",
  ports: [{ name: "http", containerPort: 8080, port: 80 }],
  readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
};

const redis: ConnectionArgs = {
  target: {
    namespace: "default",
    selector: { app: "redis" },
    ports: [{ name: "redis", containerPort: 6379, protocol: "TCP", port: 6379 }],
    drainSeconds: 10,
    serviceName: "redis",
  },
  port: "redis",
};

/** A Backend with every argument that can stand beside the others. */
export const everyField: BackendArgs = {
  ...fewFields,
  livenessProbe: { tcpSocket: { port: "http" }, periodSeconds: 20 },
  startupProbe: {
    httpGet: { path: "/started", port: "http", httpHeaders: { Accept: "text/plain" } },
    failureThreshold: 30,
  },
  preStop: { exec: { command: ["sleep", "5"] } },
  imagePullPolicy: "IfNotPresent",
  imagePullSecrets: ["registry"],
  autoscaling: {
    minReplicas: 2,
    maxReplicas: 8,
    cpuAverageUtilizationPercent: 70,
    metrics: [{ type: "Pods", name: "requests", averageValue: "100" }],
    scaleUp: { stabilizationWindowSeconds: 0 },
    scaleDown: { policies: [{ type: "Percent", value: 10, periodSeconds: 60 }] },
  },
  resources,
  entrances: ["LoadBalancer", "NodePort"],
  longestRequestSeconds: 20,
  drainSeconds: 90,
  runAsUser: 20_001,
  runAsGroup: 20_001,
  labels: { tier: "web" },
  annotations: { "example.com/owner": "shop" },
  patches: { deployment: { spec: { revisionHistoryLimit: 3 } } },
  internalTrafficPolicy: "Cluster",
  trafficDistribution: "PreferClose",
  headlessPublishNotReadyAddresses: true,
  publishNotReadyAddresses: false,
  ipFamilyPolicy: "SingleStack",
  ipFamilies: ["IPv4"],
  sessionAffinity: "ClientIP",
  sessionAffinityTimeoutSeconds: 600,
  connectsTo: { CACHE: redis },
  connectsToExternal: {
    DATABASE: { addresses: ["10.20.0.5", "10.20.0.6"], port: 5432 },
    SEARCH: { externalName: "search.example.com", port: 443, ranges: ["203.0.113.0/24"] },
  },
  readyWithinSeconds: 900,
  disruptionBudget: { minAvailablePercent: 50 },
  env: { MODE: "fast", ADDRESS: "http://$(POD_IP):8080" },
  envFromSecretKeys: { PASSWORD: { name: "database", key: "password" } },
  envFromConfigMapKeys: { LEVEL: { name: "settings", key: "level" } },
  envFromFields: { POD_IP: "status.podIP", POD_NAME: "metadata.name" },
  envFromResourceFields: { MEMORY: { resource: "limits.memory" } },
  envFromSecrets: ["extra"],
  envFromConfigMaps: ["common"],
  secretEnv: { TOKEN: "t0ken" },
  serviceAccountAnnotations: { "example.com/role": "web" },
  automountServiceAccountToken: true,
  initContainers: [
    { name: "migrate", image: "registry.example/migrate:1", command: ["migrate"], resources },
    {
      name: "metrics",
      image: "registry.example/metrics:1",
      sidecar: true,
      ports: [{ name: "metrics", containerPort: 9090, port: 9090 }],
      livenessProbe: { httpGet: { path: "/", port: "metrics" } },
      resources,
    },
  ],
  networkPolicy: true,
  allowedCallers: [
    { namespace: "monitoring", ports: ["metrics"] },
    { ranges: ["10.0.0.0/8"], ports: ["http"] },
  ],
  closeEgress: true,
  dnsServerRanges: ["10.96.0.10/32"],
  allowedEgress: [{ ranges: ["192.0.2.0/24"], ports: [{ port: 443 }] }],
  sysctls: { "net.ipv4.tcp_keepalive_time": "300" },
  hostAliases: [{ ip: "10.20.0.9", hostnames: ["legacy.example.com"] }],
  dnsPolicy: "ClusterFirst",
  dnsConfig: { options: { ndots: "2" } },
  command: ["/app/web"],
  args: ["--port", "8080"],
  workingDir: "/app",
  nodeSelector: { "kubernetes.io/arch": "amd64" },
  tolerations: [{ key: "spot", value: "true", effect: "NoSchedule" }],
  priorityClassName: "high",
  nodeAffinity: [{ key: "example.com/disk", operator: "In", values: ["ssd"], weight: 10 }],
  runtimeClassName: "gvisor",
  spread: "Preferred",
  strategy: "RollingUpdate",
  maxSurge: 2,
  maxUnavailable: 1,
  volumes: [
    {
      name: "settings",
      configMapName: "settings",
      mountPath: "/etc/web.conf",
      subPath: "web.conf",
    },
    { name: "cache", emptyDirSizeLimit: "64Mi", emptyDirMedium: "Memory", mountPath: "/cache" },
    {
      name: "shared",
      persistentVolumeClaimName: "shared",
      accessMode: "ReadWriteMany",
      mountPath: "/srv",
      mounts: [{ mountPath: "/media", subPath: "media" }],
    },
  ],
};

/** The arguments that depend on the Backend's number, because two Backends may not have them in common. */
export const ofNumber = (number: number): Partial<BackendArgs> => ({
  serviceName: `web-${number}`,
  headlessServiceName: `web-${number}-pods`,
  app: `web-${number}`,
});
