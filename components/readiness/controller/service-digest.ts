import { createHash } from "node:crypto";

/** The fields of a Service's spec that make its controller act when they change. */
const ACTED_ON = [
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
/** Those of a port. Not its `targetPort`, which is behind the node port. */
const ACTED_ON_PORT = ["name", "protocol", "port", "nodePort", "appProtocol"] as const;

/** A Service's spec, as the API server has it. */
export type ActedOnSpec = {
  readonly [Field in (typeof ACTED_ON)[number]]?: unknown;
} & { readonly ports?: readonly object[] | undefined };

/**
 * A text that changes when a controller of load balancers has something to do about a Service. Labels, the selector and
 * `targetPort` are not in it: of a change in those alone, controllers say nothing.
 *
 * @see https://github.com/kubernetes/cloud-provider/blob/master/controllers/service/controller.go (needsUpdate, read at 0.37)
 */
export function digestOf(
  spec: ActedOnSpec,
  annotations: Readonly<Record<string, string>> = {},
): string {
  const ports = (spec.ports ?? []).map((port) => some(port, ACTED_ON_PORT));
  const sorted = Object.entries(annotations).sort(([one], [other]) => (one < other ? -1 : 1));
  const facts = [some(spec, ACTED_ON), ports, sorted];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}

/** Some fields in a fixed order. Absent and empty are the same. */
function some(from: object, names: readonly string[]): readonly unknown[] {
  const fields = new Map<string, unknown>(Object.entries(from));
  return names.map((name) => {
    const value = fields.get(name);
    return Array.isArray(value) && value.length === 0 ? undefined : value;
  });
}
