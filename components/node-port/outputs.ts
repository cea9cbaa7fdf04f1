import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import * as pulumi from "@pulumi/pulumi";
import type { WantedPort } from "../service/ports.ts";

/** The node ports of a NodePortService, by port name. */
export function openedNodePorts(service: Service, ports: readonly WantedPort[]) {
  // A dry run of the API server chooses a port too, but not the one it will give: only with an id there is a real one.
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
