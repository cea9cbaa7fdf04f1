import * as pulumi from "@pulumi/pulumi";
import { labelValue } from "../validation/rules.ts";

/**
 * The recommended Kubernetes labels whose values a component knows. Nothing selects on them.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function recommendedLabels(instance: string, app?: string): Record<string, string> {
  const project = pulumi.getProject();
  return {
    ...(app === undefined ? {} : { "app.kubernetes.io/name": app }),
    "app.kubernetes.io/instance": instance,
    // The name of a Pulumi project may be too long for a label.
    ...(labelValue(project) === undefined ? { "app.kubernetes.io/part-of": project } : {}),
    "app.kubernetes.io/managed-by": "pulumi",
  };
}
