import * as pulumi from "@pulumi/pulumi";
import { labelValue } from "../validation/rules.ts";

/**
 * The labels Kubernetes recommends, as far as a component knows their values. Nothing selects on them.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function recommendedLabels(instance: string, app?: string): Record<string, string> {
  const project = pulumi.getProject();
  return {
    ...(app === undefined ? {} : { "app.kubernetes.io/name": app }),
    "app.kubernetes.io/instance": instance,
    // A Pulumi project may have a longer name than a label's value.
    ...(labelValue(project) === undefined ? { "app.kubernetes.io/part-of": project } : {}),
    "app.kubernetes.io/managed-by": "pulumi",
  };
}
