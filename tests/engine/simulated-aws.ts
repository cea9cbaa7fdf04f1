import { EC2, type IpPermission } from "@aws-sdk/client-ec2";
import { AWS_REGION } from "../../local/cloud/simulated-aws.ts";
import { access, certificateManager, send } from "./aws-requests.ts";

// What the tests ask of the simulated AWS beside its load balancers of the second generation, of which the rig has a client.

/** Machines, networks and security groups of the simulated AWS; it may change them. */
export const ec2 = new EC2({ region: AWS_REGION, endpoint: access.endpoint, credentials: access });

/** Asks for something about Classic Load Balancers, in the API's own words. */
export async function classic<Result>(
  action: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Result> {
  const query = { Action: action, Version: "2012-06-01", ContentType: "JSON", ...parameters };
  const text = await send({
    service: "elasticloadbalancing",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(query).toString(),
  });
  const answer = JSON.parse(text) as Record<string, Record<string, Result>>;
  return answer[`${action}Response`]?.[`${action}Result`] as Result;
}

/** Requests a certificate and returns its ARN. */
export async function requestCertificate(domainName: string): Promise<string> {
  const request = { DomainName: domainName, ValidationMethod: "DNS" };
  const { CertificateArn: arn } = await certificateManager("RequestCertificate", request);
  return arn;
}

/** Reserves an Elastic IP and returns its allocation id. */
export async function reserveAddress(): Promise<string> {
  const { AllocationId: id } = await ec2.allocateAddress({ Domain: "vpc" });
  return String(id);
}

/** Makes a security group in the network and returns its id. */
export async function createSecurityGroup(name: string, vpcId: string): Promise<string> {
  const group = { GroupName: name, Description: name, VpcId: vpcId };
  return String((await ec2.createSecurityGroup(group)).GroupId);
}

/** The rules of a security group that let something in. */
export async function ingressOf(groupId: string): Promise<IpPermission[]> {
  const { SecurityGroups: groups } = await ec2.describeSecurityGroups({ GroupIds: [groupId] });
  return groups?.[0]?.IpPermissions ?? [];
}
