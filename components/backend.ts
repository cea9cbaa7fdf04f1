import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import * as pulumi from "@pulumi/pulumi";
import { type Address, AddressKind, type UrlPort, urlsOf } from "./address.ts";
import { untilClusterIp } from "./await.ts";
import type { BackendArgs } from "./backend-args.ts";
import { recommendedLabels } from "./labels.ts";
import { type BackendSpec, normalizeBackend } from "./normalize-backend.ts";
import { claim } from "./once-per-program.ts";
import { claimServiceName } from "./service/claim-service-name.ts";
import { mintTarget, type ServiceTarget } from "./service/target.ts";
import { Checks } from "./validation.ts";
import { deploymentSpec } from "./workload/deployment-spec.ts";

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
 * yields a Deployment of two hardened Pods with a ServiceAccount of their own, and
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
  /** The Pods' own identity; no token of it is mounted. */
  readonly serviceAccount: ServiceAccount;
  /** What an entrance has to know of this Backend. Known before anything is created. */
  readonly target: pulumi.Output<ServiceTarget>;
  /** The Service's DNS name inside the cluster. Absent where there is no Service. */
  readonly address?: pulumi.Output<Address>;
  /** URLs inside the cluster by port name, of the ports that speak HTTP. Empty where there is no Service. */
  readonly urls: pulumi.Output<Record<string, string>>;

  /**
   * Creates the Deployment, the ServiceAccount and, where a port has a `port`, the Service.
   *
   * @param name The component's name, which the Deployment and the ServiceAccount take literally.
   * @param args What runs, and how it is reached.
   * @param opts Pulumi's options; the provider among them decides the cluster.
   * @throws InvalidArgsError with every problem in the arguments, or when another Backend of the program already has
   * the same `app` in the same namespace.
   */
  constructor(name: string, args: BackendArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-kubernetes-services:index:Backend", name, {}, opts);
    const checks = new Checks({ type: "Backend", name, resource: this });
    const spec = normalizeBackend(checks, name, args);
    const ports = servicePorts(spec);
    claimApp(checks, this, spec);
    if (ports.length > 0) {
      claimServiceName(checks, this, spec);
    }
    checks.done();

    const labels = { ...recommendedLabels(name, spec.app), app: spec.app };
    const { namespace } = spec;
    this.serviceAccount = new ServiceAccount(
      `${name}-service-account`,
      { metadata: { name, namespace, labels }, automountServiceAccountToken: false },
      { parent: this },
    );
    if (ports.length > 0) {
      this.service = new Service(`${name}-service`, clusterIpService(spec, ports, labels), {
        parent: this,
      });
      const host = `${spec.serviceName}.${namespace}.svc`;
      this.address = pulumi.output({ host, kind: AddressKind.Hostname });
      this.urls = pulumi.output(urlsOf(host, ports));
    } else {
      this.urls = pulumi.output<Record<string, string>>({});
    }
    this.deployment = new Deployment(
      name,
      { metadata: { name, namespace, labels }, spec: deploymentSpec(spec, labels) },
      { parent: this, dependsOn: [this.serviceAccount] },
    );
    this.target = mintTarget(targetOf(spec));
    this.registerOutputs({
      deployment: this.deployment,
      service: this.service,
      serviceAccount: this.serviceAccount,
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

function servicePorts(spec: BackendSpec): readonly (UrlPort & { containerPort: number })[] {
  return spec.ports.flatMap(({ port, ...rest }) => (port === undefined ? [] : [{ ...rest, port }]));
}

function clusterIpService(
  { app, namespace, serviceName }: BackendSpec,
  ports: ReturnType<typeof servicePorts>,
  labels: Record<string, string>,
) {
  return {
    metadata: { name: serviceName, namespace, labels, annotations: untilClusterIp },
    spec: {
      type: "ClusterIP",
      selector: { app },
      ports: ports.map(({ name, port, containerPort, protocol, appProtocol }) => ({
        name,
        port,
        targetPort: containerPort,
        protocol,
        ...(appProtocol === undefined ? {} : { appProtocol }),
      })),
    },
  };
}

function targetOf({ app, drain, namespace, ports }: BackendSpec): ServiceTarget {
  return {
    namespace,
    selector: { app },
    ports: ports.map(({ port: _, ...declared }) => declared),
    drainSeconds: drain.sleepSeconds,
  };
}
