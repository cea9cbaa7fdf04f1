import * as pulumi from "@pulumi/pulumi";
import { clusterAccessOf } from "../../cluster/access.ts";
import { apiErrorText, isRefusal } from "../../cluster/api-error.ts";
import { connect } from "../../cluster/client.ts";
import { deletedObject } from "../../cluster/deletion/deleted-object.ts";
import { explainDeletion } from "../../cluster/deletion/explain-deletion.ts";
import { hushing } from "../../validation/secrets/hushing.ts";
import { failureText } from "./await-controller-sync.ts";
import type { CarryOutArgs } from "./controller-sync-args.ts";
import { type Facts, verdictOf } from "./sync-status.ts";

/** Says why a Service has no address, where it has none. */
export async function explainMissingAddress(
  see: () => Promise<Facts>,
  { component, dialect, seconds, subject }: CarryOutArgs,
): Promise<void> {
  const hush = await hushing(component);
  try {
    const facts = await see();
    if (!facts.addressed) {
      const why = failureText(verdictOf(dialect.evidence, facts), dialect.name, seconds);
      await pulumi.log.error(hush(`${subject} has no address: ${why}`), component);
    }
  } catch (error) {
    // Whatever failed has its own error; this one was only to explain it.
    if (!isRefusal(error)) {
      await pulumi.log.warn(hush(`Cannot explain ${subject}: ${apiErrorText(error)}`), component);
    }
  }
}

/** Says what holds a Service that was to be deleted, where something does. */
export async function explainFailedDeletion(
  component: pulumi.ComponentResource,
  outputs: Readonly<Record<string, unknown>> | undefined,
): Promise<void> {
  try {
    const object = await deletedObject(outputs);
    if (object === undefined) return;
    const why = await explainDeletion(await connect(await clusterAccessOf(component)), object);
    if (why !== undefined) await pulumi.log.error(why, component);
  } catch (error) {
    // As above: the deletion has its own error.
    await pulumi.log.warn(`Cannot explain the deletion: ${apiErrorText(error)}`, component);
  }
}
