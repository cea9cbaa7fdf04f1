import type { Manifest } from "./manifest.ts";
import type { ContainerPort, Pod } from "./pod.ts";

/** What a workload's Pods look like, as far as Services have to do with them. */
export interface PodTemplate {
  readonly labels: Readonly<Record<string, string>>;
  /** The ports of the containers that run as long as the Pod does: sidecars are among them, other init containers are not. */
  readonly ports: readonly ContainerPort[];
}

interface WorkloadSpec {
  readonly template?: Pod;
  readonly jobTemplate?: { readonly spec?: WorkloadSpec };
}

/** The Pods that an object makes, whatever kind of workload it is; nothing where it makes none. */
export function podTemplateOf(manifest: Manifest): PodTemplate | undefined {
  const pod = podOf(manifest);
  if (pod === undefined) {
    return undefined;
  }
  const { containers = [], initContainers = [] } = pod.spec ?? {};
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === "Always");
  return {
    labels: pod.metadata?.labels ?? {},
    ports: [...sidecars, ...containers].flatMap(({ ports }) => ports ?? []),
  };
}

/** The Pod that an object is or makes, as the API server would see it. */
export function podOf(manifest: Manifest): Pod | undefined {
  if (manifest.kind === "Pod") {
    return manifest as Pod;
  }
  const spec = manifest["spec"] as WorkloadSpec | undefined;
  const template = spec?.template ?? spec?.jobTemplate?.spec?.template;
  // Other kinds have templates of something else: what makes Pods has containers in it.
  return template?.spec?.containers === undefined ? undefined : template;
}
