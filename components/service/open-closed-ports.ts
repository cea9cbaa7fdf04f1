import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "./labels.ts";
import { policyPorts } from "./policy-ports.ts";
import type { WantedPort } from "./ports.ts";
import { closedTarget, type ServiceTargetArgs } from "./target.ts";

/** The ports that a Service leads to. */
export interface OpenedPorts {
  /** The Service's component and its name. */
  readonly component: pulumi.ComponentResource;
  readonly name: string;
  readonly serviceName: string;
  /** The target as it was given. */
  readonly given: pulumi.Input<ServiceTargetArgs>;
  readonly ports: readonly WantedPort[];
}

/**
 * Opens to everyone the ports of a Backend of the same program that a Service leads to and that the Backend's own
 * NetworkPolicy keeps closed. Does nothing if there are none.
 *
 * @returns the options that create the Service after the policy
 */
export function openClosedPorts(wanted: OpenedPorts): pulumi.CustomResourceOptions {
  const { component, given, name, ports, serviceName } = wanted;
  const closed = closedTarget(
    given,
    ports.map(({ targetPort }) => targetPort),
  );
  if (closed === undefined) return {};
  const { namespace, selector } = closed;
  const manifest = {
    // A Backend's name has no dot, so no other policy has this name.
    metadata: {
      ...{ name: `${serviceName}.entrance`, namespace, labels: recommendedLabels(serviceName) },
    },
    spec: {
      podSelector: { matchLabels: selector },
      policyTypes: ["Ingress"],
      ingress: [{ ports: policyPorts(closed.ports) }],
    },
  };
  return {
    dependsOn: new NetworkPolicy(`${name}-network-policy`, manifest, { parent: component }),
  };
}
