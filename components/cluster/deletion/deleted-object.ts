import type { KubernetesObject } from "@kubernetes/client-node";
import { isRecord } from "../../validation/checks.ts";
import { knownValue } from "../access.ts";
import type { KubernetesApis } from "../client.ts";

const NOT_FOUND = 404;

/** An object that is about to be deleted, as the stack's state has it. */
export interface DeletedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly uid: string;
}

/** Reads an object from the stack's state; undefined if the state does not identify it. */
export async function deletedObject(
  outputs: Readonly<Record<string, unknown>> = {},
): Promise<DeletedObject | undefined> {
  const { apiVersion, kind, metadata } = outputs;
  const { name, namespace, uid } = ((await knownValue<unknown>(metadata)) ?? {}) as Record<
    string,
    unknown
  >;
  const known = [apiVersion, kind, name, uid].every((it) => typeof it === "string" && it !== "");
  return known ? ({ apiVersion, kind, name, namespace, uid } as DeletedObject) : undefined;
}

/** An object's title in messages, such as `Service "shop/front"`. */
export function titleOf({ kind, name, namespace }: DeletedObject): string {
  return `${kind} "${namespace === undefined ? name : `${namespace}/${name}`}"`;
}

/**
 * The object that now has the name, of any creator; undefined if there is none, or if the kind no longer exists.
 */
export async function liveObject(
  { objects }: Pick<KubernetesApis, "objects">,
  { apiVersion, kind, name, namespace }: DeletedObject,
): Promise<KubernetesObject | undefined> {
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
  try {
    return await objects.read({ apiVersion, kind, metadata });
  } catch (error) {
    const gone = isRecord(error) && error["code"] === NOT_FOUND;
    // The client's own error if an API group exists but has no such kind.
    const unknown = error instanceof Error && error.message.startsWith("Unrecognized API version");
    if (gone || unknown) return undefined;
    throw error;
  }
}
