import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import * as pulumi from "@pulumi/pulumi";
import type { WantedPort } from "../service/ports.ts";

/** The node ports of a NodePortService, by port name. */
export function openedNodePorts(service: Service, ports: readonly WantedPort[]) {
  // A dry run of the API server also chooses a port, but not the final one. Only a Service with an id has its final
  // port.
  const chosen = pulumi.all([service.id, service.spec]).apply(([, spec]) => spec.ports);
  return Object.fromEntries(
    ports.map(({ name, nodePort }) => [
      name,
      nodePort ??
        chosen.apply(
          (all) =>
            all.find((port) => port.name === name)?.nodePort ??
            (pulumi.unknown as unknown as number),
        ),
    ]),
  );
}
