import { EC2, type IpPermission } from "@aws-sdk/client-ec2";
import type * as pulumi from "@pulumi/pulumi";
import { AWS_REGION } from "../../local/cloud/simulated-aws.ts";
import { access, certificateManager, escaped, send, texts } from "./aws-requests.ts";

type Inputs = pulumi.runtime.MockResourceArgs["inputs"];

/** EC2 of the simulated AWS. */
export const ec2 = new EC2({
  region: AWS_REGION,
  endpoint: access.endpoint,
  credentials: access,
});

/** What the provider of AWS, which is not here, would send for each kind of resource; what it has from then on. */
const creators: Readonly<Record<string, (inputs: Inputs, name: string) => Promise<object>>> = {
  "aws:acm/certificate:Certificate": requestCertificate,
  "aws:acm/certificateValidation:CertificateValidation": async ({ certificateArn }) => {
    await certificateManager("DescribeCertificate", { CertificateArn: certificateArn });
    return {};
  },
  "aws:route53/record:Record": changeRecord,
  "aws:ec2/eip:Eip": async ({ domain }) => {
    const { AllocationId, PublicIp } = await ec2.allocateAddress({ Domain: domain });
    return { allocationId: AllocationId, publicIp: PublicIp };
  },
  "aws:s3/bucket:Bucket": async (_, name) => {
    await send({ service: "s3", method: "PUT", path: `/${name}` });
    return { id: name, arn: `arn:aws:s3:::${name}`, region: AWS_REGION };
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": (inputs) => {
    const keys = [
      "blockPublicAcls",
      "ignorePublicAcls",
      "blockPublicPolicy",
      "restrictPublicBuckets",
    ];
    const fields = keys.map((key) => element(key[0]?.toUpperCase() + key.slice(1), inputs[key]));
    return configure(
      inputs,
      "publicAccessBlock",
      element("PublicAccessBlockConfiguration", ...fields),
    );
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": (
    inputs,
  ) => {
    const { sseAlgorithm } = inputs["rules"][0].applyServerSideEncryptionByDefault;
    const rule = element(
      "ApplyServerSideEncryptionByDefault",
      element("SSEAlgorithm", sseAlgorithm),
    );
    return configure(
      inputs,
      "encryption",
      element("ServerSideEncryptionConfiguration", element("Rule", rule)),
    );
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": (inputs) => {
    const [{ abortIncompleteMultipartUpload: aborted, expiration, filter, id, status }] =
      inputs["rules"];
    const rule = element(
      "Rule",
      element("ID", id),
      element("Status", status),
      element("Filter", element("Prefix", filter.prefix)),
      element("Expiration", element("Days", expiration.days)),
      element(
        "AbortIncompleteMultipartUpload",
        element("DaysAfterInitiation", aborted.daysAfterInitiation),
      ),
    );
    return configure(inputs, "lifecycle", element("LifecycleConfiguration", rule));
  },
  "aws:s3/bucketPolicy:BucketPolicy": (inputs) => configure(inputs, "policy", inputs["policy"]),
  "aws:ec2/securityGroup:SecurityGroup": createSecurityGroup,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": async (inputs) => {
    await ec2.authorizeSecurityGroupIngress(permissionsOf(inputs));
    return {};
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": async (inputs) => {
    await ec2.authorizeSecurityGroupEgress(permissionsOf(inputs));
    return {};
  },
};

/** Carries a resource out on the simulated AWS, and returns what it has from then on. */
export async function carriedOut({ inputs, name, type }: pulumi.runtime.MockResourceArgs) {
  const creator = creators[type];
  if (type.startsWith("aws:") && creator === undefined) {
    throw new Error(`Nothing says what is sent for ${type}`);
  }
  return (await creator?.(inputs, name)) ?? {};
}

