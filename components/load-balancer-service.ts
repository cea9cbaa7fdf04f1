import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancerServiceArgs } from "./load-balancer/args.ts";
import { loadBalancerService } from "./load-balancer/manifest.ts";
import { normalizeLoadBalancer } from "./load-balancer/normalize.ts";
import {
  loadBalancerAddress,
  loadBalancerFront,
  loadBalancerUrls,
} from "./load-balancer/outputs.ts";
import { replacementOptions } from "./load-balancer/replacement.ts";
import { stickySettingHooks } from "./load-balancer/sticky-settings.ts";
import { adoptedChild } from "./overrides/adopt.ts";
import { ControllerSync, statedDigest } from "./readiness/controller/controller-sync.ts";
import { recordEndpoints } from "./readiness/endpoints/endpoints-record.ts";
import { recordReachability } from "./readiness/reachable/reachability-record.ts";
import type { Address } from "./service/address.ts";
import { claimServiceName } from "./service/claim-service-name.ts";
import { claimNodePorts, warnOfNodePorts } from "./service/node-port-registry.ts";
import { openClosedPorts } from "./service/open-closed-ports.ts";
import { patchService } from "./service/patch-service.ts";
import { servicePortSpecs } from "./service/ports.ts";
import { keysOf } from "./service/target.ts";
import { Checks } from "./validation/checks.ts";
import { withMarkedSecrets } from "./validation/marked-secrets.ts";
import { keepQuiet } from "./validation/secrets/hushing.ts";

/**
 * A Service for production: a cloud load balancer with its own address.
 *
 * ```ts
 * new LoadBalancerService("my-production-service", {
 *   cluster: { controller: LoadBalancerController.AwsCloudControllerNlb, allowPublic: true },
 *   target: frontend.target,
 *   exposure: Exposure.Public,
 *   sourceRanges: ["0.0.0.0/0"],
 *   ports: [{ port: 80, targetPort: "http" }],
 * });
 * ```
 *
 * yields
 *
 * ```yaml
 * apiVersion: v1
 * kind: Service
 * metadata:
 *   name: my-production-service
 *   namespace: shop
 *   annotations:
 *     service.beta.kubernetes.io/aws-load-balancer-type: nlb
 *     service.beta.kubernetes.io/aws-load-balancer-internal: "false"
 * spec:
 *   type: LoadBalancer
 *   selector:
 *     app: my-frontend
 *   loadBalancerSourceRanges:
 *     - 0.0.0.0/0
 *   ports:
 *     - name: http
 *       port: 80
 *       targetPort: 8080
 *       protocol: TCP
 * ```
 */
export class LoadBalancerService extends pulumi.ComponentResource {
  /** The Service. */
  readonly service: Service;
  /**
   * The load balancer's address. Its kind is known in a preview, its host only after the controller has assigned it.
   */
  readonly address: pulumi.Output<Address>;
  /**
   * URLs of the HTTP ports, by the name of the target's port, which is the one in `targetPort`: a port 443 that leads to
   * `http` is `urls.http`. Each is unknown until the host is assigned.
   */
  readonly urls: pulumi.Output<Record<string, string>>;

  /**
   * Creates the Service, for which the controller makes the load balancer.
   *
   * @param name The component's name, and the Service's name unless `serviceName` is set.
   * @param args Which ports to open, for which Pods and which clients.
   * @param opts Pulumi's options; their provider decides the cluster.
   * @throws InvalidArgsError with every problem in the arguments, including what the cluster does not allow and its
   * controller does not support.
   */
  constructor(name: string, args: LoadBalancerServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-kubernetes-services:index:LoadBalancerService", name, {}, opts);
    const subject = { type: "LoadBalancerService", name, resource: this };
    const checks = new Checks(subject);
    const spec = normalizeLoadBalancer(checks, name, args);
    const { declared, dialect, ports, target } = spec;
    claimServiceName(checks, this, { ...target, name, serviceName: spec.serviceName });
    claimNodePorts(checks, this, name, spec.nodePorts);
    checks.done();

    const portSpecs = servicePortSpecs(ports, declared);
    const manifest = loadBalancerService(spec, portSpecs);
    const whole = patchService(checks, manifest, args.patches, spec.exposureKeys, spec.patchedKey);
    const patched = withMarkedSecrets(whole);
    checks.done();

    keepQuiet(this, () => [patched, keysOf(target.selector)]);
    warnOfNodePorts(this, spec.nodePortRange, spec.nodePorts);
    const entrance = { component: this, subject: `LoadBalancerService "${name}"`, name };
    const controllerSync = new ControllerSync({
      ...entrance,
      dialect,
      seconds: spec.reconciledWithinSeconds,
    });
    const { serviceName } = spec;
    const options = {
      parent: this,
      ...openClosedPorts({ ...entrance, serviceName, given: args.target, ports }),
      ...controllerSync.serviceOptions(stickySettingHooks(subject, dialect)),
      ...replacementOptions(spec),
    };
    const adopted = adoptedChild(subject, spec.adopt, "serviceUrn", patched, options);
    this.service = new Service(name, ...adopted);
    this.address = loadBalancerAddress(this.service, spec);
    this.urls = loadBalancerUrls(this.address.host, spec);

    const digest = statedDigest(this.service, patched.metadata.annotations);
    const synced = controllerSync.record(this.service, digest);
    const verified = recordEndpoints({
      ...{ ...entrance, service: this.service, serviceName, given: args.target },
      ...{ target, ports, portSpecs, seconds: spec.targetReadyWithinSeconds },
    });
    recordReachability({
      ...{ ...entrance, service: this.service, digest, isInternal: spec.isInternal },
      front: loadBalancerFront(this.address.host, spec),
      seconds: spec.reachableWithinSeconds,
      after: [...synced, ...verified],
    });
    this.registerOutputs({ address: this.address, urls: this.urls });
  }
}
