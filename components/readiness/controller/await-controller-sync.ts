import { apiErrorText, isRefusal } from "../../cluster/api-error.ts";
import { lasting, type Word, wordText } from "./controller-event.ts";
import type { Evidence } from "./evidence.ts";
import { type Facts, Standing, type Verdict, verdictOf } from "./sync-status.ts";

const POLL_MILLISECONDS = 500;

/** How a Service is waited for. */
export interface WaitOptions {
  /** Its controller's evidence. */
  readonly evidence: Evidence;
  /** What its controller is called. */
  readonly controller: string;
  /** After which time no acceptance is an error. */
  readonly seconds: number;
  /** Told what is waited for, whenever that changes. */
  readonly progress: (text: string) => void;
}

/**
 * Waits until a controller has carried out a Service. A refusal that the controller repeats ends it, and one that has gone
 * when it tries again does not.
 *
 * @throws Error with the controller's own message, if it refuses the Service or does not answer in time.
 */
export async function awaitCarriedOut(
  see: () => Promise<Facts>,
  uid: string,
  { controller, evidence, progress, seconds }: WaitOptions,
): Promise<void> {
  const begin = performance.now();
  const refusals = new Map<string, Word>();
  let said = "";
  for (;;) {
    const late = (performance.now() - begin) / 1000 >= seconds;
    const facts = await seen(see, !late);
    if (facts !== undefined) {
      checkCluster(uid, facts);
      const verdict = verdictOf(evidence, facts);
      const { refusal, standing } = verdict;
      if (standing === Standing.CarriedOut) {
        return;
      }
      if (late || (standing === Standing.Refused && isRepeated(refusals, refusal))) {
        throw new Error(failureText(verdict, controller, seconds));
      }
      const waitedFor = `Waiting for ${controller}${refusal === undefined ? "" : `, which says ${wordText(refusal)}`}`;
      if (waitedFor !== said) {
        said = waitedFor;
        progress(waitedFor);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
}

/** A kubeconfig of ours that leads elsewhere than the provider's would ask about another Service. */
function checkCluster(uid: string, facts: Facts): void {
  if (facts.uid !== uid) {
    throw new Error(
      `its Service has the uid ${uid}, but where the kubeconfig leads it has ${facts.uid}, must be the same cluster; give ` +
        "the component a provider of its own",
    );
  }
}

/** Whether a refusal was there before, and the controller has tried again since. */
function isRepeated(refusals: Map<string, Word>, refusal: Word | undefined): boolean {
  if (refusal === undefined) {
    return false;
  }
  const key = `${refusal.reason} ${lasting(refusal.message)}`;
  const first = refusals.get(key) ?? refusal;
  refusals.set(key, first);
  return first.version < refusal.version;
}

/** What can be seen, or nothing where nobody answers just now and there is time to ask again. */
async function seen(see: () => Promise<Facts>, again: boolean): Promise<Facts | undefined> {
  try {
    return await see();
  } catch (error) {
    if (again && !isRefusal(error)) {
      return undefined;
    }
    throw new Error(
      `the cluster does not say what became of it, ${apiErrorText(error)}; let the kubeconfig's user read Services and ` +
        "events, or set args.readyWithinSeconds to 0",
    );
  }
}

/** Why a Service is not carried out. */
export function failureText(
  { refusal, standing }: Verdict,
  controller: string,
  seconds: number,
): string {
  if (standing === Standing.Refused && refusal !== undefined) {
    return `${controller} refuses it: ${wordText(refusal)}`;
  }
  const silence = `${controller} has not carried it out within ${seconds} s`;
  return refusal === undefined
    ? `${silence}, and gives no reason; see whether it runs`
    : `${silence}; its last refusal: ${wordText(refusal)}`;
}
