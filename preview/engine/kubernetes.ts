import type { Manifest } from "../../testing/manifest.ts";
import type { Change } from "./changes.ts";
import { at, type Properties } from "./values.ts";

const OBJECT = /^kubernetes:([^:]+):([^:]+)$/;

/** Whether a resource is an object of a Kubernetes cluster, and no provider, release or component. */
export function isObject({ type }: Pick<Change, "type">): boolean {
  return (
    OBJECT.test(type) &&
    !type.startsWith("kubernetes:helm.sh/") &&
    !/^kubernetes:yaml(\/v2)?:/.test(type)
  );
}

/** The kind of a Kubernetes object; the type token of anything else. */
export function kindOf(change: Change): string {
  return isObject(change) ? (OBJECT.exec(change.type)?.[2] ?? change.type) : change.type;
}

/** The object with its properties before or after; undefined where there are none. */
export function manifestOf(
  change: Change,
  properties: Properties | undefined,
): Manifest | undefined {
  if (properties === undefined || !isObject(change)) return undefined;
  const [, group = "", kind = ""] = OBJECT.exec(change.type) ?? [];
  const apiVersion = group.startsWith("core/") ? group.slice("core/".length) : group;
  const metadata = at(properties, "metadata");
  return {
    apiVersion,
    kind,
    ...properties,
    metadata: {
      name: change.name,
      ...(typeof metadata === "object" ? (metadata as Properties) : {}),
    },
  } as Manifest;
}

/** How kubectl names an object: kind, namespace and name. Anything else has its type and its name in the program. */
export function placeOf(change: Change): string {
  const properties = change.after ?? change.before;
  const [name, namespace] = [
    at(properties, "metadata", "name"),
    at(properties, "metadata", "namespace"),
  ];
  if (!isObject(change)) return `${change.type} ${change.name}`;
  const prefix = typeof namespace === "string" ? `${namespace}/` : "";
  return `${kindOf(change)} ${prefix}${typeof name === "string" ? name : change.name}`;
}
