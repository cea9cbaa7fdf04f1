import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import * as pulumi from "@pulumi/pulumi";
import { Checks } from "../validation/checks.ts";
import {
  type AccessLogBucketArgs,
  type AccessLogBucketSpec,
  readAccessLogBucket,
} from "./access-log-bucket-args.ts";
import { logDeliveryPolicy } from "./log-delivery.ts";
import { regionOf } from "./regional-args.ts";

/**
 * A bucket for the access logs of load balancers of one account and region: nothing in it is public, everything is
 * encrypted, and logs expire.
 *
 * ```ts
 * const logs = new AccessLogBucket("shop-logs", { prefix: "shop" });
 *
 * export const bucket = logs.bucket;
 * ```
 *
 * A load balancer uses it with `accessLogsBucket: logs.bucket` and `accessLogsPrefix: "shop"`.
 */
export class AccessLogBucket extends pulumi.ComponentResource {
  /**
   * The bucket's name, once its policy exists: AWS checks the policy when a load balancer gets the bucket. Resources
   * that use this output are deleted before the policy.
   */
  readonly bucket: pulumi.Output<string>;
  /** The bucket's ARN. */
  readonly bucketArn: pulumi.Output<string>;

  /**
   * Creates the bucket.
   *
   * @param name The component's name, with which the bucket's name begins.
   * @param args What writes logs, where in the bucket, and how long they are kept.
   * @param opts Pulumi's options; their AWS provider decides the account.
   * @throws InvalidArgsError with every problem in the arguments.
   */
  constructor(
    name: string,
    args: AccessLogBucketArgs = {},
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("pulumi-kubernetes-services:index:AccessLogBucket", name, {}, opts);
    const checks = new Checks({ type: "AccessLogBucket", name, resource: this });
    const spec = readAccessLogBucket(checks, name, args);
    const { forceDestroy, tags } = spec;
    checks.done();

    const regional = { ...regionOf(spec), ...(tags === undefined ? {} : { tags }) };
    const bucket = new Bucket(name, { forceDestroy, ...regional }, { parent: this });
    const guards = guardsOf(this, name, bucket, spec);
    const policy = new BucketPolicy(
      `${name}-policy`,
      {
        bucket: bucket.id,
        policy: pulumi.jsonStringify(policyOf(this, bucket, spec)),
        ...regionOf(spec),
      },
      // S3 rejects two changes of a bucket at a time, and nothing may be written before the bucket is protected.
      { parent: this, dependsOn: guards },
    );
    this.bucket = policy.bucket;
    this.bucketArn = bucket.arn;
    this.registerOutputs({ bucket: this.bucket, bucketArn: this.bucketArn });
  }
}

/** The settings for everything in the bucket. */
function guardsOf(
  parent: AccessLogBucket,
  name: string,
  { id: bucket }: Bucket,
  spec: AccessLogBucketSpec,
): pulumi.Resource[] {
  const common = { bucket, ...regionOf(spec) };
  const block = {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  };
  // The only encryption that the logs of every load balancer support.
  const encryption = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }];
  const expiry = { id: "expire", status: "Enabled", expiration: { days: spec.retentionDays } };
  const aborted = { abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } };
  return [
    new BucketPublicAccessBlock(`${name}-public-access`, { ...common, ...block }, { parent }),
    new BucketServerSideEncryptionConfiguration(
      `${name}-encryption`,
      { ...common, rules: encryption },
      { parent },
    ),
    new BucketLifecycleConfiguration(
      `${name}-lifecycle`,
      { ...common, rules: [{ ...expiry, ...aborted, filter: { prefix: "" } }] },
      { parent },
    ),
  ];
}

function policyOf(
  parent: AccessLogBucket,
  bucket: Bucket,
  { prefix, writer, ...spec }: AccessLogBucketSpec,
) {
  // Looked up only once the bucket exists, so that a first preview needs no lookup.
  const accountId =
    spec.accountId ?? getCallerIdentityOutput({}, { parent, dependsOn: [bucket] }).accountId;
  return pulumi
    .all([bucket.arn, bucket.region, accountId])
    .apply(([bucketArn, region, account]) =>
      logDeliveryPolicy(writer, { bucketArn, region, accountId: account, prefix }),
    );
}
