import type { KubernetesApis } from "../../cluster/client.ts";
import { selectorText } from "../pods/pods.ts";
import { warningsOf } from "../pods/warnings.ts";
import type { EndpointObservation } from "./endpoint-status.ts";
import type { FailureContext } from "./failure-text.ts";
import type { FrontService } from "./front-service.ts";

const SERVICE_NAME = "kubernetes.io/service-name";
/** Enough for suggestions; a namespace may have thousands of Pods. */
const MOST_OBJECTS = 500;

/** What can be read about a Service from a cluster. */
export interface Cluster {
  /** The uid of the Service, which identifies the right cluster. */
  uidOf(service: FrontService): Promise<string | undefined>;
  /** The Service's current Pods and EndpointSlices. */
  observe(service: FrontService): Promise<EndpointObservation>;
  /** The Pods and warnings of the Service's namespace. */
  context(service: FrontService): Promise<FailureContext>;
}

/** Reads a cluster through its API. */
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
    async context({ namespace }) {
      const [pods, events] = await Promise.all([
        core.listNamespacedPod({ namespace, limit: MOST_OBJECTS }),
        warningsOf(core, namespace),
      ]);
      return { pods: pods.items, events };
    },
  };
}
