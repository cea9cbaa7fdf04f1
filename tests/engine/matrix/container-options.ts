import { ImagePullPolicy, ProbeScheme } from "../../../components/index.ts";
import type { Option } from "./option.ts";

const image = "example/web:1";
const http = { name: "http", containerPort: 8080, port: 80 };
const grpc = { name: "grpc", containerPort: 9090, port: 9090 };
const digest = "a".repeat(64);

/** What a container can be asked to be. */
export const containerOptions: readonly Option[] = [
  { name: "least" },
  {
    name: "http-probes",
    backend: {
      readinessProbe: { httpGet: { path: "/readyz", port: "http" }, periodSeconds: 5 },
      livenessProbe: { httpGet: { path: "/livez", port: "http" }, initialDelaySeconds: 3 },
      startupProbe: {
        httpGet: { path: "/startz", port: "http", scheme: ProbeScheme.HTTPS },
        failureThreshold: 30,
      },
    },
  },
  {
    name: "tcp-probes",
    backend: {
      readinessProbe: { tcpSocket: { port: "http" }, successThreshold: 2 },
      livenessProbe: { tcpSocket: { port: "http" }, timeoutSeconds: 4 },
      startupProbe: { tcpSocket: { port: "http" }, periodSeconds: 2 },
      longestRequestSeconds: 0,
    },
  },
  {
    name: "grpc-probes",
    backend: {
      ports: [http, grpc],
      readinessProbe: { grpc: { port: "grpc", service: "readiness" } },
      livenessProbe: { grpc: { port: "grpc" }, failureThreshold: 5 },
      startupProbe: { grpc: { port: "grpc" }, failureThreshold: 60 },
    },
  },
  {
    name: "exec-probes",
    backend: {
      readinessProbe: { exec: { command: ["/ready"] } },
      livenessProbe: { exec: { command: ["/live", "--deep"] } },
      startupProbe: { exec: { command: ["/started"] } },
      longestRequestSeconds: 120,
    },
  },
  {
    name: "env",
    existing: ["settings", "credentials"],
    backend: {
      env: { GREETING: "hello", EMPTY: "", REFERENCE: "$(GREETING), world" },
      envFromConfigMapKeys: { TITLE: { name: "settings", key: "GREETING" } },
      envFromSecretKeys: { OLD_PASSWORD: { name: "credentials", key: "PASSWORD" } },
    },
  },
  { name: "secret-env", backend: { secretEnv: { PASSWORD: "canary-of-new", EMPTY: "" } } },
  {
    name: "env-from",
    existing: ["settings", "credentials"],
    backend: {
      envFromConfigMaps: ["settings"],
      envFromSecrets: ["credentials"],
      secretEnv: { TOKEN: "canary-of-new" },
    },
  },
  {
    name: "init-containers",
    existing: ["settings"],
    backend: {
      volumes: [{ name: "files", mountPath: "/files", emptyDirSizeLimit: "16Mi" }],
      initContainers: [
        {
          name: "migrate",
          image,
          command: ["/migrate"],
          args: ["--once"],
          env: { LEVEL: "3" },
          envFromConfigMaps: ["settings"],
          volumes: ["files"],
        },
        { name: "warm", image, resources: { requests: { cpu: "1" } } },
      ],
    },
  },
  {
    name: "sidecars",
    backend: {
      initContainers: [
        {
          name: "proxy",
          image,
          sidecar: true,
          imagePullPolicy: ImagePullPolicy.IfNotPresent,
          ports: [{ name: "admin", containerPort: 9901 }],
          startupProbe: { httpGet: { path: "/ready", port: "admin" } },
          readinessProbe: { tcpSocket: { port: "admin" } },
          livenessProbe: { grpc: { port: "admin" } },
        },
        { name: "logs", image, sidecar: true, readinessProbe: { exec: { command: ["/ready"] } } },
        { name: "migrate", image, command: ["/migrate"] },
      ],
    },
  },
  {
    name: "process",
    backend: {
      command: ["/web"],
      args: ["--port", "8080", ""],
      workingDir: "/srv",
      image: `registry.example:5000/team/web:1.2@sha256:${digest}`,
      imagePullPolicy: ImagePullPolicy.Always,
      imagePullSecrets: ["registry"],
    },
  },
  {
    name: "resources",
    backend: {
      resources: { requests: { cpu: "250m", memory: "0.5Gi" }, limits: { memory: "1Gi" } },
    },
  },
];
