import {
  ConfigMap,
  PersistentVolume,
  PersistentVolumeClaim,
  Secret,
  ServiceAccount,
} from "@pulumi/kubernetes/core/v1/index.js";
import { PriorityClass } from "@pulumi/kubernetes/scheduling/v1/priorityClass.js";
import type * as pulumi from "@pulumi/pulumi";

type Make = (namespace: string, opts: pulumi.ResourceOptions) => pulumi.Resource[];

/** What an argument may name, by the name it has in every namespace; the PriorityClass has that of the namespace. */
export const existing = {
  settings: (namespace, opts) => [
    new ConfigMap(
      `${namespace}-settings`,
      { metadata: { name: "settings", namespace }, data: { GREETING: "hello" } },
      opts,
    ),
  ],
  credentials: (namespace, opts) => [
    new Secret(
      `${namespace}-credentials`,
      { metadata: { name: "credentials", namespace }, stringData: { PASSWORD: "canary-of-old" } },
      opts,
    ),
  ],
  account: (namespace, opts) => [
    new ServiceAccount(
      `${namespace}-account`,
      { metadata: { name: "account", namespace }, automountServiceAccountToken: false },
      opts,
    ),
  ],
  disk: (namespace, opts) => claimed(namespace, "ReadWriteOnce", opts),
  share: (namespace, opts) => claimed(namespace, "ReadWriteMany", opts),
  priorityClass: (namespace, opts) => [
    new PriorityClass(
      `${namespace}-priority-class`,
      { metadata: { name: namespace }, value: 1000 },
      opts,
    ),
  ],
} as const satisfies Record<string, Make>;

/** One of them. */
export type Existing = keyof typeof existing;

/** A claim called `data` and the volume it is bound to. */
function claimed(namespace: string, mode: string, opts: pulumi.ResourceOptions): pulumi.Resource[] {
  const accessModes = [mode];
  const name = `${namespace}-data`;
  const volume = new PersistentVolume(
    name,
    {
      metadata: { name },
      spec: {
        accessModes,
        capacity: { storage: "1Gi" },
        storageClassName: "",
        claimRef: { namespace, name: "data" },
        nfs: { server: "files.example", path: `/${namespace}` },
      },
    },
    opts,
  );
  const claim = new PersistentVolumeClaim(
    `${name}-claim`,
    {
      metadata: { name: "data", namespace },
      spec: {
        accessModes,
        storageClassName: "",
        volumeName: name,
        resources: { requests: { storage: "1Gi" } },
      },
    },
    { ...opts, dependsOn: volume },
  );
  return [volume, claim];
}
