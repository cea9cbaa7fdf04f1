import type { Manifest } from "./manifest.ts";
import type { ContainerPort, Pod } from "./pod.ts";

/** The parts of a workload's Pods that matter to Services. */
export interface PodTemplate {
  readonly labels: Readonly<Record<string, string>>;
  /** The ports of the containers that run as long as the Pod does, including sidecars but not other init containers. */
  readonly ports: readonly ContainerPort[];
}

interface WorkloadSpec {
  readonly template?: Pod;
  readonly jobTemplate?: { readonly spec?: WorkloadSpec };
}

/** The Pods that an object of any workload kind makes; undefined if it makes none. */
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
  // Other kinds have other templates: only a template of Pods has containers.
  return template?.spec?.containers === undefined ? undefined : template;
}
