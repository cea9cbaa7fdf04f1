import { createHash, createHmac } from "node:crypto";
import type { AwsKey } from "../../local/cloud/aws-keys.ts";
import { AWS_REGION } from "../../local/cloud/simulated-aws.ts";

/** What is to be signed: a request as it will be sent. */
export interface Unsigned {
  readonly service: string;
  /** Address and port, as in the Host header. */
  readonly host: string;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /**
   * When it is said to be signed.
   * @default - now
   */
  readonly at?: Date;
}

const digest = (text: string | Buffer): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac("sha256", key).update(text).digest();

/**
 * The headers of a request with the signature of a key: all that are given are signed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signedHeaders(
  key: AwsKey,
  { at = new Date(), body = "", headers = {}, host, method, service, target }: Unsigned,
): Record<string, string> {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, "");
  const all: Record<string, string> = {
    ...headers,
    "x-amz-date": time,
    ...(service === "s3" && { "x-amz-content-sha256": digest(body) }),
  };
  const lines = Object.entries({ ...all, host })
    .map(([name, value]) => [name.toLowerCase(), value.trim().replace(/ +/g, " ")] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const names = lines.map(([name]) => name).join(";");
  const [path = "", query = ""] = target.split("?");
  const pairs = query.split("&").map((pair) => (pair.includes("=") || !pair ? pair : `${pair}=`));
  const canonical = [
    method,
    path,
    pairs.sort().join("&"),
    ...lines.map((line) => line.join(":")),
    "",
    names,
    digest(body),
  ].join("\n");
  const scope = `${time.slice(0, 8)}/${AWS_REGION}/${service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", time, scope, digest(canonical)].join("\n");
  const secret = scope.split("/").reduce<string | Buffer>(hmac, `AWS4${key.secretAccessKey}`);
  const signature = hmac(secret, text).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${key.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...all, authorization };
}
