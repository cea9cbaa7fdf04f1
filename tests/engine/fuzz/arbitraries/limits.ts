import type {
  BackendArgs,
  LoadBalancerServiceArgs,
  NodePortServiceArgs,
} from "../../../../components/index.ts";
import {
  Entrance,
  Exposure,
  LoadBalancerController,
  Protocol,
  TrafficPolicy,
} from "../../../../components/index.ts";
import type { Given } from "./backend.ts";
import { NODE_PORTS } from "./node-port-range.ts";
import { INT32_MAX } from "./numbers.ts";

const LONGEST_KEY = "A".repeat(63);
const controller = LoadBalancerController.AwsCloudControllerNlb;
const smallest: BackendArgs = {
  namespace: "shop",
  image: "nginx",
  ports: [{ name: "http", containerPort: 8080, port: 80 }],
  readinessProbe: { tcpSocket: { port: "http" } },
};
const target = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [
    { name: "http", containerPort: 8080 },
    { name: "dns", containerPort: 8080, protocol: Protocol.UDP },
  ],
  drainSeconds: 60,
};

const called = {
  ports: [{ name: "http", containerPort: 8080, port: 80 }],
  serviceName: "web",
};

const backends: readonly Given<BackendArgs>[] = [
  // The Pods have one more annotation of 69 bytes where there is a Secret.
  {
    name: "web",
    args: {
      ...smallest,
      annotations: { a: "x".repeat(262_144 - 69 - 1) },
      secretEnv: { A: "ä".repeat(524_287), B: "yz" },
    },
  },
  {
    name: "web",
    args: { ...smallest, serviceAccountAnnotations: { a: "ä".repeat(131_071), b: "" } },
  },
  // The longest name of a policy that lets in, and the highest numbers of Pods and seconds.
  {
    name: "w".repeat(63),
    args: {
      ...smallest,
      namespace: "n".repeat(63),
      autoscaling: {
        minReplicas: INT32_MAX,
        maxReplicas: INT32_MAX,
        cpuAverageUtilizationPercent: INT32_MAX,
      },
      connectsTo: { [LONGEST_KEY]: { target: { ...target, ...called }, port: "http" } },
      readyWithinSeconds: INT32_MAX,
    },
    callees: { [LONGEST_KEY]: { name: "web", args: smallest } },
  },
  // The shortest time in which Pods behind a load balancer are ready.
  {
    name: "web",
    args: { ...smallest, entrances: [Entrance.LoadBalancer], readyWithinSeconds: 15 },
  },
];

const loadBalancers: readonly Given<LoadBalancerServiceArgs>[] = [
  {
    name: "front",
    args: {
      cluster: { controller },
      target,
      exposure: Exposure.Internal,
      ports: Array.from({ length: 50 }, (_, index) => ({
        name: `p-${index}`,
        port: 65_535 - index,
        targetPort: "http",
      })),
    },
  },
  ...[NODE_PORTS.first, NODE_PORTS.last].map((healthCheckNodePort) => ({
    name: "front",
    args: {
      cluster: { controller },
      target,
      exposure: Exposure.Internal,
      ports: [{ port: 80, targetPort: "http" }],
      externalTrafficPolicy: TrafficPolicy.Local,
      healthCheckNodePort,
    },
  })),
];

const nodePorts: readonly Given<NodePortServiceArgs>[] = [
  // One number serves two protocols.
  {
    name: "dev",
    args: {
      cluster: { controller, allowNodePort: true },
      target,
      ports: [
        { port: 53, targetPort: "http", nodePort: 32_767 },
        { port: 53, targetPort: "dns", nodePort: 32_767 },
      ],
    },
  },
];

/** Arguments at limits that are rarely met by chance. */
export const limits: Readonly<
  Record<"Backend" | "LoadBalancerService" | "NodePortService", readonly Given<object>[]>
> = {
  Backend: backends,
  LoadBalancerService: loadBalancers,
  NodePortService: nodePorts,
};
