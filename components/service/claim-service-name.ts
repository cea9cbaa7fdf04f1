import type * as pulumi from "@pulumi/pulumi";
import type { Checks } from "../validation/checks.ts";
import { claim } from "../validation/program-registry.ts";

/** A Service that is about to be created. */
export interface NamedService {
  /** The component's name, for the error. */
  readonly name: string;
  readonly namespace: pulumi.Input<string>;
  readonly serviceName: string;
}

/**
 * Reports a Service whose name another component of the program already uses in the namespace: the second Service would
 * silently take over the first one's object. So would one with the name of the API server's own Service. A deferred
 * namespace cannot be compared; a value that is not a string has already been reported.
 */
export function claimServiceName(
  checks: Checks,
  component: pulumi.ComponentResource,
  { name, namespace, serviceName }: NamedService,
  path = "args.serviceName",
): void {
  if (typeof namespace !== "string" || typeof serviceName !== "string") {
    return;
  }
  if (namespace === "default" && serviceName === "kubernetes") {
    const must =
      'must be another name: in namespace "default" it is the Service of the API server itself';
    checks.report(path, serviceName, must);
    return;
  }
  const holder = claim(component, name, `Service ${namespace}/${serviceName}`);
  if (holder !== undefined) {
    const must = `must differ from the Service of component "${holder}" in namespace "${namespace}"`;
    checks.report(path, serviceName, must);
  }
}
