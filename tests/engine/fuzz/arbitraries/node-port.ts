import fc from "fast-check";
import {
  type ClusterArgs,
  type ExternalTrafficArgs,
  type IpFamilyArgs,
  LoadBalancerController,
  type NodePortArgs,
  type NodePortServiceArgs,
  type PortRangeArgs,
  type ServicePortArgs,
  type SessionAffinityArgs,
  TrafficPolicy,
} from "../../../../components/index.ts";
import { adoptService } from "./adopt.ts";
import type { Given } from "./backend.ts";
import { ipFamilies, sessionAffinity } from "./cluster-ip.ts";
import { fields, oneOf } from "./fields.ts";
import { NODE_PORTS, nodePortRange } from "./node-port-range.ts";
import { count, whole } from "./numbers.ts";
import { otherController } from "./other-controller.ts";
import { servicePatches } from "./patches.ts";
import { servicePorts, targetOf, targetPorts } from "./target.ts";
import { serviceName } from "./texts.ts";

type Own = Omit<
  NodePortServiceArgs,
  keyof (ExternalTrafficArgs & IpFamilyArgs & SessionAffinityArgs) | "ports" | "target"
>;

/** How long a Pod behind a node port goes on answering. */
const DRAIN_SECONDS = 15;

const cluster = fields<ClusterArgs & { allowNodePort: boolean }>(
  { controller: oneOf(LoadBalancerController), allowNodePort: fc.constant(true) },
  { allowPublic: fc.boolean(), nodePortRange, otherController },
);

/** Gives some of the ports a node port of the range, each number once. */
export function withNodePorts(
  ports: readonly ServicePortArgs[],
  { first, last }: PortRangeArgs,
): fc.Arbitrary<NodePortArgs[]> {
  const numbers = fc.uniqueArray(whole(first, last), { maxLength: ports.length });
  return numbers.map((chosen) =>
    ports.map((port, index) => {
      // Protocols that share a port may share its node port.
      const shared = ports.findIndex((other) => other.port === port.port);
      const nodePort = chosen[index] ?? chosen[shared];
      return nodePort === undefined ? port : { ...port, nodePort };
    }),
  );
}

const ports = fc.tuple(targetPorts, cluster).chain(([declared, at]) =>
  fc.record({
    cluster: fc.constant(at),
    target: targetOf(declared, DRAIN_SECONDS),
    ports: servicePorts(declared).chain((wanted) =>
      withNodePorts(wanted, at.nodePortRange ?? NODE_PORTS),
    ),
  }),
);

/** NodePortServices that the API server takes. */
export const nodePort: fc.Arbitrary<Given<NodePortServiceArgs>> = fc
  .record({
    name: serviceName,
    ports,
    own: fields<Omit<Own, "cluster">>(
      {},
      {
        serviceName,
        adopt: adoptService,
        patches: servicePatches,
        targetReadyWithinSeconds: count(0),
      },
    ),
    external: fields<ExternalTrafficArgs>({}, { externalTrafficPolicy: oneOf(TrafficPolicy) }),
    ipFamilies,
    sessionAffinity,
  })
  .map(({ name, ...parts }) => ({ name, args: Object.assign({}, ...Object.values(parts)) }));
