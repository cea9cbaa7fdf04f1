import type { Rule } from "../../../validation/checks.ts";
import { type AnnotationValue, commaList } from "../../contract/annotation-value.ts";
import { BackendProtocol } from "../../contract/enums.ts";
import type { Intent } from "../../contract/intent.ts";
import { key } from "./keys.ts";

/**
 * Only TLS 1.3 and 1.2. The controllers' own default allows TLS 1.0.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html
 */
export const NLB_TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** The ARN of a certificate in AWS. */
export const certificateArn: Rule = (value) =>
  typeof value === "string" && /^arn:aws[a-z-]*:(acm|iam):/.test(value)
    ? undefined
    : "must be the ARN of a certificate in AWS Certificate Manager or IAM, such as arn:aws:acm:eu-west-1:123456789012:certificate/0aa1";

/** The annotations for TLS termination, with the controller's names of the protocols to the targets. */
export function tlsAnnotations(
  { backendProtocol = BackendProtocol.Tcp, certificates, ports, tlsPolicy }: Intent,
  defaultPolicy: string,
  protocols: Readonly<Partial<Record<BackendProtocol, string>>>,
): Record<string, AnnotationValue> {
  return certificates === undefined
    ? {}
    : {
        [key("ssl-cert")]: commaList(certificates),
        // By number, because not every controller reads names or "*".
        [key("ssl-ports")]: ports
          .filter(({ tls }) => tls)
          .map(({ port }) => port)
          .join(","),
        [key("ssl-negotiation-policy")]: tlsPolicy ?? defaultPolicy,
        [key("backend-protocol")]: protocols[backendProtocol] ?? "tcp",
      };
}
