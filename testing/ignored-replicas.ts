import type * as pulumi from "@pulumi/pulumi";

/**
 * The fields of a resource, without `spec.replicas` if the resource ignores its changes: an autoscaler then decides the
 * number, and every `kubectl apply` would reset it.
 */
export function omitIgnoredReplicas(
  fields: Record<string, unknown>,
  { ignoreChanges }: pulumi.CustomResourceOptions,
): Record<string, unknown> {
  if (!ignoreChanges?.includes("spec.replicas")) {
    return fields;
  }
  const { replicas: _, ...spec } = Object(fields["spec"]);
  return { ...fields, spec };
}
