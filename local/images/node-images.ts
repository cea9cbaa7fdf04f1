import { versions } from "../toolchain/versions.ts";
import type { Image } from "./image.ts";

// Pods never pull these: no registry has this name.
const registry = "pulumi-kubernetes-services.local";

/** The names of the images that real nodes get before their first Pod. */
export const imageReferences = {
  /** The application of the default program and of the tests. */
  demo: `${registry}/demo:${versions.demoApplication}`,
  /** The generator of load, to be run inside the cluster. */
  load: `${registry}/load:${versions.loadGenerator}`,
  /** The name server of the cluster. */
  coredns: `${registry}/coredns:${versions.coredns}`,
  /** What keeps the namespaces of a Pod alive. */
  pause: `${registry}/pause:${versions.demoApplication}`,
} as const;

/** The tools whose executables are put into images. */
export const imageToolNames = ["demo-application", "load-generator", "coredns"] as const;

/** Lists the images of real nodes, from the paths of their executables. */
export function nodeImages(
  paths: Readonly<Record<(typeof imageToolNames)[number], string>>,
): readonly Image[] {
  return [
    { reference: imageReferences.demo, binary: paths["demo-application"] },
    { reference: imageReferences.load, binary: paths["load-generator"] },
    { reference: imageReferences.coredns, binary: paths.coredns },
    { reference: imageReferences.pause, binary: paths["demo-application"], args: ["pause"] },
  ];
}
