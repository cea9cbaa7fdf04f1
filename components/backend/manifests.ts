import type {
  apps,
  autoscaling,
  core,
  networking,
  policy,
} from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import { untilRolledOut } from "../readiness/rollout/until-rolled-out.ts";
import { clusterIpPorts, clusterIpService } from "../service/cluster-ip.ts";
import { headlessService } from "../service/headless-service.ts";
import { recommendedLabels } from "../service/labels.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import { autoscalerSpec, mostReplicas } from "../workload/autoscaling.ts";
import type { BackendSpec } from "../workload/backend-spec.ts";
import { deploymentSpec } from "../workload/deployment-spec.ts";
import { disruptionBudgetSpec } from "../workload/disruption.ts";
import { networkPolicySpec } from "../workload/network-policy.ts";
import { secretData } from "../workload/own-secret.ts";

/** The objects of a Backend, by the Backend's property. */
export interface BackendManifests {
  readonly deployment: apps.v1.Deployment;
  readonly service?: core.v1.Service;
  readonly headlessService?: core.v1.Service;
  readonly serviceAccount?: core.v1.ServiceAccount;
  readonly secret?: core.v1.Secret;
  readonly networkPolicy?: networking.v1.NetworkPolicy;
  readonly podDisruptionBudget?: policy.v1.PodDisruptionBudget;
  readonly horizontalPodAutoscaler?: autoscaling.v2.HorizontalPodAutoscaler;
}

/**
 * Builds the objects of a Backend. Objects that it does not need are absent.
 *
 * @param salt - the salt of the digest of the secret values
 */
export function backendManifests(spec: BackendSpec, salt: pulumi.Input<string>): BackendManifests {
  const { access, app, budget, environment, identity, name, namespace, ports, scale } = spec;
  const labels = { ...recommendedLabels(name, app), app };
  const metadata = { name, namespace, labels };
  const account = { ...metadata, ...withoutEmpty({ annotations: identity.annotations }) };
  const when = <T extends object>(needed: boolean, manifest: () => T) =>
    needed ? manifest() : undefined;
  return {
    deployment: {
      metadata: { ...metadata, annotations: untilRolledOut },
      spec: deploymentSpec(spec, labels, salt),
    },
    ...withoutEmpty({
      service: when(clusterIpPorts(ports).length > 0, () => clusterIpService(spec, labels)),
      headlessService: spec.headless && headlessService(spec, spec.headless, labels),
      serviceAccount: when(identity.own, () => ({
        metadata: account,
        automountServiceAccountToken: false,
      })),
      secret: when(Object.keys(environment.secret).length > 0, () => ({
        metadata,
        data: secretData(environment.secret),
      })),
      networkPolicy: when(access.limited, () => ({ metadata, spec: networkPolicySpec(spec) })),
      podDisruptionBudget:
        budget && mostReplicas(scale) > 1
          ? { metadata, spec: disruptionBudgetSpec(app, budget) }
          : undefined,
      horizontalPodAutoscaler: scale.autoscaling && {
        metadata,
        spec: autoscalerSpec(name, scale.autoscaling),
      },
    }),
  };
}
