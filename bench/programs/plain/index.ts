// The same objects as people write them today, from the file that the benchmark has rendered.
import { readFileSync } from "node:fs";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";

const kinds = { NetworkPolicy, PodDisruptionBudget, Service };
const accounts = new Map<string, ServiceAccount>();

const manifests = JSON.parse(readFileSync(process.env["BENCH_MANIFESTS"] ?? "", "utf8"));
for (const manifest of manifests) {
  const { kind, metadata } = manifest as { kind: string; metadata: { name: string } };
  const name = `${metadata.name}-${kind}`;
  if (kind === "ServiceAccount") {
    accounts.set(metadata.name, new ServiceAccount(name, manifest));
  } else if (kind !== "Deployment") {
    new kinds[kind as keyof typeof kinds](name, manifest);
  }
}

// Without its account a Deployment has no Pods, and Deployments that wait for Pods keep the engine from creating accounts.
for (const manifest of manifests.filter(({ kind }: { kind: string }) => kind === "Deployment")) {
  const account = accounts.get(manifest.spec.template.spec.serviceAccountName);
  new Deployment(`${manifest.metadata.name}-Deployment`, manifest, {
    dependsOn: account === undefined ? [] : [account],
  });
}
