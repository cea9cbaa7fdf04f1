/** A port of a Service as routes refer to it: an HTTPRoute's `backendRefs` take it as it is. */
export interface BackendRef {
  /** The Service's name. */
  readonly name: string;
  /** The Service's namespace. */
  readonly namespace: string;
  /** The Service's port. */
  readonly port: number;
}

/** The ports of a Service as routes refer to them, by their names. */
export function backendRefs(
  { namespace, serviceName: name }: { readonly namespace: string; readonly serviceName: string },
  ports: readonly { readonly name: string; readonly port: number }[],
): Record<string, BackendRef> {
  return Object.fromEntries(ports.map((it) => [it.name, { name, namespace, port: it.port }]));
}
