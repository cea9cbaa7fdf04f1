import { apiErrorText } from "../../cluster/api-error.ts";
import { pollUntil } from "../poll.ts";
import { otherClusterText } from "../same-cluster.ts";
import { type ControllerEvent, eventText, withoutRequestIds } from "./controller-event.ts";
import type { Evidence } from "./evidence.ts";
import {
  type ServiceObservation,
  SyncState,
  type SyncStatus,
  syncStatusOf,
} from "./sync-status.ts";

/** How to wait for a controller. */
export interface WaitOptions {
  /** How the controller reports its results. */
  readonly evidence: Evidence;
  /** The controller's name. */
  readonly controller: string;
  /** Seconds after which a missing success is an error. */
  readonly seconds: number;
  /** Receives a description of what is awaited, whenever it changes. */
  readonly progress: (text: string) => void;
}

/**
 * Waits until a controller has reconciled a Service. It fails if the controller repeats an error; an error that disappears on a
 * retry is ignored.
 *
 * @throws Error with the controller's own message, if it rejects the Service or does not reconcile it in time.
 */
export async function awaitControllerSync(
  look: () => Promise<ServiceObservation>,
  uid: string,
  { controller, evidence, progress, seconds }: WaitOptions,
): Promise<void> {
  const refusals = new Map<string, ControllerEvent>();
  await pollUntil({
    seconds,
    progress,
    look,
    toReadError,
    judge: (observation, timedOut) => {
      // If our kubeconfig led to another cluster than the provider's, another Service would be read.
      const other = otherClusterText("Service", uid, observation.uid);
      if (other !== undefined) throw new Error(other);
      const status = syncStatusOf(evidence, observation);
      const { refusal, state } = status;
      if (state === SyncState.Synced) return undefined;
      if (timedOut || (state === SyncState.Refused && isRepeated(refusals, refusal))) {
        throw new Error(syncFailureText(status, controller, seconds));
      }
      return `Waiting for ${controller}${refusal === undefined ? "" : `, which reports ${eventText(refusal)}`}`;
    },
  });
}

/** Whether the controller has retried and reported the same error again. */
function isRepeated(
  refusals: Map<string, ControllerEvent>,
  refusal: ControllerEvent | undefined,
): boolean {
  if (refusal === undefined) {
    return false;
  }
  const key = `${refusal.reason} ${withoutRequestIds(refusal.message)}`;
  const first = refusals.get(key) ?? refusal;
  refusals.set(key, first);
  return first.version < refusal.version;
}

function toReadError(error: unknown): Error {
  return new Error(
    `the cluster does not show whether the Service is reconciled, ${apiErrorText(error)}; allow the kubeconfig's user to read Services and ` +
      "events, or set args.reconciledWithinSeconds to 0",
  );
}

/** Why a Service is not reconciled. */
export function syncFailureText(
  { refusal, state }: SyncStatus,
  controller: string,
  seconds: number,
): string {
  if (state === SyncState.Refused && refusal !== undefined) {
    return `${controller} rejects the Service: ${eventText(refusal)}`;
  }
  const silence = `${controller} has not reconciled the Service within ${seconds} s`;
  return refusal === undefined
    ? `${silence} and reported no error; check that it is running`
    : `${silence}; its last error: ${eventText(refusal)}`;
}
