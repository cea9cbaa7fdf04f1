import type * as pulumi from "@pulumi/pulumi";
import { type Run, type RunOptions, runProgram } from "../support/run-program.ts";

/** The account that the provider of AWS is in. */
export const ACCOUNT = "111122223333";

/** What AWS makes of a resource, as far as these components read it. */
export function made({ inputs, name, type }: pulumi.runtime.MockResourceArgs): object {
  switch (type) {
    case "aws:acm/certificate:Certificate":
      return {
        arn: arnOf(name),
        domainValidationOptions: [inputs.domainName, ...(inputs.subjectAlternativeNames ?? [])].map(
          validationOption,
        ),
      };
    case "aws:route53/record:Record":
      return { fqdn: inputs.name };
    case "aws:ec2/eip:Eip":
      return {
        allocationId: `eipalloc-${name.replace(/\D/g, "")}`,
        publicIp: `203.0.113.${name.at(-1)}`,
      };
    case "aws:s3/bucket:Bucket":
      return {
        id: `${name}-1234567`,
        arn: `arn:aws:s3:::${name}-1234567`,
        region: inputs.region ?? "eu-central-1",
      };
    case "aws:ec2/securityGroup:SecurityGroup":
      return { id: "sg-0a1b2c3d4e5f67890" };
    default:
      return {};
  }
}

/** The ARN of a certificate. */
export function arnOf(name: string): string {
  return `arn:aws:acm:eu-central-1:${ACCOUNT}:certificate/${name}`;
}

/** AWS has one for a domain and for the wildcard below it. */
function validationOption(domainName: string) {
  const domain = domainName.replace("*.", "");
  return {
    domainName,
    resourceRecordName: `_proof.${domain}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: `_proof-of-${domain}.acm-validations.aws.`,
  };
}

/** What AWS answers. */
export function answer({ token }: pulumi.runtime.MockCallArgs): object {
  return token === "aws:index/getCallerIdentity:getCallerIdentity"
    ? { accountId: ACCOUNT }
    : { id: `zone of ${token}` };
}

/** Runs a program of which AWS makes what it would. */
export function runAws<T>(
  program: () => T | Promise<T>,
  options: RunOptions = {},
): Promise<Run<T>> {
  return runProgram(program, { made, answer, ...options });
}

/** What was registered, sorted: type, name, parent. In which order is said by dependencies alone. */
export function registered({ resources }: Run<unknown>) {
  return resources.map(({ type, name, parent }) => [type, name, parent]).sort();
}
