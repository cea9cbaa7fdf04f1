import type { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import type { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
import type { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import type { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import type { EndpointSlice } from "@pulumi/kubernetes/discovery/v1/endpointSlice.js";
import type { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import * as pulumi from "@pulumi/pulumi";
import type { BackendArgs } from "./backend/args.ts";
import {
  createAutoscaler,
  createDeployment,
  createDisruptionBudget,
  createHeadlessService,
  createNetworkPolicy,
  createSecret,
  createService,
  createServiceAccount,
} from "./backend/children.ts";
import { claimBackendNames } from "./backend/claim-names.ts";
import { finalManifests } from "./backend/final-manifests.ts";
import { normalizeBackend } from "./backend/normalize.ts";
import { targetOf } from "./backend/target.ts";
import { AddressKind } from "./cluster/address-kind.ts";
import { type Address, urlsOf } from "./service/address.ts";
import { type BackendRef, backendRefs } from "./service/backend-ref.ts";
import { clusterIpPorts } from "./service/cluster-ip.ts";
import type { ServiceTarget } from "./service/target.ts";
import { Checks } from "./validation/checks.ts";
import { keepQuiet } from "./validation/secrets/hushing.ts";
import { createConnectionPolicies } from "./workload/create-connection-policies.ts";
import { createExternalServices } from "./workload/external-services.ts";
import { digestSalt } from "./workload/own-secret.ts";

/**
 * The workload behind an address: Pods that do the work, and a Service through which other Pods find them, however
 * often they are replaced.
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
 * yields a Deployment of two hardened Pods with their own ServiceAccount, spread over zones and nodes, a
 * PodDisruptionBudget that allows one eviction at a time, a NetworkPolicy that admits their namespace, and
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
  /** The ClusterIP Service. Absent if no port has a `port`. */
  readonly service?: Service;
  /** The headless Service beside it. Absent unless `headlessServiceName` is set. */
  readonly headlessService?: Service;
  /** The Pods' own ServiceAccount. Absent if an existing one is used. */
  readonly serviceAccount?: ServiceAccount;
  /** The Secret with the values of `secretEnv`. Absent if there are none. */
  readonly secret?: Secret;
  /** Limits which connections the Pods accept and make. Absent if that is turned off. */
  readonly networkPolicy?: NetworkPolicy;
  /**
   * The NetworkPolicies that admit these Pods to their targets, by key of `connectsTo`. Only targets in this program
   * that limit their callers need one.
   */
  readonly connectionPolicies: Record<string, NetworkPolicy>;
  /** The Services that stand for what is outside of the cluster, by key of `connectsToExternal`. Absent without any. */
  readonly externalServices?: Record<string, Service>;
  /** The addresses behind those Services, by key of `connectsToExternal`. Absent without any. */
  readonly endpointSlices?: Record<string, EndpointSlice>;
  /** Limits how many Pods are evicted at a time. Absent if that is turned off or if there are never two Pods. */
  readonly podDisruptionBudget?: PodDisruptionBudget;
  /** The autoscaler. Absent if `replicas` decides the number of Pods. */
  readonly horizontalPodAutoscaler?: HorizontalPodAutoscaler;
  /** What a Service in front of this Backend needs to know. Known before anything is created. */
  readonly target: pulumi.Output<ServiceTarget>;
  /** The Service's DNS name inside the cluster. Absent if there is no Service. */
  readonly address?: pulumi.Output<Address>;
  /** URLs of the HTTP ports inside the cluster, by port name. Empty if there is no Service. */
  readonly urls: pulumi.Output<Record<string, string>>;
  /** References to the Service's ports for HTTPRoutes and other routes, by port name. Empty if there is no Service. */
  readonly backendRefs: pulumi.Output<Record<string, BackendRef>>;

  /**
   * Creates the Deployment and the other objects that the arguments need.
   *
   * @param name The component's name, and the literal name of every object except the Service.
   * @param args What runs and how clients reach it.
   * @param opts Pulumi's options; their provider decides the cluster.
   * @throws InvalidArgsError with every problem in the arguments, if another Backend of the program has the same `app`
   * in the same namespace, or if a patch changes a field that connects the objects.
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
    if (made.headlessService) {
      this.headlessService = createHeadlessService(this, name, made.headlessService);
    }
    if (networkPolicy) this.networkPolicy = createNetworkPolicy(this, name, networkPolicy);
    if (podDisruptionBudget) {
      this.podDisruptionBudget = createDisruptionBudget(this, name, podDisruptionBudget);
    }
    this.connectionPolicies = createConnectionPolicies(this, spec);
    const { endpointSlices, services } = createExternalServices(this, spec);
    if (Object.keys(services).length > 0) this.externalServices = services;
    if (Object.keys(endpointSlices).length > 0) this.endpointSlices = endpointSlices;
    this.deployment = createDeployment(this, spec, made);
    if (horizontalPodAutoscaler) {
      this.horizontalPodAutoscaler = createAutoscaler(
        this,
        name,
        this.deployment,
        horizontalPodAutoscaler,
      );
    }

    const ports = clusterIpPorts(spec.ports);
    this.target = targetOf(spec, this.networkPolicy);
    this.urls = pulumi.output(urlsOf(host, ports));
    this.backendRefs = pulumi.output(backendRefs(spec, ports));
    // The children are in the state as resources of their own; references to them would only make it larger.
    this.registerOutputs({
      target: this.target,
      address: this.address,
      urls: this.urls,
      backendRefs: this.backendRefs,
    });
  }
}
