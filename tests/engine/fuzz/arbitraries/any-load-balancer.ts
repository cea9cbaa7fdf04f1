import fc from "fast-check";
import {
  type ClusterArgs,
  Exposure,
  IpFamilyPolicy,
  LoadBalancerController,
  type LoadBalancerServiceArgs,
  type NodePortArgs,
  Protocol,
  type ServicePortArgs,
  SessionAffinity,
  type TargetPortArgs,
  TrafficPolicy,
} from "../../../../components/index.ts";
import { adoptService } from "./adopt.ts";
import type { Given } from "./backend.ts";
import { ranges } from "./cidrs.ts";
import { fields, sometimes, withoutAbsent } from "./fields.ts";
import { type Asked, intents, type Situation } from "./intents.ts";
import { withNodePorts } from "./node-port.ts";
import { NODE_PORTS } from "./node-port-range.ts";
import { count, whole } from "./numbers.ts";
import { otherController } from "./other-controller.ts";
import { servicePatches } from "./patches.ts";
import { servicePorts, targetOf, targetPorts } from "./target.ts";
import { qualifiedName, serviceName } from "./texts.ts";

/** Longer than the slowest health checks need. */
const DRAIN_SECONDS = 4000;
/** As many as the controller that has fewest. */
const MOST_PORTS = 5;

type Controller = keyof typeof intents;
const { AwsCloudControllerClassic, HetznerCloud, K3sServiceLb, ...others } = LoadBalancerController;
const { AwsCloudControllerNlb: _nlb, None: _none, OracleCloud, Scaleway, ...rest } = others;
/** Controllers that know UDP. Those that alone have some option are drawn more often. */
const UDP: readonly Controller[] = [
  ...Object.values(rest),
  "AwsCloudControllerNlb",
  K3sServiceLb,
  "AwsLoadBalancerController",
  "MetalLb",
  "Other",
  "Other",
];
const TCP: readonly Controller[] = [
  ...UDP,
  AwsCloudControllerClassic,
  HetznerCloud,
  HetznerCloud,
  OracleCloud,
  Scaleway,
];

const AFFINE: readonly Controller[] = ["GoogleCloud", "Azure", "MetalLb", "K3sServiceLb", "Other"];
/** Controllers whose health checks no UDP port answers: the nodes themselves do with `Local`. */
const CHECKED_BY_TCP: readonly Controller[] = [
  "AwsLoadBalancerController",
  "EksAutoMode",
  "AwsCloudControllerNlb",
];
/** Controllers that always send traffic to ports of the nodes. */
const TO_NODES: readonly Controller[] = [
  "AwsCloudControllerNlb",
  "AwsCloudControllerClassic",
  "Azure",
  "DigitalOcean",
  "HetznerCloud",
  "Linode",
  "Scaleway",
  "OracleCloud",
];
/** Controllers that enforce no source ranges. */
const OPEN_TO_ALL: readonly Controller[] = ["HetznerCloud", "Linode", "Other"];
/** Controllers whose internal load balancers have IPv4 alone. */
const IPV4_WITHIN: readonly Controller[] = ["DigitalOcean", "Scaleway"];
const ONE_FAMILY: readonly Controller[] = ["AwsCloudControllerNlb", "AwsCloudControllerClassic"];
const WITH_GROUPS: readonly Controller[] = [
  "AwsLoadBalancerController",
  "EksAutoMode",
  "AwsCloudControllerClassic",
];

/** A load balancer has one protocol, and no SCTP. */
const balanced = ({ protocol }: TargetPortArgs) => protocol !== Protocol.SCTP;
const protocolOf = ({ protocol = Protocol.TCP }: TargetPortArgs) => protocol;

const front = targetPorts
  .filter((declared) => declared.some(balanced))
  .chain((declared) => {
    const [first] = declared.filter(balanced).map(protocolOf);
    const usable = declared.filter((port) => protocolOf(port) === first);
    return fc.record({
      isTcp: fc.constant(first === Protocol.TCP),
      target: targetOf(declared, DRAIN_SECONDS),
      ports: servicePorts(usable, MOST_PORTS),
      controller: fc.constantFrom(...(first === Protocol.TCP ? TCP : UDP)),
      isPublic: fc.boolean(),
      isLocal: fc.boolean(),
      family: fc.option(fc.constantFrom(...Object.values(IpFamilyPolicy))),
    });
  })
  .chain((drawn) => {
    const { controller, isLocal, isTcp } = drawn;
    const fixed: fc.Arbitrary<NodePortArgs[]> = TO_NODES.includes(controller)
      ? withNodePorts(drawn.ports, NODE_PORTS)
      : fc.constant(drawn.ports);
    return fixed.map((ports) => ({
      ...drawn,
      ports,
      isLocal: isLocal || (!isTcp && CHECKED_BY_TCP.includes(controller)),
    }));
  });

const nameOf = ({ name, targetPort }: ServicePortArgs) => name ?? targetPort;

