/** What is read of the API's OpenAPI document. */
export interface OpenApi {
  readonly definitions: Readonly<Record<string, Schema>>;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
}

/** The objects that components make and patches change. */
const KINDS = [
  "io.k8s.api.apps.v1.Deployment",
  "io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler",
  "io.k8s.api.core.v1.Secret",
  "io.k8s.api.core.v1.Service",
  "io.k8s.api.core.v1.ServiceAccount",
  "io.k8s.api.networking.v1.NetworkPolicy",
  "io.k8s.api.policy.v1.PodDisruptionBudget",
];

/** By path, what the items of the lists of those objects are known by; nobody patches a status. */
export function listKeysIn({ definitions }: OpenApi): Record<string, readonly string[]> {
  const found: Record<string, readonly string[]> = {};
  const walk = (kind: string, place: string): void => {
    for (const [field, schema] of Object.entries(definitions[kind]?.properties ?? {})) {
      const path = place === "" ? field : `${place}.${field}`;
      if (path === "status") continue;
      const keys = schema["x-kubernetes-list-map-keys"];
      if (keys !== undefined) found[path] = keys;
      const inside = schema.$ref ?? schema.items?.$ref;
      if (inside !== undefined) walk(inside.replace("#/definitions/", ""), path);
    }
  };
  for (const kind of KINDS) walk(kind, "");
  return found;
}

/** By name without its group, the fields of those objects and of all that is in them, in the words of `api-schema.ts`. */
export function apiShapesIn({ definitions }: OpenApi): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (definition: string): void => {
    const name = lastOf(definition);
    const { properties, required = [] } = definitions[definition] ?? {};
    if (name in found || properties === undefined) return;
    const fields = Object.entries(properties).filter(([field]) => field !== "status");
    found[name] = fields
      .map(
        ([field, it]) =>
          `${field}${shapeOf(it, definitions)}${required.includes(field) ? "!" : ""}`,
      )
      .join(" ");
    for (const [, { $ref, additionalProperties, items }] of fields) {
      const inside = $ref ?? items?.$ref ?? additionalProperties?.$ref;
      if (inside !== undefined) walk(inside.replace("#/definitions/", ""));
    }
  };
  for (const kind of KINDS) walk(kind);
  return found;
}

/** The text of the module of `components/` that has these shapes. */
export function apiShapesModule(shapes: Readonly<Record<string, string>>): string {
  const lines = Object.entries(shapes).sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    "/**",
    " * The fields of the objects that patches change, by definition of the API's OpenAPI document of Kubernetes 1.36. Written by",
    " * `npm test -- tests/engine/accepted-manifests.test.ts -u`.",
    " */",
    "export const API_SHAPES: readonly string[] = [",
    ...lines.map(([name, fields]) => `  ${JSON.stringify(`${name} ${fields}`)},`),
    "];",
    "",
  ].join("\n");
}

const lastOf = (definition: string): string => definition.split(".").at(-1) ?? definition;

/** `:type` or `=VALUE|VALUE`, with `[]` behind it for a list and `{}` for a map. */
function shapeOf(schema: Schema, definitions: OpenApi["definitions"]): string {
  const { $ref, additionalProperties, format, items, type } = schema;
  if (items !== undefined) return `${shapeOf(items, definitions)}[]`;
  if (additionalProperties !== undefined) return `${shapeOf(additionalProperties, definitions)}{}`;
  if (schema.enum !== undefined) return `=${schema.enum.join("|")}`;
  if ($ref !== undefined) return `:${lastOf($ref)}`;
  return `:${format ?? type}`;
}
