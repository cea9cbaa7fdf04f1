import type { KubernetesApis } from "../../cluster/client.ts";
import { selectorText } from "../pods/pods.ts";
import { warningsOf } from "../pods/warnings.ts";
import type { Observation } from "./endpoint-status.ts";
import type { Surroundings } from "./failure-text.ts";
import type { FrontService } from "./front-service.ts";

const SERVICE_NAME = "kubernetes.io/service-name";
/** Enough to name what is near; a namespace may have thousands of Pods. */
const MOST_OBJECTS = 500;

/** What is asked of a cluster about a Service. */
export interface Cluster {
  /** The uid of the Service, by which the cluster is known to be the right one. */
  uidOf(service: FrontService): Promise<string | undefined>;
  /** Its Pods and EndpointSlices, now. */
  observe(service: FrontService): Promise<Observation>;
  /** What is around it. */
  surroundings(service: FrontService): Promise<Surroundings>;
}

/** Asks a cluster through its API. */
export function clusterOf({ core, discovery }: KubernetesApis): Cluster {
  return {
    async uidOf({ name, namespace }) {
      const { metadata } = await core.readNamespacedService({ name, namespace });
      return metadata?.uid;
    },
    async observe({ name, namespace, selector }) {
      const [pods, slices] = await Promise.all([
        core.listNamespacedPod({ namespace, labelSelector: selectorText(selector) }),
        discovery.listNamespacedEndpointSlice({
          namespace,
          labelSelector: `${SERVICE_NAME}=${name}`,
        }),
      ]);
      return { pods: pods.items, slices: slices.items };
    },
    async surroundings({ namespace }) {
      const [pods, events] = await Promise.all([
        core.listNamespacedPod({ namespace, limit: MOST_OBJECTS }),
        warningsOf(core, namespace),
      ]);
      return { pods: pods.items, events };
    },
  };
}
