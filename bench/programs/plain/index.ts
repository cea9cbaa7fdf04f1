// The same objects as people write them today, from the file that the benchmark has rendered.
import { readFileSync } from "node:fs";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";

const kinds = { Deployment, NetworkPolicy, PodDisruptionBudget, Service, ServiceAccount };

for (const manifest of JSON.parse(readFileSync(process.env["BENCH_MANIFESTS"] ?? "", "utf8"))) {
  const { kind, metadata } = manifest as { kind: keyof typeof kinds; metadata: { name: string } };
  new kinds[kind](`${metadata.name}-${kind}`, manifest);
}
