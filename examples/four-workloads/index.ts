// An application of four workloads. The web calls the api; the api and the worker use Redis as a queue. Nobody else reaches Redis.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import {
  Backend,
  Entrance,
  LoadBalancerController,
  NodePortService,
} from "pulumi-kubernetes-services";

const namespace = "shop";
const created = new Namespace("namespace", { metadata: { name: namespace } });
const opts = { dependsOn: created };
const http = { readinessProbe: { httpGet: { path: "/readyz", port: "http" } } };

const redis = new Backend(
  "redis",
  {
    namespace,
    image: "redis:8.2-alpine",
    ports: [{ name: "redis", containerPort: 6379, port: 6379, appProtocol: "redis" }],
    readinessProbe: { exec: { command: ["redis-cli", "ping"] } },
    replicas: 1,
    // Only the two that use the queue.
    allowedCallers: [{ podLabels: { app: "api" } }, { podLabels: { app: "worker" } }],
    volumes: [{ name: "data", mountPath: "/data", emptyDirSizeLimit: "256Mi" }],
  },
  opts,
);
const queue = { QUEUE: { target: redis.target, port: "redis" } };

const api = new Backend(
  "api",
  {
    namespace,
    image: "registry.example/api:3.0.0",
    ports: [{ name: "http", containerPort: 8080, port: 80 }],
    ...http,
    connectsTo: queue,
  },
  opts,
);

new Backend(
  "worker",
  {
    namespace,
    image: "registry.example/worker:3.0.0",
    ports: [], // nobody connects to it
    readinessProbe: { exec: { command: ["/bin/worker", "check"] } },
    connectsTo: queue,
    longestRequestSeconds: 120, // the longest job
  },
  opts,
);

const web = new Backend(
  "web",
  {
    namespace,
    image: "registry.example/web:3.0.0",
    ports: [{ name: "http", containerPort: 8080 }],
    ...http,
    connectsTo: { API: { target: api.target, port: "http" } },
    entrances: [Entrance.NodePort],
  },
  opts,
);

const front = new NodePortService(
  "web-dev",
  {
    cluster: { controller: LoadBalancerController.None, allowNodePort: true },
    target: web.target,
    ports: [{ port: 80, targetPort: "http" }],
  },
  opts,
);

/** The port of every node at which the web answers. */
export const nodePort = front.nodePorts["http"];
