import { Entrance, MetricType, ProbeScheme, Protocol } from "../../../components/index.ts";
import { type Application, exec, http, web } from "./application.ts";

const udp = (name: string, containerPort: number, port = containerPort) => ({
  name,
  containerPort,
  port,
  protocol: Protocol.UDP,
});

/** Networks, workers and what other programs call. */
export const services: readonly Application[] = [
  {
    name: "wireguard",
    args: {
      image: "registry.example/wireguard-userspace:1.0.0",
      ports: [udp("wireguard", 51_820)],
      volumes: [
        {
          name: "config",
          mountPath: "/etc/wireguard",
          secretName: "wireguard",
          items: [{ key: "wg0.conf", path: "wg0.conf", mode: 0o400 }],
        },
      ],
      readinessProbe: exec("wg", "show"),
      entrances: [Entrance.LoadBalancer],
    },
    original: {
      ports: { wireguard: 51_820 },
      service: { 51820: 51_820 },
      mounts: { "/etc/wireguard": "" },
    },
    differs: [
      {
        field: "securityContext.sysctls",
        original: "net.ipv4.conf.all.src_valid_mark",
        why: "no namespace of the restricted standard takes it; the userspace implementation does without",
      },
      {
        field: "securityContext.capabilities",
        original: "NET_ADMIN",
        why: "the userspace implementation needs none; the kernel's takes a patch",
      },
    ],
  },
  {
    name: "pihole",
    args: {
      image: "pihole/pihole:2024.07.0",
      ports: [{ name: "dns", containerPort: 53, port: 53 }, udp("dns-udp", 53), ...web(80)],
      sysctls: { "net.ipv4.ip_unprivileged_port_start": "0" },
      env: { TZ: "Europe/Berlin" },
      envFromSecretKeys: { WEBPASSWORD: { name: "pihole", key: "password" } },
      dnsPolicy: "None",
      dnsConfig: { nameservers: ["127.0.0.1", "1.1.1.1"] },
      volumes: [{ name: "config", mountPath: "/etc/pihole", persistentVolumeClaimName: "pihole" }],
      readinessProbe: http("/admin/"),
    },
    original: {
      ports: { dns: 53, "dns-udp": 53, http: 80 },
      service: { 53: 53, 80: 80 },
      env: {
        WEBPASSWORD: { secretKeyRef: { name: "pihole", key: "password" } },
        TZ: "Europe/Berlin",
      },
      mounts: { "/etc/pihole": "" },
      pod: { dnsPolicy: "None", dnsConfig: { nameservers: ["127.0.0.1", "1.1.1.1"] } },
    },
    differs: [
      {
        field: "securityContext",
        original: "root with NET_ADMIN",
        why: "low ports are opened by a sysctl; NET_ADMIN is needed for DHCP alone",
      },
    ],
  },
  {
    name: "coredns",
    args: {
      image: "coredns/coredns:1.12.0",
      args: ["-conf", "/etc/coredns/Corefile"],
      ports: [
        udp("dns", 1053, 53),
        { name: "dns-tcp", containerPort: 1053, port: 53 },
        { name: "metrics", containerPort: 9153 },
        { name: "health", containerPort: 8080 },
      ],
      dnsPolicy: "Default",
      volumes: [{ name: "config", mountPath: "/etc/coredns", configMapName: "coredns" }],
      readinessProbe: http("/health", "health"),
      priorityClassName: "system-cluster-critical",
    },
    original: {
      ports: { dns: 1053, "dns-tcp": 1053, metrics: 9153, health: 8080 },
      service: { 53: 1053 },
      mounts: { "/etc/coredns": "" },
      pod: { dnsPolicy: "Default", priorityClassName: "system-cluster-critical" },
    },
  },
  {
    name: "grpc-service",
    args: {
      image: "registry.example/catalog:1.0.0",
      ports: [
        { name: "grpc", containerPort: 50_051, port: 50_051, appProtocol: "kubernetes.io/h2c" },
      ],
      headless: true,
      readinessProbe: { grpc: { port: "grpc" } },
      livenessProbe: { grpc: { port: "grpc", service: "liveness" }, periodSeconds: 20 },
    },
    original: {
      ports: { grpc: 50_051 },
      service: { 50051: 50_051 },
      container: { readinessProbe: { grpc: { port: 50_051 } } },
    },
  },
  {
    name: "minecraft",
    args: {
      image: "itzg/minecraft-server:java21",
      ports: [
        { name: "minecraft", containerPort: 25_565, port: 25_565 },
        { name: "rcon", containerPort: 25_575, entrance: false },
      ],
      runAsUser: 1000,
      runAsGroup: 1000,
      env: { EULA: "TRUE", MEMORY: "2G" },
      resources: { requests: { memory: "3Gi" }, limits: { memory: "3Gi" } },
      volumes: [{ name: "data", mountPath: "/data", persistentVolumeClaimName: "minecraft" }],
      startupProbe: { ...exec("mc-health"), failureThreshold: 60 },
      readinessProbe: exec("mc-health"),
      preStop: exec("mc-send-to-console", "save-all"),
      entrances: [Entrance.NodePort],
    },
    original: {
      ports: { minecraft: 25_565, rcon: 25_575 },
      service: { 25565: 25_565 },
      env: { EULA: "TRUE", MEMORY: "2G" },
      mounts: { "/data": "" },
      deployment: { strategy: { type: "Recreate" } },
    },
  },
  {
    name: "celery-worker",
    args: {
      image: "registry.example/shop-api:1.0.0",
      command: ["celery", "-A", "shop", "worker"],
      ports: [],
      drainSeconds: 0,
      longestRequestSeconds: 600,
      env: { CELERY_BROKER_URL: "redis://redis.shop.svc:6379/0" },
      readinessProbe: { ...exec("celery", "-A", "shop", "inspect", "ping"), timeoutSeconds: 10 },
      externalAutoscaler: true,
      replicas: 1,
    },
    original: {
      ports: {},
      service: {},
      env: { CELERY_BROKER_URL: "redis://redis.shop.svc:6379/0" },
      container: { command: ["celery", "-A", "shop", "worker"] },
      pod: { terminationGracePeriodSeconds: 605 },
    },
  },
  {
    name: "sidekiq",
    args: {
      image: "registry.example/rails:7.2",
      command: ["bundle", "exec", "sidekiq"],
      ports: [{ name: "health", containerPort: 7433 }],
      readinessProbe: http("/", "health"),
      allowedCallers: [],
      autoscaling: {
        minReplicas: 1,
        maxReplicas: 20,
        metrics: [{ type: MetricType.External, name: "sidekiq_queue_latency", averageValue: "30" }],
      },
    },
    original: {
      ports: { health: 7433 },
      service: {},
      container: { command: ["bundle", "exec", "sidekiq"] },
    },
  },
  {
    name: "prometheus",
    args: {
      image: "registry.example/prometheus:3.0.1",
      args: ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"],
      ports: web(9090),
      runAsUser: 65_534,
      runAsGroup: 65_534,
      automountServiceAccountToken: true,
      volumes: [
        { name: "config", mountPath: "/etc/prometheus", configMapName: "prometheus" },
        { name: "data", mountPath: "/prometheus", persistentVolumeClaimName: "prometheus" },
      ],
      readinessProbe: http("/-/ready"),
      livenessProbe: http("/-/healthy"),
      longestRequestSeconds: 285,
    },
    original: {
      ports: { http: 9090 },
      service: { 9090: 9090 },
      mounts: { "/etc/prometheus": "", "/prometheus": "" },
      pod: { securityContext: { fsGroup: 65_534 }, terminationGracePeriodSeconds: 300 },
    },
  },
  {
    name: "otel-collector",
    args: {
      image: "registry.example/opentelemetry-collector:0.115.0",
      args: ["--config=/conf/collector.yaml"],
      ports: [
        { name: "otlp-grpc", containerPort: 4317, port: 4317, appProtocol: "kubernetes.io/h2c" },
        { name: "otlp-http", containerPort: 4318, port: 4318, appProtocol: "http" },
        { name: "health", containerPort: 13_133 },
      ],
      envFromFields: { MY_POD_IP: "status.podIP" },
      envFromResourceFields: { GOMEMLIMIT: { resource: "limits.memory" } },
      allowedCallers: [{ anyNamespace: true }],
      volumes: [{ name: "conf", mountPath: "/conf", configMapName: "collector" }],
      readinessProbe: http("/", "health"),
    },
    original: {
      ports: { "otlp-grpc": 4317, "otlp-http": 4318, health: 13_133 },
      service: { 4317: 4317, 4318: 4318 },
      env: {
        MY_POD_IP: { fieldRef: { fieldPath: "status.podIP" } },
        GOMEMLIMIT: { resourceFieldRef: { resource: "limits.memory" } },
      },
      mounts: { "/conf": "" },
    },
  },
  {
    name: "mosquitto",
    args: {
      image: "eclipse-mosquitto:2.0",
      ports: [
        { name: "mqtt", containerPort: 1883, port: 1883 },
        { name: "websocket", containerPort: 9001, port: 9001, appProtocol: "kubernetes.io/ws" },
      ],
      runAsUser: 1883,
      runAsGroup: 1883,
      volumes: [
        {
          name: "config",
          mountPath: "/mosquitto/config/mosquitto.conf",
          subPath: "mosquitto.conf",
          configMapName: "mosquitto",
        },
        { name: "data", mountPath: "/mosquitto/data", persistentVolumeClaimName: "mosquitto" },
      ],
      readinessProbe: { tcpSocket: { port: "mqtt" } },
    },
    original: {
      ports: { mqtt: 1883, websocket: 9001 },
      service: { 1883: 1883, 9001: 9001 },
      mounts: { "/mosquitto/config/mosquitto.conf": "mosquitto.conf", "/mosquitto/data": "" },
    },
  },
  {
    name: "admission-webhook",
    args: {
      image: "registry.example/webhook:1.0.0",
      ports: [{ name: "https", containerPort: 8443, port: 443 }],
      automountServiceAccountToken: true,
      allowedCallers: [{ ranges: ["172.16.0.0/28"] }],
      volumes: [
        { name: "cert", mountPath: "/certs", secretName: "webhook-tls", defaultMode: 0o440 },
      ],
      readinessProbe: { httpGet: { path: "/readyz", port: "https", scheme: ProbeScheme.HTTPS } },
      disruptionBudget: { minAvailable: 1 },
    },
    original: {
      ports: { https: 8443 },
      service: { 443: 8443 },
      mounts: { "/certs": "" },
      pod: {
        volumes: [{}, { name: "cert", secret: { secretName: "webhook-tls", defaultMode: 0o440 } }],
      },
    },
  },
];
