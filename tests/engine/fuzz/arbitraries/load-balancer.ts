import fc from "fast-check";
import {
  type ClusterArgs,
  Exposure,
  LoadBalancerController,
  type LoadBalancerServiceArgs,
  Protocol,
  SessionAffinity,
  type SessionAffinityArgs,
  type TargetPortArgs,
  TrafficPolicy,
} from "../../../../components/index.ts";
import { adoptService } from "./adopt.ts";
import type { Given } from "./backend.ts";
import { ranges } from "./cidrs.ts";
import { fields, never, oneOf } from "./fields.ts";
import { NODE_PORTS, nodePortRange } from "./node-port-range.ts";
import { count, whole } from "./numbers.ts";
import { servicePatches } from "./patches.ts";
import { servicePorts, targetOf, targetPorts } from "./target.ts";
import { serviceName } from "./texts.ts";

/** How long a Pod behind a load balancer goes on answering. */
const DRAIN_SECONDS = 60;

/** Listeners of a Network Load Balancer. */
const MOST_PORTS = 50;

const controller = fc.constant(LoadBalancerController.AwsCloudControllerNlb);

type Exposed = Pick<LoadBalancerServiceArgs, "cluster" | "exposure" | "sourceRanges">;

/** Who can reach it: the internet from stated ranges, or the network around the cluster. */
const exposed: fc.Arbitrary<Exposed> = fc.oneof(
  fc.record({
    cluster: fields<ClusterArgs & { allowPublic: boolean }>(
      { controller, allowPublic: fc.constant(true) },
      { allowNodePort: fc.boolean(), nodePortRange, otherController: never },
    ),
    exposure: fc.constant(Exposure.Public),
    sourceRanges: ranges,
  }),
  fields<Exposed>(
    {
      cluster: fields<ClusterArgs>(
        { controller },
        {
          allowPublic: fc.boolean(),
          allowNodePort: fc.boolean(),
          nodePortRange,
          otherController: never,
        },
      ),
      exposure: fc.constant(Exposure.Internal),
    },
    { sourceRanges: ranges },
  ),
);

/** A Network Load Balancer has one protocol, and no SCTP. */
const balanced = ({ protocol }: TargetPortArgs) => protocol !== Protocol.SCTP;
const ports = targetPorts
  .filter((declared) => declared.some(balanced))
  .chain((declared) => {
    const protocolOf = ({ protocol = Protocol.TCP }: TargetPortArgs) => protocol;
    const [first] = declared.filter(balanced).map(protocolOf);
    const usable = declared.filter((port) => protocolOf(port) === first);
    return fc.record({
      isTcp: fc.constant(first === Protocol.TCP),
      target: targetOf(declared, DRAIN_SECONDS),
      ports: servicePorts(usable, MOST_PORTS),
    });
  });

type External = Pick<LoadBalancerServiceArgs, "externalTrafficPolicy" | "healthCheckNodePort">;
type Own = Pick<
  LoadBalancerServiceArgs,
  "adopt" | "patches" | "reconciledWithinSeconds" | "targetReadyWithinSeconds" | "serviceName"
>;

/** Which nodes take part: those with a Pod say so on a port of their own. */
const external = (
  { nodePortRange: range = NODE_PORTS }: ClusterArgs,
  isTcp: boolean,
): fc.Arbitrary<External> => {
  const local = fields<External>(
    { externalTrafficPolicy: fc.constant(TrafficPolicy.Local) } as never,
    { healthCheckNodePort: whole(range.first, range.last) } as never,
  );
  const any = fields<External>(
    {},
    { externalTrafficPolicy: oneOf(TrafficPolicy), healthCheckNodePort: never },
  );
  // No UDP port answers health checks: the nodes themselves do.
  return isTcp ? fc.oneof(any, local) : local;
};

const none = fc.constant(SessionAffinity.None);

/** LoadBalancerServices of one controller that the API server takes, with nothing that only some controllers know. */
export const networkLoadBalancer: fc.Arbitrary<Given<LoadBalancerServiceArgs>> = fc
  .record({
    name: serviceName,
    ports,
    exposed,
    own: fields<Own>(
      {},
      {
        serviceName,
        adopt: adoptService,
        patches: servicePatches,
        reconciledWithinSeconds: count(0),
        targetReadyWithinSeconds: count(0),
      },
    ),
    affinity: fields<SessionAffinityArgs>(
      {},
      { sessionAffinity: none, sessionAffinityTimeoutSeconds: never },
    ),
  })
  .chain(({ exposed: at, ...parts }) =>
    external(at.cluster, parts.ports.isTcp).map((traffic) => {
      const { isTcp: _, ...ports } = parts.ports;
      return { ...parts, ports, at, traffic };
    }),
  )
  .map(({ name, ...parts }) => ({ name, args: Object.assign({}, ...Object.values(parts)) }));
