import type {
  Balancer,
  HealthCheck,
  Listener,
  Target,
  TargetGroup,
} from "../../../../../local/cloud/load-balancers/balancing.ts";
import type { Plan } from "../../../../../local/cloud/load-balancers/haproxy-config.ts";

/** A health check as the AWS cloud controller asks for it. */
const healthCheck: HealthCheck = {
  protocol: "TCP",
  port: "traffic-port",
  path: "/",
  successCodes: "200-399",
  intervalSeconds: 10,
  timeoutSeconds: 6,
  healthyThreshold: 3,
  unhealthyThreshold: 2,
};

export const target = (id: string, address: string | undefined, port = 30_007): Target => ({
  id,
  port,
  address,
});

/** A target group "web" of two nodes. */
export const group = (
  changes: Partial<TargetGroup> = {},
  check: Partial<HealthCheck> = {},
): TargetGroup => ({
  arn: "arn:web",
  name: "web",
  attributes: {},
  healthCheck: { ...healthCheck, ...check },
  targets: [target("i-a", "10.0.0.4"), target("i-b", "10.0.1.4")],
  ...changes,
});

/** A load balancer "front" with these listeners, which all forward to "web". */
export const balancer = (...listeners: Partial<Listener>[]): Balancer => ({
  arn: "arn:front",
  name: "front",
  dnsName: "front.elb.amazonaws.com",
  scheme: "internal",
  securityGroups: [],
  subnetIds: ["subnet-a", "subnet-b"],
  listeners: listeners.map((listener) => ({
    port: 80,
    protocol: "TCP",
    groupArn: "arn:web",
    ...listener,
  })),
});

/** Everything HAProxy's configuration is made from: the load balancer "front" on 10.0.255.1. */
export const plan = (changes: Partial<Plan> = {}): Plan => ({
  balancers: [balancer({})],
  groups: [group()],
  addresses: new Map([["arn:front", "10.0.255.1"]]),
  hostPorts: new Map(),
  nodePorts: [],
  nodes: ["10.0.0.4", "10.0.1.4"],
  ...changes,
});
