/** A reference to a Service's port, in the shape of an HTTPRoute's `backendRefs`. */
export interface BackendRef {
  /** The Service's name. */
  readonly name: string;
  /** The Service's namespace. */
  readonly namespace: string;
  /** The Service's port. */
  readonly port: number;
}

/** References to a Service's ports, by port name. */
export function backendRefs(
  { namespace, serviceName: name }: { readonly namespace: string; readonly serviceName: string },
  ports: readonly { readonly name: string; readonly port: number }[],
): Record<string, BackendRef> {
  return Object.fromEntries(ports.map((it) => [it.name, { name, namespace, port: it.port }]));
}
