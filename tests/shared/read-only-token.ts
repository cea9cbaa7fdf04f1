import { CoreV1Api, type KubeConfig, RbacAuthorizationV1Api } from "@kubernetes/client-node";

const name = "reader";
const namespace = "default";

/** Makes a role that reads everything and writes nothing, as a job on pull requests should have, and returns a token of it. */
export async function readOnlyToken(config: KubeConfig): Promise<string> {
  const core = config.makeApiClient(CoreV1Api);
  const rbac = config.makeApiClient(RbacAuthorizationV1Api);
  const metadata = { name };
  await core.createNamespacedServiceAccount({ namespace, body: { metadata } });
  await rbac.createClusterRole({
    body: {
      metadata,
      rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["get", "list", "watch"] }],
    },
  });
  await rbac.createClusterRoleBinding({
    body: {
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
      subjects: [{ kind: "ServiceAccount", name, namespace }],
    },
  });
  const { status } = await core.createNamespacedServiceAccountToken({
    name,
    namespace,
    body: { spec: { audiences: [] } },
  });
  return status?.token ?? "";
}

/** Takes the role away again. */
export async function removeReadOnlyRole(config: KubeConfig): Promise<void> {
  const rbac = config.makeApiClient(RbacAuthorizationV1Api);
  await rbac.deleteClusterRoleBinding({ name });
  await rbac.deleteClusterRole({ name });
  await config.makeApiClient(CoreV1Api).deleteNamespacedServiceAccount({ name, namespace });
}
