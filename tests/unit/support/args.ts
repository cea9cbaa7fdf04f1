import type { BackendArgs } from "../../../components/index.ts";

/** The smallest arguments a Backend takes. */
export const smallest: BackendArgs = {
  namespace: "shop",
  image: "registry.example/shop:1.0.0",
  ports: [{ name: "http", containerPort: 8080, port: 80 }],
  readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
};

/** A Backend of a ServiceAccount, a Service and a Deployment alone: its other children are turned off. */
export const minimal: BackendArgs = {
  ...smallest,
  networkPolicy: false,
  podDisruptionBudget: false,
};

/** A cluster that allows everything. */
export const cluster = {
  controller: "AwsCloudControllerNlb",
  allowPublic: true,
  allowNodePort: true,
} as const;

/** A target of a program's own, in plain values. */
export const target = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [
    { name: "http", containerPort: 8080, protocol: "TCP" as const },
    { name: "dns", containerPort: 5353, protocol: "UDP" as const },
  ],
  drainSeconds: 60,
};
