import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import type { core } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import { adopting } from "../overrides/adopt.ts";
import { readyInTime } from "../readiness/rollout/deployment-hook.ts";
import type { Subject } from "../validation/errors.ts";
import type { BackendSpec } from "../workload/backend-spec.ts";
import type { BackendManifests } from "./manifests.ts";

/** What Pulumi states with the creation and leaves alone from then on. */
const DECIDED_BY_AUTOSCALER = ["spec.replicas"];

/** Creates a Backend's ClusterIP Service, or adopts it. */
export function createService(
  parent: pulumi.ComponentResource,
  spec: BackendSpec,
  service: core.v1.Service,
): Service {
  // The name is literal: there cannot be two at a time.
  const options = { parent, deleteBeforeReplace: true };
  const adopted = adopting(subjectOf(parent, spec), spec.adopt, "serviceUrn", service, options);
  return new Service(`${spec.name}-service`, ...adopted);
}

/** Creates a Backend's Deployment, or adopts it, after what its Pods need from the start. */
export function createDeployment(
  parent: pulumi.ComponentResource,
  spec: BackendSpec,
  { deployment, horizontalPodAutoscaler }: BackendManifests,
  first: readonly (pulumi.Resource | undefined)[],
): Deployment {
  const subject = subjectOf(parent, spec);
  const options = {
    parent,
    dependsOn: first.filter((it) => it !== undefined),
    ignoreChanges: horizontalPodAutoscaler === undefined ? [] : DECIDED_BY_AUTOSCALER,
    ...readyInTime(parent, spec),
  };
  const adopted = adopting(subject, spec.adopt, "deploymentUrn", deployment, options);
  return new Deployment(spec.name, ...adopted);
}

function subjectOf(resource: pulumi.ComponentResource, { name }: BackendSpec): Subject {
  return { type: "Backend", name, resource };
}
