import { describe, expect, test } from "vitest";
import {
  AccessLogBucket,
  type AccessLogBucketArgs,
  LogWriter,
} from "../../../components/aws/index.ts";
import { failureOf, later, outputValue, unknown } from "../support/run-program.ts";
import { ACCOUNT, registered, runAws } from "./run-aws.ts";

const bucket = "aws:s3/bucket:Bucket";
const guards = [
  ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "logs-public-access"],
  [
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "logs-encryption",
  ],
  ["aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "logs-lifecycle"],
] as const;
const policy = "aws:s3/bucketPolicy:BucketPolicy";
const id = "logs-1234567";
const arn = `arn:aws:s3:::${id}`;

const runWith = (args?: AccessLogBucketArgs, preview = false) =>
  runAws(() => new AccessLogBucket("logs", args), { preview });

async function policyOf(args?: AccessLogBucketArgs) {
  return JSON.parse((await runWith(args)).resource(policy, "logs-policy").inputs.policy);
}

async function refusalOf(args: Record<string, unknown>, name = "logs"): Promise<string> {
  const { message } = await failureOf(() => new AccessLogBucket(name, args as AccessLogBucketArgs));
  return message.replace(`Cannot create AccessLogBucket "${name}": `, "");
}

describe("children", () => {
  test.each([false, true])(
    "AccessLogBucket: has a bucket, its guards and its policy when preview is %s",
    async (preview) => {
      expect(registered(await runWith(undefined, preview))).toEqual(
        [
          ["pulumi-kubernetes-services:index:AccessLogBucket", "logs", undefined],
          [bucket, "logs", "logs"],
          ...guards.map(([type, name]) => [type, name, "logs"]),
          [policy, "logs-policy", "logs"],
        ].sort(),
      );
    },
  );

  test("AccessLogBucket: is exactly this when nothing optional is given", async () => {
    const run = await runWith();

    expect(run.resource(bucket, "logs").inputs).toEqual({ forceDestroy: false });
    expect(guards.map(([type, name]) => run.resource(type, name).inputs)).toEqual([
      {
        bucket: id,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      {
        bucket: id,
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
      },
      {
        bucket: id,
        rules: [
          {
            id: "expire",
            status: "Enabled",
            filter: { prefix: "" },
            expiration: { days: 90 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
        ],
      },
    ]);
  });

  test("AccessLogBucket: has region, tags, retention and leave to be emptied when they are given", async () => {
    const region = "eu-west-1";
    const run = await runWith({
      region,
      tags: { team: "shop" },
      retentionDays: later(7),
      forceDestroy: true,
    });

    expect(run.resource(bucket, "logs").inputs).toEqual({
      forceDestroy: true,
      region,
      tags: { team: "shop" },
    });
    for (const [type, name] of [...guards, [policy, "logs-policy"] as const]) {
      expect(run.resource(type, name).inputs.region).toBe(region);
    }
    expect(run.resource(...guards[2]).inputs.rules[0].expiration).toEqual({ days: 7 });
  });
});

describe("policy", () => {
  const sender = {
    StringEquals: { "aws:SourceAccount": ACCOUNT },
    ArnLike: { "aws:SourceArn": `arn:aws:logs:eu-central-1:${ACCOUNT}:*` },
  };
  const service = { Service: "delivery.logs.amazonaws.com" };

  test("AccessLogBucket: lets the log delivery of its account and region write when nothing is said", async () => {
    expect(await policyOf()).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AWSLogDeliveryAclCheck",
          Effect: "Allow",
          Principal: service,
          Action: "s3:GetBucketAcl",
          Resource: arn,
          Condition: sender,
        },
        {
          Sid: "AWSLogDeliveryWrite",
          Effect: "Allow",
          Principal: service,
          Action: "s3:PutObject",
          Resource: `${arn}/AWSLogs/${ACCOUNT}/*`,
          Condition: {
            ...sender,
            StringEquals: {
              ...sender.StringEquals,
              "s3:x-amz-acl": "bucket-owner-full-control",
            },
          },
        },
      ],
    });
  });

  test("AccessLogBucket: lets it write below the prefix alone when there is one", async () => {
    const { Statement } = await policyOf({ prefix: "fronts/shop" });

    expect(Statement[1].Resource).toBe(`${arn}/fronts/shop/AWSLogs/${ACCOUNT}/*`);
  });

  test.each([
    ["eu-central-1", { AWS: "arn:aws:iam::054676820928:root" }],
    ["us-east-1", { AWS: "arn:aws:iam::127311923021:root" }],
    ["il-central-1", { Service: "logdelivery.elasticloadbalancing.amazonaws.com" }],
  ])(
    "AccessLogBucket: lets Classic Load Balancers of %s write as they do there",
    async (region, Principal) => {
      const args = { region, writer: LogWriter.ClassicLoadBalancer, prefix: "shop" };

      expect((await policyOf(args)).Statement).toEqual([
        {
          Sid: "ElasticLoadBalancingWrite",
          Effect: "Allow",
          Principal,
          Action: "s3:PutObject",
          Resource: `${arn}/shop/AWSLogs/${ACCOUNT}/*`,
        },
      ]);
    },
  );

  test("AccessLogBucket: speaks of the partition that the bucket is in", async () => {
    const made = ({ type }: { type: string }) =>
      type === bucket ? { arn: "arn:aws-cn:s3:::logs", region: "cn-north-1" } : {};
    const program = (writer: LogWriter) => () =>
      new AccessLogBucket("logs", { accountId: ACCOUNT, writer });
    const policies = [];
    for (const writer of Object.values(LogWriter)) {
      const run = await runAws(program(writer), { made });
      policies.push(JSON.parse(run.resource(policy, "logs-policy").inputs.policy).Statement);
    }

    expect(policies[0][0].Condition.ArnLike).toEqual({
      "aws:SourceArn": `arn:aws-cn:logs:cn-north-1:${ACCOUNT}:*`,
    });
    expect(policies[1][0].Principal).toEqual({ AWS: "arn:aws-cn:iam::638102146993:root" });
  });

  test("AccessLogBucket: asks for no account when it is said", async () => {
    const run = await runWith({ accountId: later("999988887777") });

    expect(run.calls).toEqual([]);
    expect(run.resource(policy, "logs-policy").inputs.policy).toContain("/AWSLogs/999988887777/*");
  });

  test("AccessLogBucket: asks for the account once the bucket is there, and never in a first preview", async () => {
    const [run, preview] = [await runWith(), await runWith(undefined, true)];

    expect(run.calls.map(({ token }) => token)).toEqual([
      "aws:index/getCallerIdentity:getCallerIdentity",
    ]);
    expect(preview.calls).toEqual([]);
  });
});

