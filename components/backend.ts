import type { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import type { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
import type { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import type { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import type { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import * as pulumi from "@pulumi/pulumi";
import type { BackendArgs } from "./backend/args.ts";
import {
  createAutoscaler,
  createDeployment,
  createDisruptionBudget,
  createNetworkPolicy,
  createSecret,
  createService,
  createServiceAccount,
} from "./backend/children.ts";
import { claimBackendNames } from "./backend/claim-names.ts";
import { finalManifests } from "./backend/final-manifests.ts";
import { normalizeBackend } from "./backend/normalize.ts";
import { targetOf } from "./backend/target.ts";
import { recordRollout } from "./readiness/rollout/rollout-record.ts";
import { type Address, AddressKind, urlsOf } from "./service/address.ts";
import { type BackendRef, backendRefs } from "./service/backend-ref.ts";
import { clusterIpPorts } from "./service/cluster-ip.ts";
import type { ServiceTarget } from "./service/target.ts";
import { Checks } from "./validation/checks.ts";
import { keepQuiet } from "./validation/secrets/hushing.ts";
import { createConnectionPolicies } from "./workload/create-connection-policies.ts";
import { digestSalt } from "./workload/own-secret.ts";

/**
 * What stands behind an address: Pods that do the work, and a Service that other Pods find them by however often they
 * are reborn.
 *
 * ```ts
 * new Backend("my-backend", {
 *   namespace: "shop",
 *   serviceName: "my-backend-service",
 *   image: "registry.example/my-backend:1.4.2",
 *   ports: [{ name: "http", containerPort: 8080, port: 80 }],
 *   readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
 * });
 * ```
 *
 * yields a Deployment of two hardened Pods with a ServiceAccount of their own, spread over zones and nodes, a
 * PodDisruptionBudget that lets one of them be evicted at a time, a NetworkPolicy that lets their namespace in, and
 *
 * ```yaml
 * apiVersion: v1
 * kind: Service
 * metadata:
 *   name: my-backend-service
 *   namespace: shop
 * spec:
 *   type: ClusterIP
 *   selector:
 *     app: my-backend
 *   ports:
 *     - name: http
 *       port: 80
 *       targetPort: 8080
 *       protocol: TCP
 * ```
 */
export class Backend extends pulumi.ComponentResource {
  /** The Deployment that keeps the Pods running. */
  readonly deployment: Deployment;
  /** The ClusterIP Service. Absent where no port has a `port`. */
  readonly service?: Service;
  /** The Pods' own identity. Absent where an existing one is used. */
  readonly serviceAccount?: ServiceAccount;
  /** The values of `secretEnv`. Absent where there are none. */
  readonly secret?: Secret;
  /** Who may connect to the Pods, and to whom they may. Absent where that is turned off. */
  readonly networkPolicy?: NetworkPolicy;
  /** What lets the Pods in at those they connect to, by key of `connectsTo`. Only Backends of this program that limit their callers need it. */
  readonly connectionPolicies: Record<string, NetworkPolicy>;
  /** How many Pods may be evicted at a time. Absent where that is turned off, and where there are never two Pods. */
  readonly podDisruptionBudget?: PodDisruptionBudget;
  /** What decides how many Pods run. Absent where `replicas` does. */
  readonly horizontalPodAutoscaler?: HorizontalPodAutoscaler;
  /** What an entrance has to know of this Backend. Known before anything is created. */
  readonly target: pulumi.Output<ServiceTarget>;
  /** The Service's DNS name inside the cluster. Absent where there is no Service. */
  readonly address?: pulumi.Output<Address>;
  /** URLs inside the cluster by port name, of the ports that speak HTTP. Empty where there is no Service. */
  readonly urls: pulumi.Output<Record<string, string>>;
  /** The ports of the Service as routes refer to them, by port name. Empty where there is no Service. */
  readonly backendRefs: pulumi.Output<Record<string, BackendRef>>;

  /**
   * Creates the Deployment and whatever else the arguments need.
   *
   * @param name The component's name, which all objects but the Service take literally.
   * @param args What runs, and how it is reached.
   * @param opts Pulumi's options; the provider among them decides the cluster.
   * @throws InvalidArgsError with every problem in the arguments, or when another Backend of the program already has
   * the same `app` in the same namespace, or when a patch changes what connects the objects.
   */
  constructor(name: string, args: BackendArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-kubernetes-services:index:Backend", name, {}, opts);
    const checks = new Checks({ type: "Backend", name, resource: this });
    const spec = normalizeBackend(checks, name, args);
    claimBackendNames(checks, this, spec);
    checks.done();

    const salt = Promise.withResolvers<pulumi.Output<string>>();
    const made = finalManifests(checks, spec, args.patches, pulumi.output(salt.promise));
    keepQuiet(this, () => [made, pulumi.secret(spec.environment.secret)]);

    const host = `${spec.serviceName}.${spec.namespace}.svc`;
    const { horizontalPodAutoscaler, networkPolicy, podDisruptionBudget, secret } = made;
    if (made.serviceAccount) {
      this.serviceAccount = createServiceAccount(this, name, made.serviceAccount);
    }
    if (secret) {
      salt.resolve(digestSalt(this, name));
      this.secret = createSecret(this, name, secret);
    }
    if (made.service) {
      this.service = createService(this, spec, made.service);
      this.address = pulumi.output({ host, kind: AddressKind.Hostname });
    }
    if (networkPolicy) this.networkPolicy = createNetworkPolicy(this, name, networkPolicy);
    if (podDisruptionBudget) {
      this.podDisruptionBudget = createDisruptionBudget(this, name, podDisruptionBudget);
    }
    this.connectionPolicies = createConnectionPolicies(this, spec);
    const deployment = createDeployment(this, spec, made);
    this.deployment = deployment;
    recordRollout({ ...spec, component: this, deployment, manifest: made.deployment });
    if (horizontalPodAutoscaler) {
      this.horizontalPodAutoscaler = createAutoscaler(
        this,
        name,
        deployment,
        horizontalPodAutoscaler,
      );
    }

    const ports = clusterIpPorts(spec.ports);
    this.target = targetOf(spec, this.networkPolicy);
    this.urls = pulumi.output(urlsOf(host, ports));
    this.backendRefs = pulumi.output(backendRefs(spec, ports));
    this.registerOutputs({
      deployment: this.deployment,
      service: this.service,
      serviceAccount: this.serviceAccount,
      secret: this.secret,
      networkPolicy: this.networkPolicy,
      connectionPolicies: this.connectionPolicies,
      podDisruptionBudget: this.podDisruptionBudget,
      horizontalPodAutoscaler: this.horizontalPodAutoscaler,
      target: this.target,
      address: this.address,
      urls: this.urls,
      backendRefs: this.backendRefs,
    });
  }
}