/** Ranges of each family; only everybody where nothing enforces any, or ports of nodes go round them. */
function rangesOf(controller: Controller, { hasTwoFamilies, isLocal }: Situation) {
  const open =
    OPEN_TO_ALL.includes(controller) || (controller === "K3sServiceLb" && isLocal)
      ? fc.constant<string[]>(["0.0.0.0/0"])
      : ranges;
  return hasTwoFamilies
    ? open.map((list) => [...list, list.includes("0.0.0.0/0") ? "::/0" : "2001:db8::/32"])
    : open;
}

/** Who may connect: ranges, or security groups in their place. */
function callers(controller: Controller, situation: Situation): fc.Arbitrary<Asked> {
  const { isPublic } = situation;
  const stated = fc.record({ sourceRanges: rangesOf(controller, situation) });
  const groups = fc.record({
    securityGroups: fc.uniqueArray(fc.constantFrom("sg-1", "sg-2"), { minLength: 1 }),
  });
  const optional = isPublic || controller === "K3sServiceLb" ? [] : [fc.constant({})];
  return fc.oneof(stated, ...optional, ...(WITH_GROUPS.includes(controller) ? [groups] : []));
}

function traffic(isLocal: boolean, ports: readonly NodePortArgs[]): fc.Arbitrary<Asked> {
  const taken = ports.map(({ nodePort }) => nodePort);
  const node = whole(NODE_PORTS.first, NODE_PORTS.last).filter((it) => !taken.includes(it));
  return isLocal
    ? fields<Asked>(
        { externalTrafficPolicy: fc.constant(TrafficPolicy.Local) } as never,
        { healthCheckNodePort: node } as never,
      )
    : fields<Asked>({}, { externalTrafficPolicy: fc.constant(TrafficPolicy.Cluster) } as never);
}

function affinity(controller: Controller): fc.Arbitrary<Asked> {
  const clientIp = fields<Asked>(
    { sessionAffinity: fc.constant(SessionAffinity.ClientIP) } as never,
    { sessionAffinityTimeoutSeconds: whole(1, 86_400) } as never,
  );
  const none = fields<Asked>({}, {
    sessionAffinity: fc.constant(SessionAffinity.None),
  } as never);
  return AFFINE.includes(controller) ? fc.oneof(clientIp, none) : none;
}

/** What a cluster states of a controller that the package does not know: load balancers of both exposures. */
function statedOf(controller: Controller): fc.Arbitrary<Pick<ClusterArgs, "otherController">> {
  return controller === "Other"
    ? otherController.map((stated) => ({
        otherController: { publicAnnotations: {}, internalAnnotations: {}, ...stated },
      }))
    : fc.constant({});
}

/** LoadBalancerServices of every controller that the API server takes. */
export const loadBalancer: fc.Arbitrary<Given<LoadBalancerServiceArgs>> = front.chain((it) => {
  const { controller, family, isLocal, isPublic, isTcp, ports, target } = it;
  const hasOneFamily =
    ONE_FAMILY.includes(controller) || (IPV4_WITHIN.includes(controller) && !isPublic);
  const ipFamilyPolicy = hasOneFamily ? "SingleStack" : family;
  const situation: Situation = {
    isPublic,
    isLocal,
    tcpPorts: isTcp ? ports.map(nameOf) : [],
    hasTwoFamilies: ipFamilyPolicy !== null && ipFamilyPolicy !== "SingleStack",
  };
  const own = {
    serviceName,
    adopt: adoptService,
    patches: servicePatches,
    reconciledWithinSeconds: count(0),
    targetReadyWithinSeconds: count(0),
    ...(isTcp && { reachableWithinSeconds: count(0) }),
    ipFamilies: fc.constant(["IPv4"]),
    annotations: fc
      .tuple(qualifiedName)
      .map(([key]) => ({ [`example.com/${key.split("/").at(-1)}`]: "x" })),
  };
  const optional = Object.entries(own).map(([key, value]) => [key, sometimes(value as never)]);
  return fc
    .tuple(
      serviceName,
      fields({ controller: fc.constant(controller) }, {
        allowPublic: fc.constant(true),
        allowNodePort: fc.boolean(),
        nodePortRange: fc.constant(NODE_PORTS),
      } as never),
      statedOf(controller),
      callers(controller, situation),
      traffic(isLocal, ports),
      affinity(controller),
      intents[controller](situation),
      fc.record(Object.fromEntries(optional)).map(withoutAbsent),
    )
    .map(([name, cluster, stated, ...parts]) => ({
      name,
      args: {
        ...{ target, ports, exposure: isPublic ? Exposure.Public : Exposure.Internal },
        ...(ipFamilyPolicy === null ? {} : { ipFamilyPolicy }),
        ...Object.assign({}, ...parts),
        cluster: { ...cluster, ...stated, ...(isPublic && { allowPublic: true }) },
      } as LoadBalancerServiceArgs,
    }));
});
