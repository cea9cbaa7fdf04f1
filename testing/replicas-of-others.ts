import type * as pulumi from "@pulumi/pulumi";

/**
 * The fields of a resource, but for `spec.replicas` where the resource ignores its changes: then something else decides
 * the number, and what Pulumi only begins with would reset it with every `kubectl apply`.
 */
export function withoutReplicasOfOthers(
  fields: Record<string, unknown>,
  { ignoreChanges }: pulumi.CustomResourceOptions,
): Record<string, unknown> {
  if (!ignoreChanges?.includes("spec.replicas")) {
    return fields;
  }
  const { replicas: _, ...spec } = Object(fields["spec"]);
  return { ...fields, spec };
}
