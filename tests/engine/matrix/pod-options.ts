import { TaintEffect } from "../../../components/index.ts";
import type { Option } from "./option.ts";

/** What a Pod can be asked to be, besides its containers. */
export const podOptions: readonly Option[] = [
  {
    name: "volumes",
    existing: ["settings", "credentials"],
    backend: {
      volumes: [
        { name: "settings", mountPath: "/etc/settings", configMapName: "settings" },
        { name: "credentials", mountPath: "/etc/credentials", secretName: "credentials" },
        { name: "cache", mountPath: "/var/cache/web", emptyDirSizeLimit: "64Mi" },
        { name: "scratch", mountPath: "/tmp", emptyDirSizeLimit: "1Gi" },
      ],
      runAsUser: 20001,
      runAsGroup: 20002,
    },
  },
  {
    name: "disk",
    existing: ["disk"],
    backend: {
      replicas: 1,
      volumes: [{ name: "data", mountPath: "/data", persistentVolumeClaimName: "data" }],
    },
  },
  {
    name: "share",
    existing: ["share"],
    backend: {
      volumes: [
        { name: "data", mountPath: "/data", persistentVolumeClaimName: "data", readOnly: true },
      ],
    },
  },
  {
    name: "pod-metadata",
    backend: {
      app: "web",
      serviceName: "web",
      labels: { team: "web", "example.com/tier": "" },
      annotations: { "example.com/owner": "web", "example.com/note": 'two\nlines of "text"' },
    },
  },
  {
    name: "own-account",
    backend: {
      serviceAccountAnnotations: {
        "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/web",
      },
      automountServiceAccountToken: true,
    },
  },
  {
    name: "existing-account",
    existing: ["account"],
    backend: { serviceAccountName: "account", automountServiceAccountToken: false },
  },
  {
    name: "scheduling",
    existing: ["priorityClass"],
    backend: {
      nodeSelector: { "kubernetes.io/os": "linux" },
      tolerations: [
        { key: "dedicated", value: "web", effect: TaintEffect.NoSchedule },
        { key: "spot", effect: TaintEffect.PreferNoSchedule },
        {
          key: "node.kubernetes.io/unreachable",
          effect: TaintEffect.NoExecute,
          tolerationSeconds: 30,
        },
      ],
    },
  },
  { name: "no-pods", backend: { replicas: 0, podDisruptionBudget: false } },
  { name: "five-pods", backend: { replicas: 5 } },
  {
    name: "autoscaled",
    backend: {
      autoscaling: { minReplicas: 3, maxReplicas: 6, cpuAverageUtilizationPercent: 70 },
      patches: {
        horizontalPodAutoscaler: {
          spec: { behavior: { scaleDown: { stabilizationWindowSeconds: 600 } } },
        },
      },
    },
  },
  {
    name: "autoscaled-from-one",
    backend: {
      autoscaling: { minReplicas: 1, maxReplicas: 2, memoryAverageUtilizationPercent: 80 },
    },
  },
  { name: "no-budget", backend: { replicas: 2, podDisruptionBudget: false } },
];
