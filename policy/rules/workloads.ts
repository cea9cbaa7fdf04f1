import type { Manifest } from "../../testing/manifest.ts";
import type { Container } from "../../testing/pod.ts";
import { podOf } from "../../testing/pod-template.ts";

/** The fields of a container that rules read, beside those that the test kit reads. */
export interface PolicyContainer extends Container {
  readonly image?: string;
  readonly resources?: {
    readonly requests?: Readonly<Record<string, unknown>>;
    readonly limits?: Readonly<Record<string, unknown>>;
  };
}

/** Kinds whose Pods answer requests and run until they are stopped. */
const SERVING = ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"];

/** Whether an object keeps Pods running. */
export function isServing({ kind }: Manifest): boolean {
  return SERVING.includes(kind);
}

/** The containers of an object's Pods that run as long as the Pods do. */
export function containersOf(object: Manifest): readonly PolicyContainer[] {
  const { containers = [], initContainers = [] } = podOf(object)?.spec ?? {};
  return [
    ...initContainers.filter(({ restartPolicy }) => restartPolicy === "Always"),
    ...containers,
  ];
}

/** Every container of an object's Pods. */
export function allContainersOf(object: Manifest): readonly PolicyContainer[] {
  const { containers = [], initContainers = [] } = podOf(object)?.spec ?? {};
  return [...initContainers, ...containers];
}

/** The fields of an object's spec. */
export function specOf(object: Manifest): Readonly<Record<string, unknown>> {
  return (object["spec"] ?? {}) as Readonly<Record<string, unknown>>;
}

/** The number of Pods that an object asks for: the API server's default is 1. An autoscaler's objects state none. */
export function replicasOf(object: Manifest): number {
  const { replicas } = specOf(object);
  return typeof replicas === "number" ? replicas : 1;
}

/** Whether an object's Pods have the network of their node, which NetworkPolicies do not reach. */
export function isOnNodeNetwork(object: Manifest): boolean {
  const spec = podOf(object)?.spec as { readonly hostNetwork?: boolean } | undefined;
  return spec?.hostNetwork === true;
}
