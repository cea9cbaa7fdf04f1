import { createHash } from "node:crypto";

/** The fields of a Service's spec whose changes make its controller act. */
const DIGESTED = [
  "type",
  "loadBalancerClass",
  "loadBalancerSourceRanges",
  "loadBalancerIP",
  "externalIPs",
  "externalTrafficPolicy",
  "healthCheckNodePort",
  "ipFamilies",
  "sessionAffinity",
  "sessionAffinityConfig",
] as const;
/** The same fields of a port, without its `targetPort`, which is behind the node port. */
const DIGESTED_OF_PORT = ["name", "protocol", "port", "nodePort", "appProtocol"] as const;

/** A Service's spec, as the API server has it. */
export type DigestedSpec = {
  readonly [Field in (typeof DIGESTED)[number]]?: unknown;
} & { readonly ports?: readonly object[] | undefined };

/**
 * A digest that changes when a load-balancer controller has to act on a Service. It ignores labels, the selector and
 * `targetPort`: if only those change, controllers report nothing.
 *
 * @see https://github.com/kubernetes/cloud-provider/blob/master/controllers/service/controller.go (needsUpdate, read at
 * 0.37)
 */
export function serviceDigest(
  spec: DigestedSpec,
  annotations: Readonly<Record<string, string>> = {},
): string {
  const ports = (spec.ports ?? []).map((port) => some(port, DIGESTED_OF_PORT));
  const sorted = Object.entries(annotations).sort(([one], [other]) => (one < other ? -1 : 1));
  const content = [some(spec, DIGESTED), ports, sorted];
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

/** Some fields in a fixed order. An empty list counts as absent. */
function some(from: object, names: readonly string[]): readonly unknown[] {
  const fields = new Map<string, unknown>(Object.entries(from));
  return names.map((name) => {
    const value = fields.get(name);
    return Array.isArray(value) && value.length === 0 ? undefined : value;
  });
}
