import type { ObjectKind } from "./cluster-state.ts";

/** The kinds that can be asked for: the key of their objects, and all names of the kind. */
export const ASKED_KINDS = {
  Service: { key: "services", names: ["service", "services", "svc"] },
  Deployment: { key: "deployments", names: ["deployment", "deployments", "deploy"] },
  StatefulSet: { key: "statefulSets", names: ["statefulset", "statefulsets", "sts"] },
  DaemonSet: { key: "daemonSets", names: ["daemonset", "daemonsets", "ds"] },
  Pod: { key: "pods", names: ["pod", "pods", "po"] },
  Ingress: { key: "ingresses", names: ["ingress", "ingresses", "ing"] },
} as const satisfies Readonly<
  Record<string, { readonly key: ObjectKind; readonly names: readonly string[] }>
>;

/** A kind that can be asked for. */
export type AskedKind = keyof typeof ASKED_KINDS;

/** The kinds that can be asked for, in their order. */
export const askedKinds = Object.keys(ASKED_KINDS) as readonly AskedKind[];

/** The key of the objects of a kind; undefined if it cannot be asked for. */
export const keyOfKind = (kind: string) =>
  Object.hasOwn(ASKED_KINDS, kind) ? ASKED_KINDS[kind as AskedKind].key : undefined;
