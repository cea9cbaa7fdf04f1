import type * as pulumi from "@pulumi/pulumi";
import { logPrefix } from "../load-balancer/dialects/aws/findings.ts";
import { readArguments } from "../validation/argument-names.ts";
import type { Checks, Rule } from "../validation/checks.ts";
import { integer, nonEmptyString, oneOf, trueOrFalse } from "../validation/rules.ts";
import { LogWriter } from "./log-delivery.ts";
import { type RegionalArgs, readRegional } from "./regional-args.ts";
import { accountId } from "./rules.ts";

/** The arguments of an AccessLogBucket. */
export interface AccessLogBucketArgs extends RegionalArgs {
  /**
   * The kind of load balancer that writes the logs.
   *
   * @default LogWriter.NetworkLoadBalancer
   */
  readonly writer?: LogWriter;
  /**
   * The folder for the logs, without "/" at its ends. The load balancer's `accessLogsPrefix` must equal it.
   *
   * @default - none, the bucket itself
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html
   */
  readonly prefix?: string;
  /**
   * The load balancer's account.
   *
   * @default - the provider's, which is looked up once the bucket exists
   */
  readonly accountId?: pulumi.Input<string>;
  /**
   * Days after which a log is deleted, from 1.
   *
   * @default 90
   */
  readonly retentionDays?: pulumi.Input<number>;
  /**
   * Whether the logs are deleted with the bucket. Otherwise AWS refuses to delete a bucket that has logs.
   *
   * @default false
   */
  readonly forceDestroy?: boolean;
}

/** The arguments of an AccessLogBucket, validated, with every default filled in. */
export interface AccessLogBucketSpec extends RegionalArgs {
  readonly writer: LogWriter;
  readonly prefix?: string;
  readonly accountId?: pulumi.Input<string>;
  readonly retentionDays: pulumi.Input<number>;
  readonly forceDestroy: boolean;
}

const RETENTION_DAYS = 90;
const LONGEST_RETENTION_DAYS = 2 ** 31 - 1;

/** S3's longest name minus the eight characters that Pulumi appends. */
const NAME_CHARACTERS = 55;

/**
 * The component's name, from which Pulumi makes the bucket's name in lower case.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const bucketName: Rule = (value) =>
  typeof value === "string" &&
  value.length <= NAME_CHARACTERS &&
  /^[a-z0-9][-a-z0-9]*$/i.test(value)
    ? undefined
    : `must be at most ${NAME_CHARACTERS} letters, digits and "-", not starting with "-": a bucket is named after it`;

const prefixRule: Rule = (value) => nonEmptyString(value) ?? logPrefix(value);

/** Reads the arguments of an AccessLogBucket. */
export function readAccessLogBucket(
  checks: Checks,
  name: string,
  given: AccessLogBucketArgs,
): AccessLogBucketSpec {
  const args = readArguments(checks, given, "AccessLogBucketArgs");
  const { forceDestroy = false, prefix, retentionDays = RETENTION_DAYS } = args;
  const { writer = LogWriter.NetworkLoadBalancer } = args;
  checks.plain("name", name, bucketName);
  checks.plain("args.writer", writer, oneOf(LogWriter));
  if (prefix !== undefined) {
    checks.plain("args.prefix", prefix, prefixRule);
  }
  checks.plain("args.forceDestroy", forceDestroy, trueOrFalse);
  return {
    ...readRegional(checks, args),
    writer,
    ...(prefix === undefined ? {} : { prefix }),
    ...(args.accountId === undefined
      ? {}
      : { accountId: checks.input("args.accountId", args.accountId, accountId) }),
    retentionDays: checks.input(
      "args.retentionDays",
      retentionDays,
      integer(1, LONGEST_RETENTION_DAYS),
    ),
    forceDestroy,
  };
}
