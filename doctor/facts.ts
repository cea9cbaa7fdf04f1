import type { KubernetesObject } from "@kubernetes/client-node";
import type { LockState } from "./collect/locks.ts";

/** A resource in a stack's state, as `pulumi stack export` prints it. */
export interface StateResource {
  /** The URN. */
  readonly urn: string;
  /** The type, for example `kubernetes:core/v1:Service`. */
  readonly type: string;
  /** The provider's id; a Kubernetes object has `namespace/name`. */
  readonly id?: string;
  /** Whether the program only reads it. */
  readonly external?: boolean;
  /** Whether it was replaced and is still to be deleted. */
  readonly delete?: boolean;
  /** The URN of the parent. */
  readonly parent?: string;
  /** The URNs of the resources that it depends on. */
  readonly dependencies?: readonly string[];
  /** The URN and the id of the provider. */
  readonly provider?: string;
  /** What the last update has waited for in vain. */
  readonly initErrors?: readonly string[];
  /** What the program states. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** What the provider has recorded. */
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** An operation that an update has begun and whose end it has not recorded. */
export interface PendingOperation {
  /** `creating`, `updating`, `deleting`, `reading` or `importing`. */
  readonly type: string;
  /** The resource. */
  readonly resource: StateResource;
}

/** The state of a stack. */
export interface StackState {
  readonly resources: readonly StateResource[];
  readonly pendingOperations: readonly PendingOperation[];
}

/** A lock on the stack. */
export interface Lock {
  /** The file. */
  readonly path: string;
  /** Who has taken it, for example `process 12 on host build-1`. */
  readonly holder: string;
  /** What it is worth. */
  readonly state: LockState;
}

/** An object of the state, next to what the cluster has under its name. */
export interface ObservedObject {
  /** The URN in the state. */
  readonly urn: string;
  /** The uid in the state; none for a pending creation. */
  readonly uid?: string;
  /** The object in the cluster; undefined if there is none. */
  readonly live: KubernetesObject | undefined;
}

/** What the cluster of a provider has. */
export interface ClusterFacts {
  /** The provider, as the state's resources name it. */
  readonly provider: string;
  /** Why it cannot be read; the other fields are then empty. */
  readonly problem?: string;
  /** The uid of the namespace kube-system, which identifies the cluster. */
  readonly uid?: string;
  /** The objects of the state and of the pending creations. */
  readonly objects: readonly ObservedObject[];
  /** Objects that Pulumi has written and that are not in the state. They may belong to another stack. */
  readonly others: readonly KubernetesObject[];
}

/** All that is known about a stack. */
export interface Facts {
  /** The stack's name. */
  readonly stack: string;
  /** The locks; none where the backend is not in files. */
  readonly locks: readonly Lock[];
  /** The state; undefined if it cannot be read. */
  readonly state: StackState | undefined;
  /** Why the state cannot be read. */
  readonly stateProblem?: string;
  /** The clusters of the stack's Kubernetes providers. */
  readonly clusters: readonly ClusterFacts[];
  /** The current time in milliseconds since 1970. */
  readonly now: number;
}
