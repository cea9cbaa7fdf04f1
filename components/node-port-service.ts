import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import * as pulumi from "@pulumi/pulumi";
import type { NodePortServiceArgs } from "./node-port/args.ts";
import { nodePortService } from "./node-port/manifest.ts";
import { normalizeNodePort } from "./node-port/normalize.ts";
import { openedNodePorts } from "./node-port/outputs.ts";
import { untilNodePortsReleased } from "./node-port/release.ts";
import { adoptedChild } from "./overrides/adopt.ts";
import { recordEndpoints } from "./readiness/endpoints/endpoints-record.ts";
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
 * A Service for development: a port on every node, open to everyone who can reach a node. Not for production: nodes and
 * their addresses change, and only the network around them limits who may connect.
 *
 * ```ts
 * new NodePortService("my-dev-service", {
 *   cluster: { controller: LoadBalancerController.None, allowNodePort: true },
 *   target: frontend.target,
 *   ports: [{ port: 80, targetPort: "http", nodePort: 30007 }],
 * });
 * ```
 *
 * yields
 *
 * ```yaml
 * apiVersion: v1
 * kind: Service
 * metadata:
 *   name: my-dev-service
 *   namespace: shop
 * spec:
 *   type: NodePort
 *   selector:
 *     app: my-frontend
 *   ports:
 *     - name: http
 *       port: 80
 *       targetPort: 8080
 *       nodePort: 30007
 *       protocol: TCP
 * ```
 */
export class NodePortService extends pulumi.ComponentResource {
  /** The Service. */
  readonly service: Service;
  /** The opened node ports, by port name. A port that the API server chooses is unknown until the Service exists. */
  readonly nodePorts: pulumi.Output<Record<string, number>>;

  /**
   * Creates the Service.
   *
   * @param name The component's name, and the Service's name unless `serviceName` is set.
   * @param args Which ports to open, for which Pods.
   * @param opts Pulumi's options; their provider decides the cluster.
   * @throws InvalidArgsError with every problem in the arguments, including a cluster that does not allow node ports
   * and a node port that another component of the program uses.
   */
  constructor(name: string, args: NodePortServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-kubernetes-services:index:NodePortService", name, {}, opts);
    const subject = { type: "NodePortService", name, resource: this };
    const checks = new Checks(subject);
    const spec = normalizeNodePort(checks, name, args);
    const { nodePorts, ports, target } = spec;
    claimServiceName(checks, this, { ...target, name, serviceName: spec.serviceName });
    claimNodePorts(checks, this, name, nodePorts);
    checks.done();

    const portSpecs = servicePortSpecs(ports, spec.declared);
    const manifest = nodePortService(spec, portSpecs);
    const patched = withMarkedSecrets(patchService(checks, manifest, args.patches));
    checks.done();

    keepQuiet(this, () => [patched, keysOf(target.selector)]);
    warnOfNodePorts(this, spec.nodePortRange, nodePorts);
    const entrance = { component: this, subject: `NodePortService "${name}"`, name };
    const { serviceName } = spec;
    const options = {
      parent: this,
      ...openClosedPorts({ ...entrance, serviceName, given: args.target, ports }),
      // A replacement cannot be created first, because the old Service still has the node ports.
      deleteBeforeReplace: true,
      ...untilNodePortsReleased(name, nodePorts),
    };
    const adopted = adoptedChild(subject, spec.adopt, "serviceUrn", patched, options);
    this.service = new Service(name, ...adopted);
    this.nodePorts = pulumi.output(openedNodePorts(this.service, ports));

    recordEndpoints({
      ...{ ...entrance, service: this.service, serviceName, given: args.target },
      ...{ target, ports, portSpecs, seconds: spec.targetReadyWithinSeconds },
    });
    this.registerOutputs({ nodePorts: this.nodePorts });
  }
}
