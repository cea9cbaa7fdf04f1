import { apiErrorText } from "../../cluster/api-error.ts";
import { selectorText } from "../pods/pods.ts";
import { pollUntil } from "../poll.ts";
import { otherClusterText } from "../same-cluster.ts";
import type { Cluster } from "./cluster.ts";
import { EndpointStatus, endpointStatusOf } from "./endpoint-status.ts";
import { endpointFailureText } from "./failure-text.ts";
import type { FrontService } from "./front-service.ts";

/** How long controllers get to create Pods. After that, a Service without Pods or without the port rarely recovers. */
const GRACE_SECONDS = 10;

/** How to verify a Service's endpoints. */
export interface VerifyOptions {
  /** Seconds after which it is an error that no Pod is ready. */
  readonly seconds: number;
  /** Receives a description of what is awaited, whenever it changes. */
  readonly progress: (text: string) => void;
}

const AWAITED: Readonly<Record<Exclude<EndpointStatus, "Ready">, string>> = {
  NoPods: "Pods with",
  NoPort: "the ports of Pods with",
  SomeWithoutPort: "the ports of all Pods with",
  NotReady: "a ready endpoint among Pods with",
};

/**
 * Waits until a Service has ready Pods.
 *
 * @throws Error with the wrong argument and the reasons that the cluster reports, if it has none in time.
 */
export async function verifyEndpoints(
  service: FrontService,
  cluster: Cluster,
  { progress, seconds }: VerifyOptions,
): Promise<void> {
  await checkCluster(service, cluster);
  let [status, since]: [EndpointStatus | undefined, number] = [undefined, 0];
  await pollUntil({
    seconds,
    progress,
    look: () => cluster.observe(service),
    toReadError,
    judge: async (observation, timedOut) => {
      const now = endpointStatusOf(service, observation);
      if (now === EndpointStatus.Ready) return undefined;
      if (now !== status) [status, since] = [now, performance.now()];
      if (timedOut || (isFinal(now) && performance.now() - since >= GRACE_SECONDS * 1000)) {
        const context = await cluster.context(service);
        throw new Error(endpointFailureText(service, now, observation, context, seconds));
      }
      return `Waiting for ${AWAITED[now]} ${selectorText(service.selector)}`;
    },
  });
}

function isFinal(status: EndpointStatus): boolean {
  return status === EndpointStatus.NoPods || status === EndpointStatus.NoPort;
}

/** If our kubeconfig led to another cluster than the provider's, the wrong Pods would be verified. */
async function checkCluster(service: FrontService, cluster: Cluster): Promise<void> {
  let uid: string | undefined;
  try {
    uid = await cluster.uidOf(service);
  } catch (error) {
    throw toReadError(error);
  }
  const place = `Service ${service.name} in namespace "${service.namespace}"`;
  const other = otherClusterText("Service", service.uid, uid, place);
  if (other !== undefined) throw new Error(other);
}

function toReadError(error: unknown): Error {
  return new Error(
    `the cluster does not show whether Pods are ready, ${apiErrorText(error)}; allow the kubeconfig's user to read Services, ` +
      "Pods and EndpointSlices, or set args.targetReadyWithinSeconds to 0",
  );
}
