import * as pulumi from "@pulumi/pulumi";
import { apiErrorText, isRefusal } from "../../cluster/api-error.ts";
import { connectionOf } from "../../cluster/connection.ts";
import { deletedObject } from "../../cluster/deletion/deleted-object.ts";
import { explainDeletion } from "../../cluster/deletion/explain-deletion.ts";
import { hushing } from "../../validation/secrets/hushing.ts";
import { syncFailureText } from "./await-controller-sync.ts";
import type { ControllerSyncArgs } from "./controller-sync-args.ts";
import { type ServiceObservation, syncStatusOf } from "./sync-status.ts";

/** Logs why a Service has no address, if it has none. */
export async function explainMissingAddress(
  look: () => Promise<ServiceObservation>,
  { component, dialect, seconds, subject }: ControllerSyncArgs,
): Promise<void> {
  const hush = await hushing(component);
  try {
    const observation = await look();
    if (!observation.addressed) {
      const why = syncFailureText(
        syncStatusOf(dialect.evidence, observation),
        dialect.name,
        seconds,
      );
      await pulumi.log.error(hush(`${subject} has no address: ${why}`), component);
    }
  } catch (error) {
    // The failure has its own error; this hook only explains it.
    if (!isRefusal(error)) {
      await pulumi.log.warn(hush(`Cannot explain ${subject}: ${apiErrorText(error)}`), component);
    }
  }
}

/** Logs what holds a Service that should have been deleted, if something does. */
export async function explainFailedDeletion(
  component: pulumi.ComponentResource,
  outputs: Readonly<Record<string, unknown>> | undefined,
): Promise<void> {
  try {
    const object = await deletedObject(outputs);
    if (object === undefined) return;
    const why = await explainDeletion(await connectionOf(component), object);
    if (why !== undefined) await pulumi.log.error(why, component);
  } catch (error) {
    // The deletion has its own error, too.
    await pulumi.log.warn(`Cannot explain the deletion: ${apiErrorText(error)}`, component);
  }
}
