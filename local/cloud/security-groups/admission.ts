import { BlockList } from "node:net";
import {
  type Balancer,
  isOn,
  type Listener,
  type Target,
  type TargetGroup,
} from "../load-balancers/balancing.ts";
import { admitsMembers, rangesOf, type SecurityGroups } from "./security-groups.ts";

/** Who may connect: whose address is in one range of each list. */
export type Admission = readonly (readonly string[])[];

const EVERYBODY: Admission = [];
const NOBODY: Admission = [[]];
const ALL = "0.0.0.0/0";

/** What decides who may connect to a listener. */
export interface Entrance {
  readonly balancer: Pick<Balancer, "securityGroups" | "subnetIds">;
  readonly listener: Pick<Listener, "port">;
  /** What it forwards to. */
  readonly group: TargetGroup | undefined;
}

/**
 * Who may connect to a listener of a network load balancer.
 *
 * A load balancer with security groups admits whom they admit to the port of the listener; one without, which is what the AWS cloud
 * controller makes, admits everybody. Then the groups of each target decide about the port of the target: on the client's address
 * where it is preserved, on the load balancer's subnets where it is not. A rule for members of the load balancer's own group admits
 * all that comes by it. Whom one target would refuse is refused at the front, whichever target would have been chosen.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html#target-security-groups
 */
export function admissionTo(entrance: Entrance, world: SecurityGroups): Admission {
  const { balancer, group, listener } = entrance;
  const own = balancer.securityGroups;
  const atFront: Admission =
    own.length === 0 ? EVERYBODY : [rangesOf(world, own, { protocol: "tcp", port: listener.port })];
  const atTargets = (group?.targets ?? []).flatMap((target) =>
    admissionToTarget(entrance, target, world),
  );
  return simplified([...atFront, ...atTargets]);
}

function admissionToTarget(
  { balancer, group }: Entrance,
  { address, id, port }: Target,
  world: SecurityGroups,
): Admission {
  if (address === undefined) return EVERYBODY; // it gets nothing
  const instance = world.instances.find((it) => it.id === id || it.address === address);
  if (instance === undefined) return NOBODY;
  const to = { protocol: "tcp", port } as const;
  if (admitsMembers(world, instance.groups, to, balancer.securityGroups)) return EVERYBODY;
  const ranges = rangesOf(world, instance.groups, to);
  if (group !== undefined && isOn(group, "preserve_client_ip.enabled")) return [ranges];
  const addresses = balancer.subnetIds.map((subnet) => world.subnets[subnet]?.split("/")[0]);
  return addresses.every((address) => address !== undefined && contains(ranges, address))
    ? EVERYBODY
    : NOBODY;
}

/** Whether a client may connect. */
export const admits = (admission: Admission, address: string): boolean =>
  admission.every((ranges) => contains(ranges, address));

function contains(ranges: readonly string[], address: string): boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = "", bits] = range.split("/");
    list.addSubnet(network, Number(bits));
  }
  return list.check(address);
}

/** Each list once, and without those that everybody is in. */
function simplified(admission: Admission): Admission {
  const lists = admission.filter((ranges) => !ranges.includes(ALL));
  return [...new Map(lists.map((ranges) => [[...ranges].sort().join(), ranges])).values()];
}
