import { isIPv6 } from "node:net";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { EndpointSlice } from "@pulumi/kubernetes/discovery/v1/endpointSlice.js";
import type { core, discovery } from "@pulumi/kubernetes/types/input.js";
import * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../service/labels.ts";
import { untilClusterIp } from "../service/wait-for.ts";
import type { BackendSpec } from "./backend-spec.ts";
import { connectionName } from "./connections.ts";
import type { ExternalConnection } from "./external-connections.ts";

/** The Services of external connections, and the EndpointSlices behind them, by key of `connectsToExternal`. */
interface ExternalServices {
  readonly services: Record<string, Service>;
  readonly endpointSlices: Record<string, EndpointSlice>;
}

/** Creates the Services that stand for what is outside of the cluster. */
export function createExternalServices(
  parent: pulumi.ComponentResource,
  spec: BackendSpec,
): ExternalServices {
  const services: Record<string, Service> = {};
  const endpointSlices: Record<string, EndpointSlice> = {};
  for (const connection of spec.external) {
    const { addresses, key, serviceName } = connection;
    if (serviceName === undefined) continue;
    const role = connectionName(spec.name, connection);
    const metadata = {
      name: serviceName,
      namespace: spec.namespace,
      labels: { ...recommendedLabels(spec.name, spec.app), app: spec.app },
    };
    const service = new Service(`${role}-service`, externalService(metadata, connection), {
      parent,
      deleteBeforeReplace: true,
    });
    services[key] = service;
    if (addresses.length > 0) {
      const slice = endpointSlice(metadata, connection);
      const options = { parent, dependsOn: service, deleteBeforeReplace: true };
      endpointSlices[key] = new EndpointSlice(`${role}-endpoint-slice`, slice, options);
    }
  }
  return { services, endpointSlices };
}

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
}

function externalService(metadata: Metadata, connection: ExternalConnection): core.v1.Service {
  const { addresses, appProtocol, externalName, port, protocol } = connection;
  const ports = [
    { port, targetPort: port, protocol, ...(appProtocol === undefined ? {} : { appProtocol }) },
  ];
  if (externalName !== undefined) {
    return { metadata, spec: { type: "ExternalName", externalName, ports } };
  }
  return {
    metadata: { ...metadata, annotations: untilClusterIp },
    spec: {
      type: "ClusterIP",
      ipFamilyPolicy: "SingleStack",
      ipFamilies: [familyOf(addresses)],
      ports,
    },
  };
}

/** @see https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors */
function endpointSlice(
  { labels, name, namespace }: Metadata,
  { addresses, appProtocol, port, protocol }: ExternalConnection,
): discovery.v1.EndpointSlice {
  return {
    metadata: {
      name,
      namespace,
      labels: {
        ...labels,
        "kubernetes.io/service-name": name,
        "endpointslice.kubernetes.io/managed-by": "pulumi-kubernetes-services",
      },
    },
    addressType: familyOf(addresses),
    endpoints: addresses.map((address) => ({ addresses: [address], conditions: { ready: true } })),
    ports: [{ port, protocol, ...(appProtocol === undefined ? {} : { appProtocol }) }],
  };
}

/** The family of the addresses, which is the same. */
function familyOf([first = ""]: readonly pulumi.Input<string>[]): pulumi.Input<string> {
  const family = (address: string) => (isIPv6(address) ? "IPv6" : "IPv4");
  return typeof first === "string" ? family(first) : pulumi.output(first).apply(family);
}