describe("order", () => {
  test("AccessLogBucket: has its policy after all that guards it", async () => {
    const run = await runWith();

    for (const [type, name] of guards)
      expect(run.resource(type, name).dependencies).toEqual(["logs"]);
    expect([...run.resource(policy, "logs-policy").dependencies].sort()).toEqual([
      "logs",
      "logs-encryption",
      "logs-lifecycle",
      "logs-public-access",
    ]);
  });

  test("AccessLogBucket: says name and ARN", async () => {
    const run = await runWith();

    expect(await outputValue(run.result.bucket)).toBe(id);
    expect(await run.outputs(run.result)).toEqual({ bucket: id, bucketArn: arn });
  });
});

describe("refusals", () => {
  test.each([
    [
      "the prefix has AWS's own folder",
      { prefix: "shop/AWSLogs" },
      'args.prefix is "shop/AWSLogs", must be a folder without "AWSLogs", which AWS adds itself, and without "/" at its ends',
    ],
    [
      "the prefix ends with a slash",
      { prefix: "shop/" },
      'args.prefix is "shop/", must be a folder without "AWSLogs", which AWS adds itself, and without "/" at its ends',
    ],
    ["the prefix is empty", { prefix: "" }, 'args.prefix is "", must be a non-empty string'],
    [
      "the writer is unknown",
      { writer: "Alb" },
      'args.writer is "Alb", must be "NetworkLoadBalancer" or "ClassicLoadBalancer"',
    ],
    [
      "logs go at once",
      { retentionDays: 0 },
      "args.retentionDays is 0, must be an integer from 1 to 2147483647",
    ],
    [
      "the account is a number",
      { accountId: 111122223333 },
      'args.accountId is 111122223333, must be the 12 digits of an AWS account as a string, such as "111122223333"',
    ],
    [
      "the account arrives late and is none",
      { accountId: later("me") },
      'args.accountId is "me", must be the 12 digits of an AWS account as a string, such as "111122223333"',
    ],
    [
      "it is said late whether it may be emptied",
      { forceDestroy: later(true) },
      "args.forceDestroy is an Output, must be a plain value: it decides what is created and under which name; write the value itself, and name the resource it comes from in dependsOn",
    ],
  ])("AccessLogBucket: fails when %s", async (_, args, message) => {
    expect(await refusalOf(args)).toBe(message);
  });

  test.each([["shop_logs"], ["a".repeat(56)], ["-logs"]])(
    "AccessLogBucket: fails when no bucket can be called %s",
    async (name) => {
      expect(await refusalOf({}, name)).toBe(
        `name is "${name}", must be at most 55 letters, digits and "-", not starting with "-": a bucket is named after it`,
      );
    },
  );

  test("AccessLogBucket: has a bucket when its name has 55 characters", async () => {
    const name = "a".repeat(55);
    const run = await runAws(() => new AccessLogBucket(name));

    expect(run.resource(bucket, name).inputs).toEqual({ forceDestroy: false });
  });

  test("AccessLogBucket: has a policy that a preview does not know when the account is unknown", async () => {
    const run = await runWith({ accountId: unknown() }, true);

    expect(run.resource(policy, "logs-policy").sent).toMatchObject({
      policy: expect.stringContaining("UNKNOWN"),
    });
  });
});
