import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import * as pulumi from "@pulumi/pulumi";
import { type Address, AddressKind, urlsOf } from "./address.ts";
import { adopting } from "./adopt.ts";
import type { BackendArgs } from "./backend-args.ts";
import { backendManifests } from "./backend-manifests.ts";
import type { BackendSpec } from "./backend-spec.ts";
import { normalizeBackend } from "./normalize-backend.ts";
import { claim } from "./once-per-program.ts";
import { applyPatches } from "./patches.ts";
import { readyInTime } from "./readiness/deployment-hook.ts";
import { type BackendRef, backendRefs } from "./service/backend-ref.ts";
import { claimServiceName } from "./service/claim-service-name.ts";
import { clusterIpPorts } from "./service/cluster-ip.ts";
import { mintTarget, type ServiceTarget } from "./service/target.ts";
import { Checks } from "./validation.ts";
import { connectionName, connectionPolicy } from "./workload/connection-policy.ts";

/** What Pulumi states with the creation and leaves alone from then on. */
const DECIDED_BY_AUTOSCALER = ["spec.replicas"];

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
    const subject = { type: "Backend", name, resource: this };
    const checks = new Checks(subject);
    const spec = normalizeBackend(checks, name, args);
    claimNames(checks, this, spec);
    checks.done();

    const made = applyPatches(checks, backendManifests(spec), args.patches);
    checks.done();

    const { deployment, networkPolicy, podDisruptionBudget, secret, service, serviceAccount } =
      made;
    const child = { parent: this };
    if (serviceAccount !== undefined) {
      this.serviceAccount = new ServiceAccount(`${name}-service-account`, serviceAccount, child);
    }
    if (secret !== undefined) {
      this.secret = new Secret(`${name}-secret`, secret, child);
    }
    const host = `${spec.serviceName}.${spec.namespace}.svc`;
    if (service !== undefined) {
      // The name is literal: there cannot be two at a time.
      const replaced = { ...child, deleteBeforeReplace: true };
      const adopted = adopting(subject, spec.adopt, "serviceUrn", service, replaced);
      this.service = new Service(`${name}-service`, ...adopted);
      this.address = pulumi.output({ host, kind: AddressKind.Hostname });
    }
    this.urls = pulumi.output(urlsOf(host, clusterIpPorts(spec.ports)));
    if (networkPolicy !== undefined) {
      this.networkPolicy = new NetworkPolicy(`${name}-network-policy`, networkPolicy, child);
    }
    if (podDisruptionBudget !== undefined) {
      const budget = `${name}-pod-disruption-budget`;
      this.podDisruptionBudget = new PodDisruptionBudget(budget, podDisruptionBudget, child);
    }
    this.connectionPolicies = createConnectionPolicies(this, spec);
    const { connectionPolicies, networkPolicy: own } = this;
    // The policies are there before the Pods, so that none runs that anybody can reach.
    const first = [this.serviceAccount, this.secret, own, ...Object.values(connectionPolicies)];
    const dependsOn = first.filter((it) => it !== undefined);
    const autoscaler = made.horizontalPodAutoscaler;
    const ignoreChanges = autoscaler === undefined ? [] : DECIDED_BY_AUTOSCALER;
    const awaited = readyInTime(this, spec);
    const options = { ...child, dependsOn, ignoreChanges, ...awaited };
    const adopted = adopting(subject, spec.adopt, "deploymentUrn", deployment, options);
    this.deployment = new Deployment(name, ...adopted);
    if (autoscaler !== undefined) {
      const scaled = { ...child, dependsOn: this.deployment };
      const autoscalerName = `${name}-horizontal-pod-autoscaler`;
      this.horizontalPodAutoscaler = new HorizontalPodAutoscaler(
        autoscalerName,
        autoscaler,
        scaled,
      );
    }
    this.target = mintTarget(targetOf(spec), own);
    const { namespace, serviceName } = spec;
    const ports = clusterIpPorts(spec.ports);
    this.backendRefs = pulumi.output(backendRefs({ name: serviceName, namespace }, ports));
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

/** Lets the Pods in where their callees limit who may connect; on any others a policy would close what is open. */
function createConnectionPolicies(
  parent: Backend,
  spec: BackendSpec,
): Record<string, NetworkPolicy> {
  const limited = spec.connections.flatMap((connection) => {
    if (connection.networkPolicy === undefined) {
      return [];
    }
    // The namespace of the callee's own policy exists.
    const opts = { parent, dependsOn: connection.networkPolicy };
    const policy = connectionPolicy(spec, connection);
    return [
      [connection.key, new NetworkPolicy(connectionName(spec.name, connection), policy, opts)],
    ];
  });
  return Object.fromEntries(limited);
}

function claimNames(checks: Checks, component: Backend, spec: BackendSpec): void {
  const { app, name, namespace, ports } = spec;
  // What is no text has been reported.
  const known = typeof namespace === "string" && typeof app === "string";
  const holder = known ? claim(component, name, `app ${namespace}/${app}`) : undefined;
  if (holder !== undefined) {
    const must = `must differ from the app of Backend "${holder}" in namespace "${namespace}", or each one's Services select the other's Pods; set args.app`;
    checks.report("args.app", app, must);
  }
  if (clusterIpPorts(ports).length > 0) {
    claimServiceName(checks, component, spec);
  }
}

function targetOf({ app, drain, namespace, ports, serviceName }: BackendSpec): ServiceTarget {
  return {
    namespace,
    selector: { app },
    ports: [...ports],
    drainSeconds: drain.sleepSeconds,
    ...(clusterIpPorts(ports).length === 0 ? {} : { serviceName }),
  };
}
