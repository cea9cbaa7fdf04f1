import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
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
import { claimServiceName } from "./service/claim-service-name.ts";
import { clusterIpPorts } from "./service/cluster-ip.ts";
import { mintTarget, type ServiceTarget } from "./service/target.ts";
import { Checks } from "./validation.ts";

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
  /** How many Pods may be evicted at a time. Absent where that is turned off, and with fewer than two Pods. */
  readonly podDisruptionBudget?: PodDisruptionBudget;
  /** What an entrance has to know of this Backend. Known before anything is created. */
  readonly target: pulumi.Output<ServiceTarget>;
  /** The Service's DNS name inside the cluster. Absent where there is no Service. */
  readonly address?: pulumi.Output<Address>;
  /** URLs inside the cluster by port name, of the ports that speak HTTP. Empty where there is no Service. */
  readonly urls: pulumi.Output<Record<string, string>>;

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
    const ports = clusterIpPorts(spec.ports);
    claimApp(checks, this, spec);
    if (ports.length > 0) {
      claimServiceName(checks, this, spec);
    } else if (spec.adopt.serviceUrn !== undefined) {
      const must = "must be left out, the Backend has no Service; give a port a port";
      checks.report("args.adopt.serviceUrn", spec.adopt.serviceUrn, must);
    }
    checks.done();

    const patched = applyPatches(checks, backendManifests(spec), args.patches);
    checks.done();

    const { deployment, networkPolicy, podDisruptionBudget, secret, service, serviceAccount } =
      patched;
    const child = { parent: this };
    if (serviceAccount !== undefined) {
      this.serviceAccount = new ServiceAccount(`${name}-service-account`, serviceAccount, child);
    }
    if (secret !== undefined) {
      this.secret = new Secret(`${name}-secret`, secret, child);
    }
    if (service !== undefined) {
      // The name is literal: there cannot be two at a time.
      const replaced = { ...child, deleteBeforeReplace: true };
      this.service = new Service(
        `${name}-service`,
        ...adopting(subject, spec.adopt, "serviceUrn", service, replaced),
      );
      const host = `${spec.serviceName}.${spec.namespace}.svc`;
      this.address = pulumi.output({ host, kind: AddressKind.Hostname });
      this.urls = pulumi.output(urlsOf(host, ports));
    } else {
      this.urls = pulumi.output<Record<string, string>>({});
    }
    if (networkPolicy !== undefined) {
      this.networkPolicy = new NetworkPolicy(`${name}-network-policy`, networkPolicy, child);
    }
    if (podDisruptionBudget !== undefined) {
      this.podDisruptionBudget = new PodDisruptionBudget(
        `${name}-pod-disruption-budget`,
        podDisruptionBudget,
        child,
      );
    }
    const dependsOn = [this.serviceAccount, this.secret].filter((it) => it !== undefined);
    const options = { ...child, dependsOn };
    this.deployment = new Deployment(
      name,
      ...adopting(subject, spec.adopt, "deploymentUrn", deployment, options),
    );
    this.target = mintTarget(targetOf(spec));
    this.registerOutputs({
      deployment: this.deployment,
      service: this.service,
      serviceAccount: this.serviceAccount,
      secret: this.secret,
      networkPolicy: this.networkPolicy,
      podDisruptionBudget: this.podDisruptionBudget,
      target: this.target,
      address: this.address,
      urls: this.urls,
    });
  }
}

function claimApp(checks: Checks, component: Backend, { app, name, namespace }: BackendSpec): void {
  const holder = claim(component, name, `app ${namespace}/${app}`);
  if (holder !== undefined) {
    const must = `must differ from the app of Backend "${holder}" in namespace "${namespace}", or each one's Services select the other's Pods; set args.app`;
    checks.report("args.app", app, must);
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
