import { elbAccountOf } from "./elb-accounts.ts";

/** The kind of load balancer that writes access logs. Each needs different permissions. */
export const LogWriter = {
  /** Network Load Balancers. They log only TLS connections. */
  NetworkLoadBalancer: "NetworkLoadBalancer",
  /** Classic Load Balancers. */
  ClassicLoadBalancer: "ClassicLoadBalancer",
} as const;
/** The kind of load balancer that writes access logs. */
export type LogWriter = (typeof LogWriter)[keyof typeof LogWriter];

/** The destination and the source of logs. */
export interface LogDelivery {
  readonly bucketArn: string;
  /** The folder in the bucket. */
  readonly prefix: string | undefined;
  /** The load balancer's account. */
  readonly accountId: string;
  readonly region: string;
}

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: { readonly Service: string } | { readonly AWS: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** An S3 bucket policy. */
export interface BucketPolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** The policy that allows only load balancers of one account and region to write their logs. */
export function logDeliveryPolicy(writer: LogWriter, delivery: LogDelivery): BucketPolicyDocument {
  const statements =
    writer === LogWriter.NetworkLoadBalancer ? networkStatements : classicStatements;
  return { Version: "2012-10-17", Statement: statements(delivery) };
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html */
function networkStatements(delivery: LogDelivery): Statement[] {
  const { accountId, bucketArn, region } = delivery;
  const sender = {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: {
      "aws:SourceArn": `arn:${partitionOf(bucketArn)}:logs:${region}:${accountId}:*`,
    },
  };
  const allowed = {
    Effect: "Allow",
    Principal: { Service: "delivery.logs.amazonaws.com" },
  } as const;
  const owned = { ...sender.StringEquals, "s3:x-amz-acl": "bucket-owner-full-control" };
  return [
    {
      Sid: "AWSLogDeliveryAclCheck",
      ...allowed,
      Action: "s3:GetBucketAcl",
      Resource: bucketArn,
      Condition: sender,
    },
    {
      Sid: "AWSLogDeliveryWrite",
      ...allowed,
      Action: "s3:PutObject",
      Resource: logsOf(delivery),
      Condition: { ...sender, StringEquals: owned },
    },
  ];
}

/**
 * Regions from before August 2022 write with an AWS account, the others with a service principal.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/enable-access-logs.html
 */
function classicStatements(delivery: LogDelivery): Statement[] {
  const { bucketArn, region } = delivery;
  const account = elbAccountOf(region);
  const Principal =
    account === undefined
      ? { Service: "logdelivery.elasticloadbalancing.amazonaws.com" }
      : { AWS: `arn:${partitionOf(bucketArn)}:iam::${account}:root` };
  return [
    {
      Sid: "ElasticLoadBalancingWrite",
      Effect: "Allow",
      Principal,
      Action: "s3:PutObject",
      Resource: logsOf(delivery),
    },
  ];
}

function logsOf({ accountId, bucketArn, prefix }: LogDelivery): string {
  return `${bucketArn}/${prefix === undefined ? "" : `${prefix}/`}AWSLogs/${accountId}/*`;
}

/** `aws`, or `aws-cn` and the like. */
function partitionOf(arn: string): string {
  return arn.split(":").at(1) ?? "";
}
