import { Entrance, NodeSelectorOperator } from "../../../components/index.ts";
import {
  type Application,
  exec,
  http,
  STATEFUL,
  secretKey,
  tcp,
  USER,
  web,
} from "./application.ts";

const claim = (name: string, mountPath: string) => ({
  name: "data",
  mountPath,
  persistentVolumeClaimName: name,
});

/** What teams run for themselves. */
export const tools: readonly Application[] = [
  {
    name: "nats",
    args: {
      image: "nats:2.10",
      args: ["--config", "/etc/nats/nats.conf"],
      ports: [tcp("nats", 4222), { name: "cluster", containerPort: 6222 }, tcp("monitor", 8222)],
      envFromFields: { SERVER_NAME: "metadata.name" },
      headlessServiceName: "nats-peers",
      headlessPublishNotReadyAddresses: true,
      allowedCallers: [
        { anyNamespace: true, ports: ["nats"] },
        { podLabels: { app: "nats" }, ports: ["cluster"] },
      ],
      volumes: [{ name: "config", mountPath: "/etc/nats", configMapName: "nats" }],
      startupProbe: { ...http("/healthz", "monitor"), failureThreshold: 90 },
      readinessProbe: http("/healthz?js-server-only=true", "monitor"),
    },
    original: {
      ports: { nats: 4222, cluster: 6222, monitor: 8222 },
      service: { 4222: 4222, 8222: 8222 },
      env: { SERVER_NAME: { fieldRef: { fieldPath: "metadata.name" } } },
      mounts: { "/etc/nats": "" },
      container: { args: ["--config", "/etc/nats/nats.conf"] },
    },
    differs: [{ ...STATEFUL, original: "a StatefulSet without claims" }],
  },
  {
    name: "jenkins",
    args: {
      image: "jenkins/jenkins:2.479-jdk21",
      ports: [...web(8080), tcp("agent", 50_000)],
      runAsUser: 1000,
      runAsGroup: 1000,
      env: { JAVA_OPTS: "-Djenkins.install.runSetupWizard=false" },
      automountServiceAccountToken: true,
      volumes: [claim("jenkins", "/var/jenkins_home")],
      startupProbe: { ...http("/login"), failureThreshold: 30 },
      readinessProbe: http("/login"),
    },
    original: {
      ports: { http: 8080, agent: 50_000 },
      service: { 8080: 8080, 50000: 50_000 },
      env: { JAVA_OPTS: "-Djenkins.install.runSetupWizard=false" },
      mounts: { "/var/jenkins_home": "" },
      pod: { securityContext: { runAsUser: 1000, fsGroup: 1000 } },
    },
    differs: [STATEFUL],
  },
  {
    name: "metabase",
    args: {
      image: "metabase/metabase:v0.52.4",
      ports: web(3000, 80),
      connectsToExternal: { DB: { externalName: "metabase.db.example", port: 5432 } },
      env: { MB_DB_TYPE: "postgres", MB_DB_HOST: "$(DB_HOST)", MB_DB_PORT: "$(DB_PORT)" },
      envFromSecretKeys: { MB_DB_PASS: { name: "metabase", key: "password" } },
      startupProbe: { ...http("/api/health"), failureThreshold: 60 },
      readinessProbe: http("/api/health"),
    },
    original: {
      ports: { http: 3000 },
      service: { 80: 3000 },
      env: {
        DB_HOST: "metabase.db.example",
        DB_PORT: "5432",
        MB_DB_PASS: secretKey("metabase", "password"),
        MB_DB_TYPE: "postgres",
        MB_DB_HOST: "$(DB_HOST)",
        MB_DB_PORT: "$(DB_PORT)",
      },
    },
  },
  {
    name: "ollama",
    args: {
      image: "ollama/ollama:0.5.1",
      ports: web(11_434),
      env: { OLLAMA_MODELS: "/models" },
      resources: { requests: { memory: "8Gi" }, limits: { memory: "8Gi", "nvidia.com/gpu": "1" } },
      nodeAffinity: [
        { key: "gpu.memory", operator: NodeSelectorOperator.Gt, values: ["16"] },
        { key: "gpu.fast", operator: NodeSelectorOperator.Exists, weight: 50 },
      ],
      tolerations: [{ key: "nvidia.com/gpu" }],
      volumes: [claim("models", "/models")],
      readinessProbe: http("/"),
    },
    original: {
      ports: { http: 11_434 },
      service: { 11434: 11_434 },
      env: { OLLAMA_MODELS: "/models" },
      mounts: { "/models": "" },
      container: { resources: { limits: { "nvidia.com/gpu": "1" } } },
      pod: { tolerations: [{ key: "nvidia.com/gpu", operator: "Exists" }] },
    },
    differs: [USER],
  },
  {
    name: "loki",
    args: {
      image: "grafana/loki:3.3.1",
      args: ["-config.file=/etc/loki/config.yaml", "-target=all"],
      ports: [...web(3100), { name: "grpc", containerPort: 9095 }],
      volumes: [
        { name: "config", mountPath: "/etc/loki", configMapName: "loki" },
        claim("loki", "/var/loki"),
      ],
      readinessProbe: { ...http("/ready"), initialDelaySeconds: 15 },
    },
    original: {
      ports: { http: 3100, grpc: 9095 },
      service: { 3100: 3100 },
      mounts: { "/etc/loki": "", "/var/loki": "" },
      pod: { securityContext: { runAsUser: 10_001, fsGroup: 10_001 } },
    },
    differs: [STATEFUL],
  },
  {
    name: "blackbox-exporter",
    args: {
      image: "registry.example/blackbox-exporter:0.25.0",
      args: ["--config.file=/etc/blackbox/config.yml"],
      ports: web(9115),
      sysctls: { "net.ipv4.ping_group_range": "0 2147483647" },
      closeEgress: true,
      allowedEgress: [{ ranges: ["0.0.0.0/0"], ports: [{ port: 443 }, { port: 80 }] }],
      volumes: [{ name: "config", mountPath: "/etc/blackbox", configMapName: "blackbox" }],
      readinessProbe: http("/-/healthy"),
    },
    original: {
      ports: { http: 9115 },
      service: { 9115: 9115 },
      mounts: { "/etc/blackbox": "" },
      pod: {
        securityContext: {
          sysctls: [{ name: "net.ipv4.ping_group_range", value: "0 2147483647" }],
        },
      },
    },
  },
  {
    name: "haproxy",
    args: {
      image: "haproxy:3.1",
      ports: [
        { name: "http", containerPort: 8080, port: 80 },
        { name: "https", containerPort: 8443, port: 443 },
        { name: "stats", containerPort: 8404, port: 8404, entrance: false },
      ],
      runAsUser: 99,
      runAsGroup: 99,
      volumes: [
        {
          name: "config",
          mountPath: "/usr/local/etc/haproxy",
          configMapName: "haproxy",
          items: [{ key: "haproxy.cfg", path: "haproxy.cfg" }],
        },
      ],
      readinessProbe: http("/healthz", "stats"),
      entrances: [Entrance.LoadBalancer],
      disruptionBudget: { maxUnavailablePercent: 25 },
      replicas: 4,
    },
    original: {
      ports: { http: 8080, https: 8443, stats: 8404 },
      service: { 80: 8080, 443: 8443, 8404: 8404 },
      mounts: { "/usr/local/etc/haproxy": "" },
      deployment: { replicas: 4 },
    },
  },
  {
    name: "php-fpm",
    args: {
      image: "registry.example/shop-php:8.3",
      ports: [{ name: "fpm", containerPort: 9000 }],
      readinessProbe: { tcpSocket: { port: "fpm" } },
      volumes: [{ name: "public", mountPath: "/var/www/public", emptyDirSizeLimit: "512Mi" }],
      initContainers: [
        {
          name: "assets",
          image: "registry.example/shop-php:8.3",
          command: ["cp", "-r", "/app/public/.", "/var/www/public"],
          volumes: ["public"],
        },
        {
          name: "nginx",
          image: "nginxinc/nginx-unprivileged:1.27",
          sidecar: true,
          runAsUser: 101,
          ports: [{ name: "http", containerPort: 8080, port: 80 }],
          readinessProbe: http("/healthz"),
          volumes: ["public"],
        },
      ],
    },
    original: {
      ports: { fpm: 9000, http: 8080 },
      service: { 80: 8080 },
      mounts: { "/var/www/public": "" },
      pod: { initContainers: [{ name: "assets" }, { securityContext: { runAsUser: 101 } }] },
    },
  },
  {
    name: "gitlab-runner",
    args: {
      image: "registry.example/gitlab-runner:17.6",
      ports: [{ name: "metrics", containerPort: 9252 }],
      runAsUser: 100,
      automountServiceAccountToken: true,
      envFromSecrets: ["runner-token"],
      env: { CI_SERVER_URL: "https://git.example" },
      allowedCallers: [{ namespace: "monitoring", ports: ["metrics"] }],
      readinessProbe: exec("gitlab-runner", "verify"),
      longestRequestSeconds: 3600,
      hostAliases: [{ ip: "10.20.0.8", hostnames: ["git.example"] }],
    },
    original: {
      ports: { metrics: 9252 },
      service: {},
      env: { CI_SERVER_URL: "https://git.example" },
      container: { envFrom: [{ secretRef: { name: "runner-token" } }] },
      pod: { terminationGracePeriodSeconds: 3615 },
    },
  },
];
