import { existsSync, readFileSync } from "node:fs";
import type { EC2Client } from "@aws-sdk/client-ec2";
import { writeAtomically } from "../files/atomic-file.ts";
import type { LocalPaths } from "../paths.ts";
import { AWS_REGION, type AwsAccess } from "./simulated-aws.ts";

/** Id by which the cloud controller knows what belongs to this cluster. */
export const CLUSTER_ID = "local";
const OWNED = { Key: `kubernetes.io/cluster/${CLUSTER_ID}`, Value: "owned" };
/** Public subnets of a cluster: https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html */
const PUBLIC = { Key: "kubernetes.io/role/elb", Value: "1" };
const ZONES = ["a", "b", "c"].map((letter) => `${AWS_REGION}${letter}`);

/** One simulated machine. */
export interface AwsInstance {
  readonly zone: string;
  readonly instanceId: string;
  readonly privateDnsName: string;
  readonly privateIpAddress: string;
}

/** The simulated AWS resources the cluster stands on. */
export interface AwsNetwork {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly instances: readonly AwsInstance[];
  /**
   * How many requests of the journal made it.
   * @default - not known
   */
  readonly requests?: number;
}

/** The network as remembered; `undefined` before it was made whole. */
export function readNetwork(paths: LocalPaths): AwsNetwork | undefined {
  return existsSync(paths.awsNetwork)
    ? networkIn(readFileSync(paths.awsNetwork, "utf8"))
    : undefined;
}

/** The network that a text describes whole; `undefined` where it does not. */
export function networkIn(text: string): AwsNetwork | undefined {
  try {
    const network = JSON.parse(text) as AwsNetwork;
    const machines = network.instances.flatMap((instance) => [
      instance.zone,
      instance.instanceId,
      instance.privateDnsName,
      instance.privateIpAddress,
    ]);
    const ids = [network.vpcId, network.securityGroupId, ...network.subnetIds, ...machines];
    const isWhole = ids.every((id) => typeof id === "string" && id !== "");
    return isWhole && network.instances.length === ZONES.length ? network : undefined;
  } catch {
    return undefined;
  }
}

/** Makes what a cluster in AWS stands on: a network open to the internet, a subnet and a machine a zone, their security group. */
export async function createNetwork(paths: LocalPaths, access: AwsAccess): Promise<AwsNetwork> {
  const { EC2 } = await import("@aws-sdk/client-ec2"); // half a second, needed once in a cluster's life
  const ec2 = new EC2({ region: AWS_REGION, endpoint: access.endpoint, credentials: access });
  const vpcId = idOf((await ec2.createVpc({ CidrBlock: "10.0.0.0/16" })).Vpc?.VpcId);
  await openToInternet(ec2, vpcId);
  const group = { GroupName: "nodes", Description: "nodes", VpcId: vpcId };
  const securityGroupId = idOf((await ec2.createSecurityGroup(group)).GroupId);
  await ec2.createTags({ Resources: [securityGroupId], Tags: [OWNED] });
  const subnetIds: string[] = [];
  const instances: AwsInstance[] = [];
  for (const [index, zone] of ZONES.entries()) {
    const subnet = { VpcId: vpcId, CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: zone };
    const subnetId = idOf((await ec2.createSubnet(subnet)).Subnet?.SubnetId);
    await ec2.createTags({ Resources: [subnetId], Tags: [OWNED, PUBLIC] });
    subnetIds.push(subnetId);
    instances.push(await runInstance(ec2, { zone, subnetId, securityGroupId }));
  }
  const requests = readFileSync(paths.awsJournal, "utf8").split("\n").length - 1;
  const network = { vpcId, subnetIds, securityGroupId, instances, requests };
  writeAtomically(paths.awsNetwork, JSON.stringify(network));
  return network;
}

type Ec2 = EC2Client & import("@aws-sdk/client-ec2").EC2;

async function openToInternet(ec2: Ec2, vpcId: string): Promise<void> {
  const gateway = (await ec2.createInternetGateway({})).InternetGateway?.InternetGatewayId;
  await ec2.attachInternetGateway({ InternetGatewayId: idOf(gateway), VpcId: vpcId });
  const tables = await ec2.describeRouteTables({ Filters: [{ Name: "vpc-id", Values: [vpcId] }] });
  await ec2.createRoute({
    RouteTableId: idOf(tables.RouteTables?.[0]?.RouteTableId),
    DestinationCidrBlock: "0.0.0.0/0",
    GatewayId: idOf(gateway),
  });
}

async function runInstance(
  ec2: Ec2,
  place: { zone: string; subnetId: string; securityGroupId: string },
): Promise<AwsInstance> {
  const { Instances } = await ec2.runInstances({
    ImageId: "ami-03cf127a", // one of the images moto knows; it says nothing about the simulated nodes
    InstanceType: "m5.large",
    MinCount: 1,
    MaxCount: 1,
    SubnetId: place.subnetId,
    SecurityGroupIds: [place.securityGroupId],
  });
  const instance = Instances?.[0];
  const instanceId = idOf(instance?.InstanceId);
  await ec2.createTags({ Resources: [instanceId], Tags: [OWNED] });
  return {
    zone: place.zone,
    instanceId,
    privateDnsName: idOf(instance?.PrivateDnsName),
    privateIpAddress: idOf(instance?.PrivateIpAddress),
  };
}

function idOf(value: string | undefined): string {
  if (value === undefined) throw new Error("The simulated AWS answered without an id");
  return value;
}
