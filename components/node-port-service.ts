import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import * as pulumi from "@pulumi/pulumi";
import { adopting, readAdopt } from "./adopt.ts";
import type { AdoptServiceArgs } from "./adopt-args.ts";
import { untilClusterIp } from "./await.ts";
import type { ClusterArgs } from "./cluster-args.ts";
import { recommendedLabels } from "./labels.ts";
import { claim } from "./once-per-program.ts";
import { integer, portNumber, serviceName, trueOrFalse } from "./rules.ts";
import { claimServiceName } from "./service/claim-service-name.ts";
import { type IpFamilyArgs, readIpFamilies } from "./service/ip-families.ts";
import {
  readPorts,
  readTargetPorts,
  type ServicePortArgs,
  servicePortSpecs,
  type WantedPort,
} from "./service/ports.ts";
import { readSessionAffinity, type SessionAffinityArgs } from "./service/session-affinity.ts";
import { readTarget, type ServiceTargetArgs } from "./service/target.ts";
import { type ExternalTrafficArgs, readExternalTraffic } from "./service/traffic-policy.ts";
import { Checks } from "./validation.ts";
import { DRAIN_SECONDS } from "./workload/drain.ts";

/** A port of a {@link NodePortService}. */
export interface NodePortArgs extends ServicePortArgs {
  /**
   * The port to open on every node. From 30000 to 30085 nothing but a program asks for it; above, the API server may
   * have given it away by itself.
   *
   * @default - the API server chooses
   */
  readonly nodePort?: number;
}

/** The arguments of a {@link NodePortService}. */
export interface NodePortServiceArgs
  extends ExternalTrafficArgs,
    IpFamilyArgs,
    SessionAffinityArgs {
  /** The cluster, which has to allow node ports. */
  readonly cluster: ClusterArgs;
  /** The Pods behind the ports, usually a Backend's `target`. */
  readonly target: pulumi.Input<ServiceTargetArgs>;
  /** The ports. */
  readonly ports: NodePortArgs[];
  /**
   * The Service's name.
   *
   * @default - the component's name
   */
  readonly serviceName?: string;
  /**
   * The Service that exists already and is to become this component's, without being replaced.
   *
   * @default - it is created
   */
  readonly adopt?: AdoptServiceArgs;
}

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
   * and a node port that another NodePortService of the program has.
   */
  constructor(name: string, args: NodePortServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-kubernetes-services:index:NodePortService", name, {}, opts);
    const subject = { type: "NodePortService", name, resource: this };
    const checks = new Checks(subject);
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
      nodePort === undefined ? undefined : checks.plain(`${path}.nodePort`, nodePort, range),
    );
    const declared = readTargetPorts(checks, ports, target.ports, []);
    const traffic = {
      ...readExternalTraffic(checks, given),
      ...readSessionAffinity(checks, given),
      ...readIpFamilies(checks, given),
    };
    const adopt = readAdopt(checks, given.adopt);
    claimServiceName(checks, this, { ...target, name, serviceName: literalName });
    claimNodePorts(checks, this, name, ports);
    checks.done();

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
        ports: servicePortSpecs(ports, declared),
      },
    };
    // A replacement could not be created first: its node ports are still the old one's.
    const options = { parent: this, deleteBeforeReplace: true };
    this.service = new Service(name, ...adopting(subject, adopt, "serviceUrn", manifest, options));
    this.nodePorts = pulumi.output(nodePortsOf(this.service, ports));
    this.registerOutputs({ service: this.service, nodePorts: this.nodePorts });
  }
}

function readCluster(checks: Checks, given: ClusterArgs) {
  const { allowNodePort = false, nodePortRange } = checks.object("args.cluster", given);
  checks.plain("args.cluster.allowNodePort", allowNodePort, (value) =>
    value === false
      ? "must be true, a node port opens on every node of the cluster; allow it there, or use a LoadBalancerService"
      : trueOrFalse(value),
  );
  if (nodePortRange === undefined) {
    return integer(30000, 32767);
  }
  const path = "args.cluster.nodePortRange";
  const { first, last } = checks.object(path, nodePortRange);
  checks.plain(`${path}.first`, first, portNumber);
  checks.plain(`${path}.last`, last, integer(Number.isInteger(first) ? first : 1, 65535));
  return integer(first, last);
}

/** One number is one Service's in the whole cluster, whatever its protocol. */
function claimNodePorts(
  checks: Checks,
  component: NodePortService,
  name: string,
  ports: readonly WantedPort[],
): void {
  ports.forEach(({ nodePort }, index) => {
    const holder =
      nodePort === undefined ? undefined : claim(component, name, `node port ${nodePort}`);
    if (holder !== undefined) {
      const must = `must differ from the node ports of NodePortService "${holder}"`;
      checks.report(`args.ports[${index}].nodePort`, nodePort, must);
    }
  });
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
