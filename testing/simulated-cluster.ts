import type * as pulumi from "@pulumi/pulumi";
import { madeByAws } from "./simulated-aws.ts";

/** What becomes of the load balancers that a rendered program asks for. A Service of another type has no part in it. */
export const LoadBalancerStatus = {
  /** The controller assigns {@link SIMULATED_ADDRESS}'s ip, as those of Google Cloud, Azure and MetalLB do. */
  Ip: "ip",
  /** The controller assigns {@link SIMULATED_ADDRESS}'s hostname, as those of AWS do. */
  Hostname: "hostname",
  /**
   * The controller has not acted yet: `status.loadBalancer` is empty, as the API server first answers. Whatever the
   * components derive from the address is unknown, as in a preview.
   */
  Pending: "pending",
  /**
   * The controller never assigns anything. A deployment waits for ten minutes and then fails with the Service's name,
   * so rendering fails at once with the provider's message. Where the program tells the provider not to wait, by the
   * annotation `pulumi.com/skipAwait`, it is as if it were pending.
   */
  Failed: "failed",
} as const;
/** What becomes of the load balancers that a rendered program asks for. */
export type LoadBalancerStatus = (typeof LoadBalancerStatus)[keyof typeof LoadBalancerStatus];

/**
 * The addresses that simulated controllers assign, of ranges that are kept for documentation.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5737
 * @see https://www.rfc-editor.org/rfc/rfc2606
 */
export const SIMULATED_ADDRESS = {
  /** What {@link LoadBalancerStatus.Ip} assigns. */
  ip: "203.0.113.10",
  /** What {@link LoadBalancerStatus.Hostname} assigns. */
  hostname: "load-balancer.example",
} as const;

/** What a resource looks like once it is there: a read one has the name it was asked for by. */
export function deployed(
  resource: pulumi.runtime.MockResourceArgs,
  loadBalancers: LoadBalancerStatus,
) {
  const { id, inputs, name, type } = resource;
  if (type === "pulumi:index:Stash") {
    return { id: name, state: { ...inputs, output: inputs.input } };
  }
  if (type.startsWith("aws:")) {
    // What is not read from AWS has an empty id here.
    const made = id === undefined || id === "" ? name : id;
    return { id: made, state: { ...inputs, ...madeByAws(resource) } };
  }
  const metadata = { name: id?.split("/").at(-1) ?? name, ...inputs.metadata };
  const state = { ...inputs, metadata };
  if (type !== "kubernetes:core/v1:Service") {
    return { id: id ?? name, state };
  }
  const status = { loadBalancer: ingressOf(name, inputs, loadBalancers) };
  return { id: id ?? name, state: { ...state, status } };
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
