import type { ObjectRef } from "../diagnosis/diagnosis.ts";

/** A connection that a program declares, from a workload, an Ingress or a route to a Service. */
export interface DeclaredConnection {
  /** Who connects. */
  readonly from: ObjectRef;
  /** The Service. */
  readonly to: ObjectRef;
}

/** What a program declares, as far as it concerns calls. */
export interface Declared {
  /** Services, workloads, Ingresses and routes. */
  readonly objects: readonly ObjectRef[];
  /** Who connects to which Service. */
  readonly connections: readonly DeclaredConnection[];
}
