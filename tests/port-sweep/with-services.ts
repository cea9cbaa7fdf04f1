import { waitFor } from "../../local/wait.ts";
import { core } from "../engine/rig.ts";

/** A namespace with what somebody might want to change or read: a Service of each kind, and a secret. */
export const NAMESPACE = "port-sweep";
/** Content of a Secret of the cluster. */
export const CANARY = "canary-of-the-port-sweep";

/** Makes the namespace, and waits until its load balancer is there. */
export async function createServices(): Promise<void> {
  await core.createNamespace({ body: { metadata: { name: NAMESPACE } } });
  await core.createNamespacedSecret({
    namespace: NAMESPACE,
    body: { metadata: { name: "secret" }, stringData: { canary: CANARY } },
  });
  const ports = [{ port: 80, targetPort: 8080 }];
  await core.createNamespacedService({
    namespace: NAMESPACE,
    body: { metadata: { name: "nodes" }, spec: { type: "NodePort", ports } },
  });
  const annotations = { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" };
  await core.createNamespacedService({
    namespace: NAMESPACE,
    body: { metadata: { name: "front", annotations }, spec: { type: "LoadBalancer", ports } },
  });
  await waitFor(
    async () => {
      const front = await core.readNamespacedService({ namespace: NAMESPACE, name: "front" });
      return front.status?.loadBalancer?.ingress?.[0]?.hostname;
    },
    { awaited: "the load balancer", timeoutSeconds: 60 },
  );
}

/** Removes it, and waits until it is gone with its load balancer. */
export async function removeServices(): Promise<void> {
  await core.deleteNamespace({ name: NAMESPACE });
  await waitFor(
    () =>
      core.readNamespace({ name: NAMESPACE }).then(
        () => false,
        () => true,
      ),
    { awaited: "the namespace to be gone", timeoutSeconds: 120 },
  );
}
