import { awsAccess } from "../../local/cloud/simulated-aws.ts";
import { signedHeaders } from "../shared/aws-signature.ts";
import { awsEndpoint, paths } from "./rig.ts";

/** A request to one service of AWS. */
export interface AwsRequest {
  readonly service: "acm" | "elasticloadbalancing" | "route53" | "s3" | "sts";
  readonly method?: "DELETE" | "GET" | "POST" | "PUT";
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The access to the simulated AWS of the cluster under test, as its owner. */
export const access = awsAccess(paths, Number(new URL(awsEndpoint).port));

/**
 * Sends a request to the simulated AWS, signed with its owner's key; the service is that of the signature's scope.
 *
 * @throws Error if it is refused.
 */
export async function send({
  service,
  body,
  headers = { "content-type": "text/xml" },
  method = body === undefined ? "GET" : "POST",
  path = "/",
}: AwsRequest): Promise<string> {
  const unsigned = { service, host: new URL(awsEndpoint).host, method, target: path, headers };
  const response = await fetch(`${awsEndpoint}${path}`, {
    method,
    headers: signedHeaders(access, { ...unsigned, ...(body !== undefined && { body }) }),
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(20_000),
  });
  const answer = await response.text();
  if (!response.ok) {
    throw new Error(`${service} answers ${response.status} to ${path}: ${answer}`);
  }
  return answer;
}

/** Asks AWS Certificate Manager, which speaks JSON. */
export async function certificateManager(
  action: string,
  body: object,
  // biome-ignore lint/suspicious/noExplicitAny: what AWS answers is compared as it is
): Promise<any> {
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `CertificateManager.${action}`,
  };
  return JSON.parse((await send({ service: "acm", headers, body: JSON.stringify(body) })) || "{}");
}

/** The texts of all elements of a name, in their order. */
export function texts(xml: string, element: string): string[] {
  const found = xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, "g"));
  return [...found].map(([, text = ""]) => unescaped(text));
}

/** A text as it stands in XML. */
export function escaped(text: unknown): string {
  return String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&amp;", "&");
}
