/** What is read of the API's OpenAPI document. */
export interface OpenApi {
  readonly definitions: Readonly<Record<string, Schema>>;
}

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
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
