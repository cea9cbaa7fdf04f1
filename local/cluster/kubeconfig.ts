import { readFileSync } from "node:fs";
import { writeAtomically } from "../files/atomic-file.ts";
import { yamlText } from "../formats/data.ts";
import type { LocalPaths } from "../paths.ts";
import type { Pki } from "./pki.ts";
import type { Ports } from "./ports.ts";

/** Name of the embedded cluster's context: `Pulumi.dev.yaml` deploys to this context and to no other. */
export const LOCAL_CONTEXT = "pulumi-kubernetes-services-local";

/** Writes the kubeconfig of the embedded cluster, readable by the owner alone. */
export function writeKubeconfig(paths: LocalPaths, pki: Pki, ports: Ports): void {
  const text = kubeconfigText(`https://127.0.0.1:${ports.apiServer}`, pki);
  writeAtomically(paths.kubeconfig, text);
}

/** A kubeconfig of the administrator, for whoever reaches the API server at a URL. It is a secret. */
export function kubeconfigText(server: string, pki: Pki): string {
  const authority = readFileSync(pki.authority).toString("base64");
  const cluster = { server, "certificate-authority-data": authority };
  return yamlText("kubeconfig", {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: LOCAL_CONTEXT, cluster }],
    users: [{ name: LOCAL_CONTEXT, user: { token: pki.adminToken } }],
    contexts: [{ name: LOCAL_CONTEXT, context: { cluster: LOCAL_CONTEXT, user: LOCAL_CONTEXT } }],
    "current-context": LOCAL_CONTEXT,
  });
}
