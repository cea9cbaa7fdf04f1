import { writeAtomically } from "../files/atomic-file.ts";
import { kubeconfigText } from "../formats/kubeconfig.ts";
import type { LocalPaths } from "../paths.ts";
import type { Pki } from "./pki.ts";
import type { Ports } from "./ports.ts";

/** Writes the kubeconfig of the embedded cluster, readable by the owner alone. */
export function writeKubeconfig(paths: LocalPaths, pki: Pki, ports: Ports): void {
  const text = kubeconfigText(`https://127.0.0.1:${ports.apiServer}`, pki);
  writeAtomically(paths.kubeconfig, text);
}
