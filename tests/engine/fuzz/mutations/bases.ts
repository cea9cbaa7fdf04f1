import type {
  BackendArgs,
  LoadBalancerServiceArgs,
  NodePortServiceArgs,
} from "../../../../components/index.ts";

/** A Backend without environment variables that are stated by name. */
export const noEnvironment = {
  ...{ env: undefined, secretEnv: undefined },
  ...{ envFromSecretKeys: undefined, envFromConfigMapKeys: undefined },
  ...{ envFromFields: undefined, envFromResourceFields: undefined },
};

/** Leaves out of a Backend what depends on its ports, but for the ports themselves. */
const withoutPorts = ({ namespace, image }: BackendArgs) => ({
  ...{ namespace, image, readinessProbe: { exec: { command: ["true"] } } },
  ...{ livenessProbe: undefined, startupProbe: undefined, initContainers: undefined },
  ...{ headless: undefined, allowedCallers: undefined, preStop: undefined },
  ...{ headlessServiceName: undefined, headlessPublishNotReadyAddresses: undefined },
});

/** A Backend with a Service that has an address of its own. */
export const served = (args: BackendArgs) => ({
  ...withoutPorts(args),
  ports: [{ name: "one", containerPort: 8001, port: 80 }],
});

/** A Backend with a Service that has none. */
export const headless = (args: BackendArgs) => ({
  ...withoutPorts(args),
  ...{ internalTrafficPolicy: undefined, trafficDistribution: undefined, headless: true },
  ...{ sessionAffinity: undefined, sessionAffinityTimeoutSeconds: undefined },
  ports: [{ name: "one", containerPort: 8001, port: 8001 }],
});

/** A Backend with two ports in its Service. */
export const twoBackendPorts = (args: BackendArgs) => ({
  ...withoutPorts(args),
  ports: [
    { name: "one", containerPort: 8001, port: 80 },
    { name: "two", containerPort: 8002, port: 81 },
  ],
});

/** A Service with two ports of the same protocol. */
export const twoPorts = (args: NodePortServiceArgs) => ({
  target: {
    ...(args.target as object),
    ports: [
      { name: "one", containerPort: 8001 },
      { name: "two", containerPort: 8002 },
    ],
  },
  ports: [
    { port: 80, targetPort: "one" },
    { port: 81, targetPort: "two" },
  ],
});

/** A Service for Pods that have a port of each protocol. */
export const oneOfEach = (args: Pick<LoadBalancerServiceArgs, "target">) => ({
  target: {
    ...(args.target as object),
    ports: [
      { name: "one", containerPort: 8001 },
      { name: "two", containerPort: 8002, protocol: "UDP" },
      { name: "three", containerPort: 8003, protocol: "SCTP" },
    ],
  },
  ports: [
    { port: 80, targetPort: "one" },
    { port: 81, targetPort: "one", name: "other" },
  ],
});
