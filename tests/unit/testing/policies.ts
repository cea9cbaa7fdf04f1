import type { Manifest } from "../../../testing/manifest.ts";

/** A Namespace. */
export function namespace(name: string, labels: object): Manifest {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
}

/** A Pod that listens on 8080/TCP, `http`, and 5353/UDP, `dns`. */
export function pod(its: string, labels: Record<string, string>, podIP?: string): Manifest {
  const ports = [
    { name: "http", containerPort: 8080 },
    { name: "dns", containerPort: 5353, protocol: "UDP" },
  ];
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: labels["app"] ?? "pod", namespace: its, labels },
    spec: { containers: [{ name: "main", ports }] },
    ...(podIP === undefined ? {} : { status: { podIP } }),
  };
}

/** A NetworkPolicy. */
export function policy(spec: object, its = "data", name = "policy"): Manifest {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace: its },
    spec,
  };
}

/** The selector of Pods or namespaces with some labels. */
export const labels = (matchLabels: object) => ({ matchLabels });
/** The selector of Pods or namespaces of which some expressions hold. */
export const expressions = (...matchExpressions: object[]) => ({ matchExpressions });

export const shop = namespace("shop", { team: "store" });
export const data = namespace("data", { team: "store", tier: "data" });
export const web = pod("shop", { app: "web", tier: "front" }, "10.1.0.1");
export const api = pod("data", { app: "api", tier: "back" }, "10.1.0.2");
export const other = pod("data", { app: "other" }, "10.1.0.3");
/** Has the labels of `web`, in a namespace that is not among the manifests. */
export const stranger = pod("elsewhere", { app: "web", tier: "front" }, "10.1.0.4");
/** An address outside the cluster. */
export const WORLD = "203.0.113.7";
