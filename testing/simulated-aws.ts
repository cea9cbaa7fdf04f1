import type * as pulumi from "@pulumi/pulumi";

/** An account and a region from AWS's documentation. */
const ACCOUNT = "111122223333";
const REGION = "us-east-1";

/**
 * The simulated outputs of an AWS resource that the components of `pulumi-kubernetes-services/aws` read. Other
 * resources have no simulated outputs.
 */
export function madeByAws({ inputs, name, type }: pulumi.runtime.MockResourceArgs): object {
  const region = inputs["region"] ?? REGION;
  const address = Number(/\d+$/.exec(name)?.[0] ?? 0);
  switch (type) {
    case "aws:acm/certificate:Certificate":
      return {
        arn: `arn:aws:acm:${region}:${ACCOUNT}:certificate/${name}`,
        domainValidationOptions: [
          inputs["domainName"],
          ...(inputs["subjectAlternativeNames"] ?? []),
        ].map(validationOption),
      };
    case "aws:ec2/eip:Eip":
      return {
        allocationId: `eipalloc-${address.toString(16).padStart(17, "0")}`,
        // From a range that is reserved for documentation: https://www.rfc-editor.org/rfc/rfc5737
        publicIp: `203.0.113.${address + 1}`,
      };
    case "aws:s3/bucket:Bucket":
      return { arn: `arn:aws:s3:::${name}`, region };
    default:
      return {};
  }
}

/** The simulated answers to lookups of an account or a zone. */
export function answeredByAws({ token }: pulumi.runtime.MockCallArgs): object {
  return token.startsWith("aws:") ? { accountId: ACCOUNT, id: "Z0000000000000" } : {};
}

/** A domain and the wildcard below it have the same. */
function validationOption(domainName: string) {
  const domain = domainName.replace(/^\*\./, "");
  return {
    domainName,
    resourceRecordName: `_0.${domain}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: "_0.acm-validations.aws.",
  };
}
