import { apiErrorText, isRefusal } from "../../cluster/api-error.ts";
import { selectorText } from "../pods/pods.ts";
import type { Cluster } from "./cluster.ts";
import { type Observation, Standing, standingOf } from "./endpoint-status.ts";
import { failureText } from "./failure-text.ts";
import type { FrontService } from "./front-service.ts";

const POLL_MILLISECONDS = 500;
/** What controllers are given to make Pods, and nothing else is: no Pod, or none with the port, seldom changes later. */
const GRACE_SECONDS = 10;

/** How a proof is gone about. */
export interface ProofOptions {
  /** After which time no ready Pod is an error. */
  readonly seconds: number;
  /** Told what is waited for, whenever that changes. */
  readonly progress: (text: string) => void;
}

const WAITED_FOR: Readonly<Record<Exclude<Standing, "Proved">, string>> = {
  NoPods: "Pods with",
  NoPort: "the ports of Pods with",
  SomeWithoutPort: "the ports of all Pods with",
  NotReady: "a ready endpoint among Pods with",
};

/**
 * Waits until a Service leads to ready Pods.
 *
 * @throws Error with the argument that is wrong and the reasons the cluster knows, if it does not in time.
 */
export async function prove(
  service: FrontService,
  cluster: Cluster,
  { progress, seconds }: ProofOptions,
): Promise<void> {
  const begin = performance.now();
  const secondsSince = (time: number) => (performance.now() - time) / 1000;
  await checkCluster(service, cluster);
  let [standing, since]: [Standing | undefined, number] = [undefined, begin];
  for (;;) {
    const observation = await observed(service, cluster, secondsSince(begin) < seconds);
    if (observation !== undefined) {
      const now = standingOf(service, observation);
      if (now === Standing.Proved) {
        return;
      }
      if (now !== standing) {
        [standing, since] = [now, performance.now()];
        progress(`Waiting for ${WAITED_FOR[now]} ${selectorText(service.selector)}`);
      }
      const patience = now === Standing.NoPods || now === Standing.NoPort ? GRACE_SECONDS : seconds;
      if (secondsSince(begin) >= seconds || secondsSince(since) >= patience) {
        const surroundings = await cluster.surroundings(service);
        throw new Error(failureText(service, now, observation, surroundings, seconds));
      }
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
}

/** What the cluster says, or nothing where it could not be asked just now and there is time to ask again. */
async function observed(
  service: FrontService,
  cluster: Cluster,
  again: boolean,
): Promise<Observation | undefined> {
  try {
    return await cluster.observe(service);
  } catch (error) {
    if (again && !isRefusal(error)) {
      return undefined;
    }
    throw unreadable(error);
  }
}

/** A kubeconfig of ours that leads elsewhere than the provider's would prove the wrong Pods. */
async function checkCluster(service: FrontService, cluster: Cluster): Promise<void> {
  let uid: string | undefined;
  try {
    uid = await cluster.uidOf(service);
  } catch (error) {
    throw unreadable(error);
  }
  if (uid !== service.uid) {
    throw new Error(
      `its Service has the uid ${service.uid}, but where the kubeconfig leads Service ${service.name} in namespace ` +
        `"${service.namespace}" has ${uid}, must be the same cluster; give the component a provider of its own`,
    );
  }
}

function unreadable(error: unknown): Error {
  return new Error(
    `the cluster does not say whether Pods are ready, ${apiErrorText(error)}; let the kubeconfig's user read Services, ` +
      "Pods and EndpointSlices, or set args.readyWithinSeconds to 0",
  );
}
