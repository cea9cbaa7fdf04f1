import * as pulumi from "@pulumi/pulumi";
import { madeByAws } from "./simulated-aws.ts";

/** The status of the load balancers of a rendered program. Other types of Services are not affected. */
export const LoadBalancerStatus = {
  /**
   * The controller assigns {@link SIMULATED_ADDRESS}'s IP, as the controllers of Google Cloud, Azure and MetalLB do.
   */
  Ip: "Ip",
  /** The controller assigns {@link SIMULATED_ADDRESS}'s hostname, as the controllers of AWS do. */
  Hostname: "Hostname",
  /**
   * The controller has not acted yet: `status.loadBalancer` is empty, as in the API server's first answer. Values that
   * the components derive from the address are unknown, as in a preview.
   */
  Pending: "Pending",
  /**
   * The controller never assigns an address. A deployment would wait for ten minutes and then fail with the Service's
   * name, so rendering fails immediately with the provider's message. With the annotation `pulumi.com/skipAwait`, by
   * which the provider does not wait, the load balancer stays pending.
   */
  Failed: "Failed",
} as const;
/** The status of the load balancers of a rendered program. */
export type LoadBalancerStatus = (typeof LoadBalancerStatus)[keyof typeof LoadBalancerStatus];

/**
 * The addresses that simulated controllers assign, from ranges that are reserved for documentation.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5737
 * @see https://www.rfc-editor.org/rfc/rfc2606
 */
export const SIMULATED_ADDRESS = {
  /** The IP of {@link LoadBalancerStatus.Ip}. */
  ip: "203.0.113.10",
  /** The hostname of {@link LoadBalancerStatus.Hostname}. */
  hostname: "load-balancer.example",
} as const;

/** The simulated state of a created resource. A resource that is read has the requested name. */
export function deployed(
  resource: pulumi.runtime.MockResourceArgs,
  loadBalancers: LoadBalancerStatus,
) {
  const { id, name, type } = resource;
  const inputs = withSecrets(resource.inputs);
  if (type === "pulumi:index:Stash") {
    return { id: name, state: { ...inputs, output: inputs["input"] } };
  }
  // A resource that the program does not read has an empty id here.
  const made = id === undefined || id === "" ? name : id;
  if (type.startsWith("aws:")) {
    return { id: made, state: { ...inputs, ...madeByAws(resource) } };
  }
  const { metadata: given, spec } = resource.inputs;
  const named = { name: made.split("/").at(-1), ...withoutMarks(given) };
  const state = { ...inputs, metadata: isMarked(given) ? pulumi.secret(named) : named };
  if (type !== "kubernetes:core/v1:Service") {
    return { id: made, state };
  }
  const service = { metadata: withoutMarks(given), spec: withoutMarks(spec) };
  const status = { loadBalancer: ingressOf(name, service, loadBalancers) };
  return { id: made, state: { ...state, status } };
}

const isMarked = (value: unknown): value is { readonly value: unknown } =>
  Object(value)[pulumi.runtime.specialSigKey] === pulumi.runtime.specialSecretSig;

/** A value without any mark. What is secret inside of a secret is marked by itself. */
function withoutMarks(value: unknown): pulumi.runtime.MockResourceArgs["inputs"] {
  if (isMarked(value)) return withoutMarks(value.value);
  if (Array.isArray(value)) return value.map(withoutMarks);
  if (typeof value !== "object" || value === null || pulumi.Resource.isInstance(value))
    return value;
  if (pulumi.asset.Asset.isInstance(value) || pulumi.asset.Archive.isInstance(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, withoutMarks(it)]));
}

/** Inputs as Pulumi takes them for outputs: each that is secret is marked once. */
function withSecrets(inputs: pulumi.runtime.MockResourceArgs["inputs"]) {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [
      key,
      isMarked(value) ? pulumi.secret(withoutMarks(value)) : value,
    ]),
  );
}

function ingressOf(
  name: string,
  { metadata, spec }: pulumi.runtime.MockResourceArgs["inputs"],
  loadBalancers: LoadBalancerStatus,
) {
  const { hostname, ip } = SIMULATED_ADDRESS;
  if (spec?.type !== "LoadBalancer" || loadBalancers === LoadBalancerStatus.Pending) {
    return {};
  }
  if (loadBalancers === LoadBalancerStatus.Ip) {
    return { ingress: [{ ip, ipMode: "VIP" }] };
  }
  if (loadBalancers === LoadBalancerStatus.Hostname) {
    return { ingress: [{ hostname }] };
  }
  if (metadata?.annotations?.["pulumi.com/skipAwait"] === "true") {
    return {};
  }
  throw new Error(
    `resource "${name}" was successfully created, but the Kubernetes API server reported that it failed to fully ` +
      "initialize or become live: timed out waiting for the condition",
  );
}

/**
 * The simulated state of a reference to another stack.
 *
 * @throws Error if the outputs of the stack are not given.
 */
export function referenced(
  { id, inputs, name }: pulumi.runtime.MockResourceArgs,
  stackOutputs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
) {
  const stack = String(inputs["name"] ?? name);
  const outputs = stackOutputs[stack];
  if (outputs === undefined) {
    throw new Error(
      `Cannot render a program that reads stack "${stack}": its outputs are unknown; give them in stackOutputs["${stack}"]`,
    );
  }
  return { id: id ?? name, state: { ...inputs, outputs, secretOutputNames: [] } };
}
