import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import type { Manifest } from "../../testing/manifest.ts";
import { podTemplateOf } from "../../testing/pod-template.ts";
import { calledServices, isRoute, routedServices } from "../../testing/references.ts";
import type { ObjectRef } from "../diagnosis/diagnosis.ts";
import { messageOf, UsageError } from "../errors.ts";
import { readShape } from "../state/shape.ts";
import type { Declared } from "./declared.ts";

const CONTAINERS = [{ name: "string", env: [{ name: "string", value: "string" }] }] as const;
const POD_SPEC = { containers: CONTAINERS, initContainers: CONTAINERS } as const;
const TEMPLATE = { spec: POD_SPEC } as const;
const BACKEND = { service: { name: "string" } } as const;

/** The fields of a manifest that tell who calls whom. */
const MANIFEST = {
  apiVersion: "string",
  kind: "string",
  metadata: { name: "string", namespace: "string" },
  spec: {
    ...POD_SPEC,
    template: TEMPLATE,
    jobTemplate: { spec: { template: TEMPLATE } },
    defaultBackend: BACKEND,
    rules: [
      {
        http: { paths: [{ backend: BACKEND }] },
        backendRefs: [{ kind: "string", name: "string", namespace: "string" }],
      },
    ],
  },
} as const;

/** The API group of each kind that counts by its kind alone: other groups have kinds of the same name. */
const GROUPS: Readonly<Record<string, string>> = {
  Service: "",
  Pod: "",
  Deployment: "apps",
  StatefulSet: "apps",
  DaemonSet: "apps",
  ReplicaSet: "apps",
  Job: "batch",
  CronJob: "batch",
  Ingress: "networking.k8s.io",
  HTTPRoute: "gateway.networking.k8s.io",
};

/**
 * Reads the manifests of a program: in YAML or JSON, such as those of `npm run render`, or in a state of
 * `pulumi stack export`.
 *
 * @throws UsageError if the file cannot be read or has nothing of this kind
 */
export function readManifests(path: string): readonly Manifest[] {
  let documents: readonly unknown[];
  try {
    documents = documentsIn(readFileSync(path === "-" ? 0 : path, "utf8"));
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${messageOf(error)}`);
  }
  const seen = new Set<unknown>();
  const manifests = documents.flatMap((it) => manifestsIn(it, seen));
  if (manifests.length === 0) {
    throw new UsageError(
      `Cannot compare with ${path}: it has no manifest; write it with pulumi stack export, or give manifests in YAML`,
    );
  }
  return manifests;
}

/** What manifests declare. Those without a namespace are in the one that is given. */
export function declaredIn(manifests: readonly Manifest[], namespace: string): Declared {
  const refOf = ({ kind, metadata }: Manifest): ObjectRef => ({
    kind,
    namespace: metadata.namespace ?? namespace,
    name: metadata.name,
  });
  const objects = manifests.filter(concernsCalls);
  return {
    objects: objects.map(refOf),
    connections: objects.flatMap((it) => {
      const from = refOf(it);
      const called = isRoute(it) ? routedServices(it) : calledServices(it);
      const named = called.filter(({ name }: { readonly name?: string }) => name !== undefined);
      const names = new Map(
        named.map(({ name, namespace: inside = from.namespace ?? namespace }) => [
          `${inside}/${name}`,
          { kind: "Service", namespace: inside, name },
        ]),
      );
      return [...names.values()].map((to) => ({ from, to }));
    }),
  };
}

/** Services, workloads and routes. Kinds that are not known count if they have a template of Pods. */
function concernsCalls(it: Manifest): boolean {
  const group = GROUPS[it.kind];
  if (group === undefined) return podTemplateOf(it) !== undefined || isRoute(it);
  const [own = "", version] = it.apiVersion.split("/");
  return group === (version === undefined ? "" : own);
}

function documentsIn(text: string): readonly unknown[] {
  return (
    json(text) ??
    // Errors and warnings of the parser repeat the line, which may have a password.
    parseAllDocuments(text, { logLevel: "silent" }).map((document) => {
      const [problem] = document.errors;
      if (problem) throw new Error(`line ${problem.linePos?.[0]?.line ?? 1} is not valid YAML`);
      try {
        return document.toJS() as unknown;
      } catch {
        throw new Error("an alias in it is not valid YAML");
      }
    })
  );
}

/** States of many resources take a minute as YAML, and no second as JSON. */
function json(text: string): readonly unknown[] | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return [JSON.parse(text)];
  } catch {
    return undefined;
  }
}

function manifestsIn(document: unknown, seen: Set<unknown>): readonly Manifest[] {
  // An anchor can have itself in it.
  if (seen.has(document)) return [];
  seen.add(document);
  const { deployment, items } = fieldsOf(document);
  if (Array.isArray(items)) return items.flatMap((it) => manifestsIn(it, seen));
  const { resources } = fieldsOf(deployment);
  if (Array.isArray(resources)) return resources.flatMap(manifestOfResource);
  return manifestOf(document);
}

/**
 * A resource of a state: the object as the cluster has it, or as the program asked for it. One that is yet to be
 * deleted or that the program only reads is not declared.
 */
function manifestOfResource(resource: unknown): readonly Manifest[] {
  const { delete: isLeft, external, inputs, outputs, type } = fieldsOf(resource);
  if (typeof type !== "string" || !type.startsWith("kubernetes:")) return [];
  if (isLeft === true || external === true) return [];
  return [outputs, inputs].flatMap(manifestOf).slice(0, 1);
}

/** The fields that count; those of other types, such as secrets of a state, are absent. */
function manifestOf(value: unknown): readonly Manifest[] {
  const { apiVersion, kind, metadata, spec } = readShape(MANIFEST, value) ?? {};
  const { name, namespace } = metadata ?? {};
  if (apiVersion === undefined || kind === undefined || name === undefined) return [];
  return [{ apiVersion, kind, metadata: { name, ...(namespace && { namespace }) }, spec }];
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
