import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import * as pulumi from "@pulumi/pulumi";
import type { NodePortServiceArgs } from "./node-port/args.ts";
import { normalizeNodePort } from "./node-port/normalize.ts";
import { untilNodePortsReleased } from "./node-port/release.ts";
import { adopting } from "./overrides/adopt.ts";
import { proveReadiness } from "./readiness/endpoints/endpoints-record.ts";
import { claimServiceName } from "./service/claim-service-name.ts";
import { recommendedLabels } from "./service/labels.ts";
import { claimNodePorts, warnOfNodePorts } from "./service/node-port-registry.ts";
import { openClosedPorts } from "./service/open-closed-ports.ts";
import { patchService } from "./service/patch-service.ts";
import { servicePortSpecs, type WantedPort } from "./service/ports.ts";
import { keysOf } from "./service/target.ts";
import { untilClusterIp } from "./service/wait-for.ts";
import { Checks } from "./validation/checks.ts";
import { withMarkedSecrets } from "./validation/marked-secrets.ts";
import { keepQuiet } from "./validation/secrets/hushing.ts";

/**
 * An entrance for development: a port on every node, that whoever reaches a node can reach. Not for production: nodes
 * come and go with their addresses, and nothing but the network around them says who may connect.
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
  /** The opened ports by port name; one that the API server chooses is unknown until it has. */
  readonly nodePorts: pulumi.Output<Record<string, number>>;

  /**
   * Creates the Service.
   *
   * @param name The component's name, and the Service's unless `serviceName` says another.
   * @param args Which ports to open for which Pods.
   * @param opts Pulumi's options; the provider among them decides the cluster.
   * @throws InvalidArgsError with every problem in the arguments, among them a cluster that does not allow node ports
   * and a node port that another component of the program has.
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
    const manifest = {
      metadata: {
        name: spec.serviceName,
        namespace: target.namespace,
        labels: recommendedLabels(spec.serviceName),
        annotations: untilClusterIp,
      },
      spec: {
        type: "NodePort",
        ...spec.traffic,
        selector: target.selector,
        ports: portSpecs,
      },
    };
    const patched = withMarkedSecrets(patchService(checks, manifest, args.patches));
    checks.done();

    keepQuiet(this, () => [patched, keysOf(target.selector)]);
    warnOfNodePorts(this, spec.nodePortRange, nodePorts);
    // A replacement could not be created first: its node ports are still the old one's.
    const options = {
      parent: this,
      ...openClosedPorts({
        ...{ component: this, name, serviceName: spec.serviceName, given: args.target, ports },
      }),
      deleteBeforeReplace: true,
      ...untilNodePortsReleased(name, nodePorts),
    };
    this.service = new Service(
      name,
      ...adopting(subject, spec.adopt, "serviceUrn", patched, options),
    );
    proveReadiness({
      component: this,
      subject: `NodePortService "${name}"`,
      name,
      service: this.service,
      serviceName: spec.serviceName,
      given: args.target,
      target,
      ports,
      portSpecs,
      seconds: spec.readyWithinSeconds,
    });
    this.nodePorts = pulumi.output(nodePortsOf(this.service, ports));
    this.registerOutputs({ service: this.service, nodePorts: this.nodePorts });
  }
}

function nodePortsOf(service: Service, ports: readonly WantedPort[]) {
  // A dry run of the API server chooses a port too, but not the one it will give: only with an id there is a real one.
  const chosen = pulumi.all([service.id, service.spec]).apply(([, spec]) => spec.ports);
  return Object.fromEntries(
    ports.map(({ name, nodePort }) => [
      name,
      nodePort ??
        chosen.apply(
          (all) =>
            all.find((port) => port.name === name)?.nodePort ??
            (pulumi.unknown as unknown as number),
        ),
    ]),
  );
}
