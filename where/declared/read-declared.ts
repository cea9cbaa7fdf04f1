import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import type { Manifest } from "../../testing/manifest.ts";
import { podTemplateOf } from "../../testing/pod-template.ts";
import { calledServices, isRoute, routedServices } from "../../testing/references.ts";
import type { ObjectRef } from "../diagnosis/diagnosis.ts";
import { messageOf, UsageError } from "../errors.ts";
import type { Declared } from "./declared.ts";

/**
 * Reads what a program declares: manifests in YAML or JSON, such as those of `npm run render`, or a state of
 * `pulumi stack export`.
 *
 * @throws UsageError if the file cannot be read or has nothing of this kind
 */
export function readDeclared(path: string, namespace: string): Declared {
  let documents: readonly unknown[];
  try {
    documents = documentsIn(readFileSync(path === "-" ? 0 : path, "utf8"));
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${messageOf(error)}`);
  }
  const manifests = documents.flatMap(manifestsIn);
  if (manifests.length === 0) {
    throw new UsageError(
      `Cannot compare with ${path}: it has no manifest; write it with pulumi stack export, or give manifests in YAML`,
    );
  }
  return declaredIn(manifests, namespace);
}

/** What manifests declare. Those without a namespace are in the one that is given. */
export function declaredIn(manifests: readonly Manifest[], namespace: string): Declared {
  const refOf = ({ kind, metadata }: Manifest): ObjectRef => ({
    kind,
    namespace: metadata.namespace ?? namespace,
    name: metadata.name,
  });
  const objects = manifests.filter(
    (it) => it.kind === "Service" || podTemplateOf(it) !== undefined || isRoute(it),
  );
  return {
    objects: objects.map(refOf),
    connections: objects.flatMap((it) => {
      const from = refOf(it);
      const called = isRoute(it) ? routedServices(it) : calledServices(it);
      const names = new Map(
        called.map(({ name, namespace: inside = from.namespace ?? namespace }) => [
          `${inside}/${name}`,
          { kind: "Service", namespace: inside, name },
        ]),
      );
      return [...names.values()].map((to) => ({ from, to }));
    }),
  };
}

function documentsIn(text: string): readonly unknown[] {
  return parseAllDocuments(text).map((document) => {
    // The parser's message repeats the line, which may have a password.
    const [problem] = document.errors;
    if (problem) throw new Error(`line ${problem.linePos?.[0]?.line ?? 1} is no YAML`);
    return document.toJS() as unknown;
  });
}

function manifestsIn(document: unknown): readonly Manifest[] {
  const { deployment, items } = fieldsOf(document);
  if (Array.isArray(items)) return items.flatMap(manifestsIn);
  const { resources } = fieldsOf(deployment);
  if (Array.isArray(resources)) return resources.flatMap(manifestOfResource);
  return isManifest(document) ? [document] : [];
}

/** A resource of a state: the object as the cluster has it, or as the program asked for it. */
function manifestOfResource(resource: unknown): readonly Manifest[] {
  const { inputs, outputs, type } = fieldsOf(resource);
  if (typeof type !== "string" || !type.startsWith("kubernetes:")) return [];
  return [outputs, inputs].filter(isManifest).slice(0, 1);
}

function isManifest(value: unknown): value is Manifest {
  const { apiVersion, kind, metadata } = fieldsOf(value);
  return (
    typeof apiVersion === "string" &&
    typeof kind === "string" &&
    typeof fieldsOf(metadata)["name"] === "string"
  );
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
