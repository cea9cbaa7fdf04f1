import type { EC2 } from "@aws-sdk/client-ec2";
import type { GroupedInstance, SecurityGroups } from "./security-groups.ts";

const MOST_PORT = 65_535;

/** Reads the security groups, and in which of them the machines of the cluster are. */
export async function readSecurityGroups(
  ec2: Pick<EC2, "describeInstances" | "describeSecurityGroups" | "describeSubnets">,
  addresses: Readonly<Record<string, string>>,
): Promise<SecurityGroups> {
  const [{ SecurityGroups = [] }, { Reservations = [] }, { Subnets = [] }] = await Promise.all([
    ec2.describeSecurityGroups({}),
    ec2.describeInstances({}),
    ec2.describeSubnets({}),
  ]);
  const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
  return {
    groups: SecurityGroups.map(({ GroupId = "", IpPermissions = [] }) => ({
      id: GroupId,
      ingress: IpPermissions.map((rule) => ({
        protocol: rule.IpProtocol ?? "",
        fromPort: rule.FromPort ?? 0,
        toPort: rule.ToPort ?? MOST_PORT,
        ranges: (rule.IpRanges ?? []).map(({ CidrIp = "" }) => CidrIp),
        members: (rule.UserIdGroupPairs ?? []).map((pair) => pair.GroupId ?? ""),
      })),
    })),
    instances: instances.flatMap(
      ({ InstanceId = "", SecurityGroups: own = [] }): GroupedInstance[] => {
        const address = addresses[InstanceId];
        const groups = own.map(({ GroupId = "" }) => GroupId);
        return address === undefined ? [] : [{ id: InstanceId, address, groups }];
      },
    ),
    subnets: Object.fromEntries(Subnets.map((it) => [it.SubnetId ?? "", it.CidrBlock ?? ""])),
  };
}
