import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import * as pulumi from "@pulumi/pulumi";
import { untilClusterIp } from "./await.ts";
import type { ClusterArgs, PortRangeArgs } from "./cluster-args.ts";
import { recommendedLabels } from "./labels.ts";
import type { NodePortServiceArgs } from "./node-port-service-args.ts";
import { proveReadiness } from "./readiness/readiness-proof.ts";
import { readReadyWithin } from "./readiness/ready-within.ts";
import { integer, serviceName, trueOrFalse } from "./rules.ts";
import { claimServiceName } from "./service/claim-service-name.ts";
import { readIpFamilies } from "./service/ip-families.ts";
import { claimNodePorts, readNodePortRange, warnOfNodePorts } from "./service/node-port-desk.ts";
import { patchService } from "./service/patch-service.ts";
import { readPorts, readTargetPorts, servicePortSpecs, type WantedPort } from "./service/ports.ts";
import { readSessionAffinity } from "./service/session-affinity.ts";
import { readTarget } from "./service/target.ts";
import { readExternalTraffic } from "./service/traffic-policy.ts";
import { Checks } from "./validation.ts";
import { DRAIN_SECONDS } from "./workload/drain.ts";

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
    const checks = new Checks({ type: "NodePortService", name, resource: this });
    const given = checks.object("args", args);
    const literalName =
      given.serviceName === undefined
        ? checks.plain("name", name, serviceName)
        : checks.plain("args.serviceName", given.serviceName, serviceName);
    const range = readCluster(checks, given.cluster);
    const target = readTarget(checks, given.target, {
      seconds: DRAIN_SECONDS.NodePort,
      by: "a node port",
      fix: "add Entrance.NodePort to the entrances of the target's Backend",
    });
    const ports = readPorts(checks, given.ports, (path, { nodePort }) =>
      nodePort === undefined
        ? undefined
        : checks.plain(`${path}.nodePort`, nodePort, integer(range.first, range.last)),
    );
    const declared = readTargetPorts(checks, ports, target.ports, []);
    const traffic = {
      ...readExternalTraffic(checks, given),
      ...readSessionAffinity(checks, given),
      ...readIpFamilies(checks, given),
    };
    const seconds = readReadyWithin(checks, given);
    claimServiceName(checks, this, { ...target, name, serviceName: literalName });
    const nodePorts = ports.map(({ nodePort }, index) => ({
      path: `args.ports[${index}].nodePort`,
      port: nodePort,
    }));
    claimNodePorts(checks, this, name, nodePorts);
    checks.done();

    const portSpecs = servicePortSpecs(ports, declared);
    const manifest = {
      metadata: {
        name: literalName,
        namespace: target.namespace,
        labels: recommendedLabels(literalName),
        annotations: untilClusterIp,
      },
      spec: {
        type: "NodePort",
        ...traffic,
        selector: target.selector,
        ports: portSpecs,
      },
    };
    const patched = patchService(checks, manifest, given.patches);
    checks.done();

    warnOfNodePorts(this, range, nodePorts);
    // A replacement could not be created first: its node ports are still the old one's.
    this.service = new Service(name, patched, { parent: this, deleteBeforeReplace: true });
    proveReadiness({
      component: this,
      subject: `NodePortService "${name}"`,
      name,
      service: this.service,
      serviceName: literalName,
      given: given.target,
      target,
      ports,
      portSpecs,
      seconds,
    });
    this.nodePorts = pulumi.output(nodePortsOf(this.service, ports));
    this.registerOutputs({
      service: this.service,
      nodePorts: this.nodePorts,
    });
  }
}

function readCluster(checks: Checks, given: ClusterArgs): PortRangeArgs {
  const cluster = checks.object("args.cluster", given);
  checks.plain("args.cluster.allowNodePort", cluster.allowNodePort ?? false, (value) =>
    value === false
      ? "must be true, a node port opens on every node of the cluster; allow it there, or use a LoadBalancerService"
      : trueOrFalse(value),
  );
  return readNodePortRange(checks, cluster);
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
