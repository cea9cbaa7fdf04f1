import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "./labels.ts";
import { policyPorts } from "./policy-ports.ts";
import type { WantedPort } from "./ports.ts";
import { closedTarget, type ServiceTargetArgs } from "./target.ts";

/** What is asked of the Pods behind an entrance. */
export interface OpenedPorts {
  /** The entrance's component, and its name. */
  readonly component: pulumi.ComponentResource;
  readonly name: string;
  readonly serviceName: string;
  /** The target as it was given. */
  readonly given: pulumi.Input<ServiceTargetArgs>;
  readonly ports: readonly WantedPort[];
}

/**
 * Opens to anybody the ports of a Backend of the same program that an entrance leads to and that the Backend's own NetworkPolicy keeps
 * closed. Nothing where there is none such.
 *
 * @returns the options by which the Service comes after it
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
    // The dot is in no Backend's name, and so in no name of another policy.
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
