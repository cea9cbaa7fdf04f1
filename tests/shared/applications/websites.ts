import { Entrance, NodeSelectorOperator, Protocol } from "../../../components/index.ts";
import { type Application, exec, http, secretKey, USER, web } from "./application.ts";

/** What people open in a browser, and what stands in front of it. */
export const websites: readonly Application[] = [
  {
    name: "keycloak",
    args: {
      image: "registry.example/keycloak:26.0",
      args: ["start", "--optimized"],
      ports: [...web(8080, 80), { name: "management", containerPort: 9000 }],
      runAsUser: 1000,
      env: { KC_HEALTH_ENABLED: "true", KC_PROXY_HEADERS: "xforwarded", KC_HTTP_ENABLED: "true" },
      envFromSecretKeys: { KC_DB_PASSWORD: { name: "keycloak-db", key: "password" } },
      startupProbe: {
        ...http("/health/started", "management"),
        failureThreshold: 60,
        periodSeconds: 5,
      },
      readinessProbe: http("/health/ready", "management"),
      livenessProbe: http("/health/live", "management"),
      resources: { requests: { memory: "1Gi" }, limits: { memory: "1Gi" } },
      headlessServiceName: "keycloak-jgroups",
      allowedCallers: [{ anyNamespace: true }, { ranges: ["10.0.0.0/8"], ports: ["management"] }],
    },
    original: {
      ports: { http: 8080, management: 9000 },
      service: { 80: 8080 },
      env: {
        KC_DB_PASSWORD: secretKey("keycloak-db", "password"),
        KC_HEALTH_ENABLED: "true",
        KC_PROXY_HEADERS: "xforwarded",
        KC_HTTP_ENABLED: "true",
      },
      container: {
        args: ["start", "--optimized"],
        startupProbe: {
          httpGet: { path: "/health/started", port: "management" },
          failureThreshold: 60,
        },
      },
    },
  },
  {
    name: "grafana",
    args: {
      image: "grafana/grafana:11.4.0",
      ports: web(3000),
      runAsUser: 472,
      runAsGroup: 472,
      envFromSecretKeys: { GF_SECURITY_ADMIN_PASSWORD: { name: "grafana", key: "admin-password" } },
      volumes: [
        { name: "storage", mountPath: "/var/lib/grafana", persistentVolumeClaimName: "grafana" },
        {
          name: "config",
          mountPath: "/etc/grafana/grafana.ini",
          subPath: "grafana.ini",
          configMapName: "grafana",
        },
      ],
      initContainers: [
        {
          name: "dashboards",
          image: "registry.example/k8s-sidecar:1.28.0",
          sidecar: true,
          env: { LABEL: "grafana_dashboard" },
        },
      ],
      automountServiceAccountToken: true,
      readinessProbe: http("/api/health"),
    },
    original: {
      ports: { http: 3000 },
      service: { 3000: 3000 },
      env: { GF_SECURITY_ADMIN_PASSWORD: secretKey("grafana", "admin-password") },
      mounts: { "/var/lib/grafana": "", "/etc/grafana/grafana.ini": "grafana.ini" },
      pod: {
        securityContext: { runAsUser: 472, fsGroup: 472 },
        automountServiceAccountToken: true,
      },
    },
  },
  {
    name: "nginx",
    args: {
      image: "nginxinc/nginx-unprivileged:1.27",
      ports: web(8080, 80),
      volumes: [
        {
          name: "config",
          mountPath: "/etc/nginx/conf.d/default.conf",
          subPath: "default.conf",
          configMapName: "nginx",
        },
        { name: "cache", mountPath: "/var/cache/nginx", emptyDirSizeLimit: "256Mi" },
      ],
      preStop: exec("/bin/sh", "-c", "sleep 10; nginx -s quit"),
      readinessProbe: http("/"),
    },
    original: {
      ports: { http: 8080 },
      service: { 80: 8080 },
      mounts: { "/etc/nginx/conf.d/default.conf": "default.conf", "/var/cache/nginx": "" },
      container: {
        lifecycle: { preStop: { exec: { command: ["/bin/sh", "-c", "sleep 10; nginx -s quit"] } } },
      },
    },
  },
  {
    name: "nextjs",
    args: {
      image: "registry.example/shop-front:1.0.0",
      ports: web(3000, 80),
      env: { HOSTNAME: "0.0.0.0", NODE_ENV: "production" },
      volumes: [{ name: "cache", mountPath: "/app/.next/cache", emptyDirSizeLimit: "1Gi" }],
      readinessProbe: http("/api/health"),
      entrances: [Entrance.LoadBalancer],
      autoscaling: {
        minReplicas: 2,
        maxReplicas: 20,
        cpuAverageUtilizationPercent: 70,
        scaleDown: { stabilizationWindowSeconds: 600 },
      },
    },
    original: {
      ports: { http: 3000 },
      service: { 80: 3000 },
      env: { HOSTNAME: "0.0.0.0", NODE_ENV: "production" },
      mounts: { "/app/.next/cache": "" },
    },
  },
  {
    name: "spring",
    args: {
      image: "registry.example/orders:3.4.0",
      ports: [...web(8080, 80), { name: "management", containerPort: 8081 }],
      env: { MANAGEMENT_SERVER_PORT: "8081", JAVA_TOOL_OPTIONS: "-XX:MaxRAMPercentage=75" },
      envFromResourceFields: { CPUS: { resource: "limits.cpu" } },
      startupProbe: { ...http("/actuator/health/liveness", "management"), failureThreshold: 60 },
      readinessProbe: http("/actuator/health/readiness", "management"),
      livenessProbe: http("/actuator/health/liveness", "management"),
    },
    original: {
      ports: { http: 8080, management: 8081 },
      service: { 80: 8080 },
      env: {
        CPUS: { resourceFieldRef: { resource: "limits.cpu" } },
        MANAGEMENT_SERVER_PORT: "8081",
        JAVA_TOOL_OPTIONS: "-XX:MaxRAMPercentage=75",
      },
    },
  },
  {
    name: "app-behind-oauth2-proxy",
    args: {
      image: "registry.example/internal-app:1.0.0",
      ports: [{ name: "app", containerPort: 3000 }],
      readinessProbe: http("/healthz", "app"),
      entrances: [Entrance.LoadBalancer],
      initContainers: [
        {
          name: "oauth2-proxy",
          image: "registry.example/oauth2-proxy:7.7.1",
          sidecar: true,
          args: ["--upstream=http://127.0.0.1:3000", "--http-address=0.0.0.0:4180"],
          runAsUser: 65_532,
          ports: [{ name: "http", containerPort: 4180, port: 80, entrance: true }],
          readinessProbe: http("/ready"),
        },
      ],
    },
    original: {
      ports: { app: 3000, http: 4180 },
      service: { 80: 4180 },
      pod: { initContainers: [{ name: "oauth2-proxy", securityContext: { runAsUser: 65_532 } }] },
    },
    differs: [
      {
        field: "containers",
        original: "the proxy is a second container",
        why: "a sidecar starts before the application and stops after it",
      },
    ],
  },
  {
    name: "wordpress",
    args: {
      image: "wordpress:6.7-apache",
      ports: web(80),
      runAsUser: 33,
      runAsGroup: 33,
      sysctls: { "net.ipv4.ip_unprivileged_port_start": "0" },
      env: { WORDPRESS_DB_HOST: "wordpress-mysql" },
      envFromSecretKeys: { WORDPRESS_DB_PASSWORD: { name: "mysql-pass", key: "password" } },
      volumes: [
        { name: "files", mountPath: "/var/www/html", persistentVolumeClaimName: "wp-pv-claim" },
      ],
      readinessProbe: { tcpSocket: { port: "http" } },
      entrances: [Entrance.LoadBalancer],
    },
    original: {
      ports: { http: 80 },
      service: { 80: 80 },
      env: {
        WORDPRESS_DB_PASSWORD: secretKey("mysql-pass", "password"),
        WORDPRESS_DB_HOST: "wordpress-mysql",
      },
      mounts: { "/var/www/html": "" },
      deployment: { strategy: { type: "Recreate" } },
    },
    differs: [USER],
  },
  {
    name: "gitea",
    args: {
      image: "gitea/gitea:1.22-rootless",
      ports: [...web(3000), { name: "ssh", containerPort: 2222, port: 22 }],
      runAsUser: 1000,
      runAsGroup: 1000,
      volumes: [{ name: "data", mountPath: "/var/lib/gitea", persistentVolumeClaimName: "gitea" }],
      readinessProbe: http("/api/healthz"),
    },
    original: {
      ports: { http: 3000, ssh: 2222 },
      service: { 3000: 3000, 22: 2222 },
      mounts: { "/var/lib/gitea": "" },
    },
  },
  {
    name: "jellyfin",
    args: {
      image: "jellyfin/jellyfin:10.10",
      ports: [
        ...web(8096),
        { name: "discovery", containerPort: 7359, port: 7359, protocol: Protocol.UDP },
      ],
      nodeAffinity: [{ key: "gpu", operator: NodeSelectorOperator.Exists }],
      runtimeClassName: "nvidia",
      resources: { limits: { "nvidia.com/gpu": "1" } },
      volumes: [
        { name: "config", mountPath: "/config", persistentVolumeClaimName: "jellyfin" },
        { name: "media", mountPath: "/media", persistentVolumeClaimName: "media", readOnly: true },
        { name: "cache", mountPath: "/cache", emptyDirSizeLimit: "10Gi" },
      ],
      readinessProbe: http("/health"),
    },
    original: {
      ports: { http: 8096, discovery: 7359 },
      service: { 8096: 8096, 7359: 7359 },
      mounts: { "/config": "", "/media": "", "/cache": "" },
      container: { resources: { limits: { "nvidia.com/gpu": "1" } } },
      pod: { runtimeClassName: "nvidia" },
    },
  },
  {
    name: "vaultwarden",
    args: {
      image: "vaultwarden/server:1.32.7",
      ports: web(8080, 80),
      env: { ROCKET_PORT: "8080", DOMAIN: "https://vault.example" },
      envFromSecretKeys: { ADMIN_TOKEN: { name: "vaultwarden", key: "admin-token" } },
      volumes: [{ name: "data", mountPath: "/data", persistentVolumeClaimName: "vaultwarden" }],
      readinessProbe: http("/alive"),
    },
    original: {
      ports: { http: 8080 },
      service: { 80: 8080 },
      env: {
        ADMIN_TOKEN: secretKey("vaultwarden", "admin-token"),
        ROCKET_PORT: "8080",
        DOMAIN: "https://vault.example",
      },
      mounts: { "/data": "" },
    },
  },
  {
    name: "home-assistant",
    args: {
      image: "homeassistant/home-assistant:2024.12",
      ports: web(8123),
      volumes: [{ name: "config", mountPath: "/config", persistentVolumeClaimName: "home" }],
      hostAliases: [{ ip: "192.168.1.20", hostnames: ["bridge.lan"] }],
      readinessProbe: { tcpSocket: { port: "http" } },
    },
    original: {
      ports: { http: 8123 },
      service: { 8123: 8123 },
      mounts: { "/config": "" },
      pod: { hostAliases: [{ ip: "192.168.1.20", hostnames: ["bridge.lan"] }] },
    },
    differs: [
      USER,
      {
        field: "hostNetwork",
        original: "true, to find devices by multicast",
        why: "Pods on the node's network have no policies; it takes a patch",
      },
    ],
  },
  {
    name: "n8n",
    args: {
      image: "n8nio/n8n:1.71.0",
      ports: web(5678, 80),
      runAsUser: 1000,
      runAsGroup: 1000,
      env: { N8N_PORT: "5678" },
      secretEnv: { N8N_ENCRYPTION_KEY: "secret" },
      volumes: [{ name: "data", mountPath: "/home/node/.n8n", persistentVolumeClaimName: "n8n" }],
      readinessProbe: http("/healthz"),
    },
    original: {
      ports: { http: 5678 },
      service: { 80: 5678 },
      env: { N8N_ENCRYPTION_KEY: secretKey("n8n", "N8N_ENCRYPTION_KEY"), N8N_PORT: "5678" },
      mounts: { "/home/node/.n8n": "" },
    },
  },
];
