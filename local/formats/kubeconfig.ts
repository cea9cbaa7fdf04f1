import { readFileSync } from "node:fs";
import { yamlText } from "./data.ts";

/** Name of the embedded cluster's context: `Pulumi.dev.yaml` deploys to this context and to no other. */
export const LOCAL_CONTEXT = "pulumi-kubernetes-services-local";

/** What proves the API server and its administrator to each other. */
export interface AdminAccess {
  /** File with the certificate of the authority. */
  readonly authority: string;
  /** The administrator's token. */
  readonly adminToken: string;
}

/** A kubeconfig of the administrator, for a URL of the API server. It is a secret. */
export function kubeconfigText(server: string, access: AdminAccess): string {
  const authority = readFileSync(access.authority).toString("base64");
  const cluster = { server, "certificate-authority-data": authority };
  return yamlText("kubeconfig", {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: LOCAL_CONTEXT, cluster }],
    users: [{ name: LOCAL_CONTEXT, user: { token: access.adminToken } }],
    contexts: [{ name: LOCAL_CONTEXT, context: { cluster: LOCAL_CONTEXT, user: LOCAL_CONTEXT } }],
    "current-context": LOCAL_CONTEXT,
  });
}
