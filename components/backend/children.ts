import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import type { autoscaling, core, networking, policy } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import { adoptedChild } from "../overrides/adopt.ts";
import { annotated } from "../overrides/annotated.ts";
import { at } from "../overrides/patch.ts";
import { readyInTime } from "../readiness/rollout/deployment-hook.ts";
import { untilRolledOut } from "../readiness/rollout/until-rolled-out.ts";
import { isDeferred } from "../validation/checks.ts";
import type { Subject } from "../validation/errors.ts";
import type { BackendSpec } from "../workload/backend-spec.ts";
import type { BackendManifests } from "./manifests.ts";

/** Fields that Pulumi sets on creation and then leaves to the autoscaler. */
const DECIDED_BY_AUTOSCALER = ["spec.replicas"];

/** Creates or adopts a Backend's ClusterIP Service. */
export function createService(
  parent: pulumi.ComponentResource,
  spec: BackendSpec,
  service: core.v1.Service,
): Service {
  // The name is literal, so two objects cannot exist at the same time.
  const options = { parent, deleteBeforeReplace: true };
  const adopted = adoptedChild(subjectOf(parent, spec), spec.adopt, "serviceUrn", service, options);
  return new Service(`${spec.name}-service`, ...adopted);
}

/** What a Backend has before its Deployment. */
interface Prerequisites {
  readonly serviceAccount?: ServiceAccount;
  readonly secret?: Secret;
  readonly networkPolicy?: NetworkPolicy;
  readonly connectionPolicies: Record<string, NetworkPolicy>;
}

/** Creates or adopts a Backend's Deployment, after the objects that its Pods need from the start. */
export function createDeployment(
  parent: pulumi.ComponentResource & Prerequisites,
  spec: BackendSpec,
  { deployment, horizontalPodAutoscaler }: BackendManifests,
): Deployment {
  const { connectionPolicies, networkPolicy, secret, serviceAccount } = parent;
  // The policies are created before the Pods, so that no Pod is ever open to everyone.
  const policies = [networkPolicy, ...Object.values(connectionPolicies)];
  const first = [serviceAccount, secret, ...policies];
  const subject = subjectOf(parent, spec);
  const options = {
    parent,
    dependsOn: first.filter((it) => it !== undefined),
    ignoreChanges:
      horizontalPodAutoscaler === undefined && !spec.scale.external ? [] : DECIDED_BY_AUTOSCALER,
    ...readyInTime(parent, spec),
  };
  const awaited = isDeferred(at(deployment, "metadata.annotations"))
    ? annotated(deployment, untilRolledOutUnless)
    : deployment;
  const adopted = adoptedChild(subject, spec.adopt, "deploymentUrn", awaited, options);
  return new Deployment(spec.name, ...adopted);
}

/** The annotations of a patch that were not known when they were merged. */
function untilRolledOutUnless(own: object): object {
  const all = Object.entries({ ...untilRolledOut, ...own });
  return Object.fromEntries(all.filter(([, value]) => value !== null));
}

/** Creates the headless Service beside a Backend's own. */
export function createHeadlessService(
  parent: pulumi.ComponentResource,
  name: string,
  manifest: core.v1.Service,
): Service {
  return new Service(`${name}-headless-service`, manifest, { parent, deleteBeforeReplace: true });
}

/** Creates the ServiceAccount of a Backend's Pods. */
export function createServiceAccount(
  parent: pulumi.ComponentResource,
  name: string,
  manifest: core.v1.ServiceAccount,
): ServiceAccount {
  return new ServiceAccount(`${name}-service-account`, manifest, { parent });
}

/** Creates the Secret with a Backend's secret variables. */
export function createSecret(
  parent: pulumi.ComponentResource,
  name: string,
  manifest: core.v1.Secret,
): Secret {
  return new Secret(`${name}-secret`, manifest, { parent });
}

/** Creates a Backend's NetworkPolicy. */
export function createNetworkPolicy(
  parent: pulumi.ComponentResource,
  name: string,
  manifest: networking.v1.NetworkPolicy,
): NetworkPolicy {
  return new NetworkPolicy(`${name}-network-policy`, manifest, { parent });
}

/** Creates a Backend's PodDisruptionBudget. */
export function createDisruptionBudget(
  parent: pulumi.ComponentResource,
  name: string,
  manifest: policy.v1.PodDisruptionBudget,
): PodDisruptionBudget {
  return new PodDisruptionBudget(`${name}-pod-disruption-budget`, manifest, { parent });
}

/** Creates the autoscaler of a Backend's Deployment. */
export function createAutoscaler(
  parent: pulumi.ComponentResource,
  name: string,
  deployment: Deployment,
  manifest: autoscaling.v2.HorizontalPodAutoscaler,
): HorizontalPodAutoscaler {
  const options = { parent, dependsOn: deployment };
  return new HorizontalPodAutoscaler(`${name}-horizontal-pod-autoscaler`, manifest, options);
}

function subjectOf(resource: pulumi.ComponentResource, { name }: BackendSpec): Subject {
  return { type: "Backend", name, resource };
}
