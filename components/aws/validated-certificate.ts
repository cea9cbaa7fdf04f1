import { Certificate } from "@pulumi/aws/acm/certificate.js";
import { CertificateValidation } from "@pulumi/aws/acm/certificateValidation.js";
import { Record as DnsRecord, type RecordArgs } from "@pulumi/aws/route53/record.js";
import * as pulumi from "@pulumi/pulumi";
import { Checks } from "../validation/checks.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import { regionOf } from "./regional-args.ts";
import { readCertificate, type ValidatedCertificateArgs } from "./validated-certificate-args.ts";
import { validatedDomains, validationOf } from "./validation-record.ts";

/** One minute, because the records change only with the certificate. */
const TTL_SECONDS = 60;

/**
 * A certificate of AWS Certificate Manager that is validated by DNS records, and is renewed as long as they exist.
 *
 * ```ts
 * const certificate = new ValidatedCertificate("shop", {
 *   domainNames: ["shop.example", "*.shop.example"],
 *   zoneId: "Z0123456789ABCDEFGHIJ",
 *   zoneName: "shop.example",
 * });
 *
 * export const certificateArn = certificate.certificateArn;
 * ```
 *
 * A load balancer uses it with `certificates: [certificate.certificateArn]`.
 */
export class ValidatedCertificate extends pulumi.ComponentResource {
  /** The certificate, which may not be valid yet. */
  readonly certificate: Certificate;
  /**
   * The certificate's ARN, once it is valid. Resources that use this output wait for that, and are deleted before the
   * certificate.
   */
  readonly certificateArn: pulumi.Output<string>;

  /**
   * Requests the certificate, creates the records that validate it, and waits until it is valid.
   *
   * @param name The component's name.
   * @param args The domain names and their zone.
   * @param opts Pulumi's options; their AWS provider decides the account.
   * @throws InvalidArgsError with every problem in the arguments.
   */
  constructor(
    name: string,
    args: ValidatedCertificateArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("pulumi-kubernetes-services:index:ValidatedCertificate", name, {}, opts);
    const checks = new Checks({ type: "ValidatedCertificate", name, resource: this });
    const spec = readCertificate(checks, args);
    const [domainName, ...subjectAlternativeNames] = spec.domainNames;
    const { keyAlgorithm, region, tags, zoneId } = spec;
    checks.done();

    const requested = {
      domainName,
      subjectAlternativeNames,
      validationMethod: "DNS",
      keyAlgorithm,
    };
    this.certificate = new Certificate(name, withoutEmpty({ ...requested, region, tags }), {
      parent: this,
      // The load balancer uses the old certificate until it has the new one, and AWS does not delete a certificate in
      // use.
      deleteBeforeReplace: false,
    });
    const records = validatedDomains(spec.domainNames).map((domain) => {
      const record = validationRecord(this.certificate, domain, zoneId);
      return new DnsRecord(`${name}-${domain}`, record, { parent: this });
    });
    const validation = new CertificateValidation(
      `${name}-validation`,
      {
        certificateArn: this.certificate.arn,
        validationRecordFqdns: records.map(({ fqdn }) => fqdn),
        ...regionOf(spec),
      },
      { parent: this },
    );
    this.certificateArn = validation.certificateArn;
    this.registerOutputs({ certificate: this.certificate, certificateArn: this.certificateArn });
  }
}

/** The record is the same for every certificate of an account with this domain. */
function validationRecord(
  { domainValidationOptions }: Certificate,
  domain: string,
  zoneId: pulumi.Input<string>,
): RecordArgs {
  const option = domainValidationOptions.apply((options) => validationOf(options, domain));
  return {
    zoneId,
    name: option.resourceRecordName,
    type: option.resourceRecordType as pulumi.Output<"CNAME">,
    ttl: TTL_SECONDS,
    records: [option.resourceRecordValue],
    allowOverwrite: true,
  };
}