/** Asks the simulated AWS who one is. */
export async function accountId(): Promise<string> {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const body = "Action=GetCallerIdentity&Version=2011-06-15";
  const [account] = texts(await send({ service: "sts", headers, body }), "Account");
  return account ?? "";
}

async function requestCertificate(inputs: Inputs): Promise<object> {
  const { CertificateArn } = await certificateManager("RequestCertificate", {
    DomainName: inputs["domainName"],
    SubjectAlternativeNames: inputs["subjectAlternativeNames"],
    ValidationMethod: inputs["validationMethod"],
    KeyAlgorithm: inputs["keyAlgorithm"],
  });
  const { Certificate } = await certificateManager("DescribeCertificate", { CertificateArn });
  const options: {
    DomainName: string;
    ResourceRecord: Record<"Name" | "Type" | "Value", string>;
  }[] = Certificate.DomainValidationOptions;
  return {
    arn: CertificateArn,
    domainValidationOptions: options.map(
      ({ DomainName, ResourceRecord: { Name, Type, Value } }) => ({
        domainName: DomainName,
        resourceRecordName: Name,
        resourceRecordType: Type,
        resourceRecordValue: Value,
      }),
    ),
  };
}

async function changeRecord(inputs: Inputs): Promise<object> {
  const { aliases = [], allowOverwrite, name, records = [], ttl, type, zoneId } = inputs;
  const target = aliases.map((alias: Inputs) =>
    element(
      "AliasTarget",
      element("HostedZoneId", alias["zoneId"]),
      element("DNSName", alias["name"]),
      element("EvaluateTargetHealth", alias["evaluateTargetHealth"]),
    ),
  );
  const values = records.map((it: string) => element("ResourceRecord", element("Value", it)));
  const answer =
    records.length === 0 ? [] : [element("TTL", ttl), element("ResourceRecords", ...values)];
  const set = element(
    "ResourceRecordSet",
    element("Name", name),
    element("Type", type),
    ...answer,
    ...target,
  );
  const change = element("Change", element("Action", allowOverwrite ? "UPSERT" : "CREATE"), set);
  await send({
    service: "route53",
    path: `/2013-04-01/hostedzone/${zoneId}/rrset/`,
    headers: { "content-type": "text/xml" },
    body: `<ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">${element(
      "ChangeBatch",
      element("Changes", change),
    )}</ChangeResourceRecordSetsRequest>`,
  });
  return { fqdn: name };
}

async function createSecurityGroup({ description, vpcId }: Inputs, name: string): Promise<object> {
  const group = { GroupName: name, Description: description, VpcId: vpcId };
  const { GroupId } = await ec2.createSecurityGroup(group);
  // As the provider does: AWS lets a new group connect to anywhere.
  const everything = { IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] };
  await ec2.revokeSecurityGroupEgress({ GroupId, IpPermissions: [everything] });
  return { id: GroupId };
}

function permissionsOf(inputs: Inputs): { GroupId: string; IpPermissions: IpPermission[] } {
  const { cidrIpv4, cidrIpv6, fromPort, ipProtocol, securityGroupId, toPort } = inputs;
  const permission = {
    IpProtocol: ipProtocol,
    FromPort: fromPort,
    ToPort: toPort,
    ...(cidrIpv4 === undefined ? {} : { IpRanges: [{ CidrIp: cidrIpv4 }] }),
    ...(cidrIpv6 === undefined ? {} : { Ipv6Ranges: [{ CidrIpv6: cidrIpv6 }] }),
  };
  return { GroupId: securityGroupId, IpPermissions: [permission] };
}

async function configure({ bucket }: Inputs, part: string, body: string): Promise<object> {
  await send({ service: "s3", method: "PUT", path: `/${bucket}?${part}`, body });
  return {};
}

function element(name: string, ...content: unknown[]): string {
  const inner = content.map((it) => (String(it).startsWith("<") ? String(it) : escaped(it)));
  return `<${name}>${inner.join("")}</${name}>`;
}
