import type {
  BackendArgs,
  LoadBalancerServiceArgs,
  NodePortServiceArgs,
} from "../../../../components/index.ts";
import { Exposure, LoadBalancerController, Protocol } from "../../../../components/index.ts";
import type { Given } from "./backend.ts";

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
