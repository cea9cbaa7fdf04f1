// Backends that do not become ready, each for a reason of its own, until the configuration mends them.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { ResourceQuota } from "@pulumi/kubernetes/core/v1/resourceQuota.js";
import * as pulumi from "@pulumi/pulumi";
import { Backend, type BackendArgs } from "../../../../components/index.ts";

const broken = new pulumi.Config().requireBoolean("broken");
const restricted = { "pod-security.kubernetes.io/enforce": "restricted" };
const namespaces = ["unready-free", "unready-full", "unready-restricted"].map(
  (name) =>
    new Namespace(name, {
      metadata: { name, ...(name === "unready-restricted" ? { labels: restricted } : {}) },
    }),
);
const quota = new ResourceQuota(
  "quota",
  {
    metadata: { name: "quota", namespace: "unready-full" },
    spec: { hard: { pods: broken ? "0" : "9" } },
  },
  { dependsOn: namespaces },
);

function backend(name: string, namespace: string, cause: Partial<BackendArgs>): void {
  const args: BackendArgs = {
    namespace,
    image: "example/web:1",
    ports: [{ name: "http", containerPort: 8080 }],
    readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
    replicas: 1,
    readyWithinSeconds: 8,
  };
  new Backend(name, { ...args, ...(broken ? cause : {}) }, { dependsOn: [...namespaces, quota] });
}

backend("homeless", "unready-free", { nodeSelector: { disk: "none" } });
backend("crashing", "unready-free", {
  annotations: { "simulated.node/failure": "CrashLoopBackOff" },
});
backend("deaf", "unready-free", { annotations: { "simulated.node/failure": "NotReady" } });
// Without it the mended Pods would be those of the same ReplicaSet, which tries again later and later.
const another = { annotations: { "example.com/quota": "none" } };
backend("over-quota", "unready-full", another);
backend("forbidden", "unready-restricted", {
  patches: { deployment: { spec: { template: { spec: { hostNetwork: true } } } } },
});
