import { AppsV1Api, type V1PodSpec } from "@kubernetes/client-node";
import { expect } from "vitest";
import { config } from "./rig.ts";
import { strictDryRun } from "./strict-dry-run.ts";

const apps = config.makeApiClient(AppsV1Api);

/**
 * What the API server warns of when it gets a Deployment once more, the Pods as they are or changed: the provider does not
 * show its warnings.
 */
export async function warningsOfDeployment(
  { name, namespace }: { readonly name: string; readonly namespace: string },
  change: Partial<V1PodSpec> = {},
): Promise<readonly string[]> {
  const { spec } = await apps.readNamespacedDeployment({ name, namespace });
  Object.assign(spec?.template.spec ?? {}, change);
  const metadata = { name: `${name}-again`, namespace };
  const object = { apiVersion: "apps/v1", kind: "Deployment", metadata, spec };
  const { accepted, message, warnings } = await strictDryRun(config, object);
  expect(accepted, message).toBe(true);
  return warnings;
}
