import type { TargetPort } from "./target.ts";

/** A port of a Service as routes refer to it: an HTTPRoute's `backendRefs` take it as it is. */
export interface BackendRef {
  /** The Service's name. */
  readonly name: string;
  /** The Service's namespace. */
  readonly namespace: string;
  /** The Service's port. */
  readonly port: number;
}

/** The ports of a Service, by their names. Those that are not in the Service are absent. */
export function backendRefs(
  { name, namespace }: Omit<BackendRef, "port">,
  ports: readonly TargetPort[],
): Record<string, BackendRef> {
  return Object.fromEntries(
    ports.flatMap((it) =>
      it.port === undefined ? [] : [[it.name, { name, namespace, port: it.port }]],
    ),
  );
}
