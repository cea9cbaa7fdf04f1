import * as pulumi from "@pulumi/pulumi";
import type { KubernetesApis } from "../client.ts";
import { type DeletedObject, liveObject } from "./deleted-object.ts";
import { heldText, whatHolds } from "./what-holds.ts";

/** Nearly every object is gone by then. */
const PATIENCE_MILLISECONDS = 30_000;
/** The interval after that. The provider gives up after 10 minutes. */
const LOOK_MILLISECONDS = 15_000;
const LOOKS = 40;

/** The APIs that are used. */
type Apis = Pick<KubernetesApis, "core" | "objects">;

/** Why a deleted object still exists, if the cluster shows it. */
export async function explainDeletion(
  apis: Apis,
  object: DeletedObject,
): Promise<string | undefined> {
  const live = await liveObject(apis, object);
  if (live?.metadata?.uid !== object.uid) return undefined;
  const why = whatHolds(object, live, await eventsOf(apis, object));
  return why === undefined ? undefined : heldText(object, why);
}

/**
 * Watches an object while the engine waits for its deletion, and warns once about each reason that holds it. The watch
 * ends by itself and does not keep the program running.
 */
export function watchDeletion(apis: Apis, object: DeletedObject): void {
  const reported = new Set<string>();
  const look = async (left: number): Promise<void> => {
    const why = await explainDeletion(apis, object).catch(() => undefined);
    if (why !== undefined && !reported.has(why)) {
      reported.add(why);
      await pulumi.log.warn(why);
    }
    if (left > 0) again(left - 1, LOOK_MILLISECONDS);
  };
  const again = (left: number, milliseconds: number) =>
    setTimeout(() => void look(left), milliseconds).unref();
  again(LOOKS, PATIENCE_MILLISECONDS);
}

async function eventsOf({ core }: Apis, { namespace, uid }: DeletedObject) {
  if (namespace === undefined) return [];
  const fieldSelector = `involvedObject.uid=${uid}`;
  const { items } = await core.listNamespacedEvent({ namespace, fieldSelector });
  return items;
}
