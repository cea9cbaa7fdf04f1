import { recommendedLabels } from "../service/labels.ts";
import type { ServicePortSpec } from "../service/ports.ts";
import { untilClusterIp } from "../service/wait-for.ts";
import type { NodePortSpec } from "./normalize.ts";

/** The Service of a NodePortService. */
export function nodePortService(spec: NodePortSpec, ports: ServicePortSpec[]) {
  const { serviceName, target, traffic } = spec;
  return {
    metadata: {
      name: serviceName,
      namespace: target.namespace,
      labels: recommendedLabels(serviceName),
      annotations: untilClusterIp,
    },
    spec: {
      type: "NodePort",
      ...traffic,
      selector: target.selector,
      ports,
    },
  };
}
