import { describe, expect, test } from "vitest";
import {
  KeyAlgorithm,
  ValidatedCertificate,
  type ValidatedCertificateArgs,
} from "../../../components/aws/index.ts";
import { failureOf, isKnown, later, outputValue, unknown } from "../support/run-program.ts";
import { arnOf, registered, runAws } from "./run-aws.ts";

const args: ValidatedCertificateArgs = {
  domainNames: ["shop.example", "*.shop.example", "pay.shop.example"],
  zoneId: "Z0123456789",
  zoneName: "shop.example",
};
const certificate = "aws:acm/certificate:Certificate";
const record = "aws:route53/record:Record";
const validation = "aws:acm/certificateValidation:CertificateValidation";

const runWith = (more: Partial<ValidatedCertificateArgs> = {}, preview = false) =>
  runAws(() => new ValidatedCertificate("tls", { ...args, ...more }), { preview });

async function refusalOf(more: Record<string, unknown>): Promise<string> {
  const { message } = await failureOf(
    () => new ValidatedCertificate("tls", { ...args, ...more } as ValidatedCertificateArgs),
  );
  return message.replace('Cannot create ValidatedCertificate "tls": ', "");
}

describe("children", () => {
  test("ValidatedCertificate: has one record for a domain and the wildcard below it", async () => {
    expect(registered(await runWith())).toEqual(
      [
        ["pulumi-kubernetes-services:index:ValidatedCertificate", "tls", undefined],
        [certificate, "tls", "tls"],
        [record, "tls-shop.example", "tls"],
        [record, "tls-pay.shop.example", "tls"],
        [validation, "tls-validation", "tls"],
      ].sort(),
    );
  });

  test("ValidatedCertificate: has the same records in a preview, where their content is unknown", async () => {
    const [run, preview] = [await runWith(), await runWith({}, true)];

    expect(registered(preview)).toEqual(registered(run));
    expect(preview.resource(record, "tls-shop.example").sent).toMatchObject({
      zoneId: "Z0123456789",
      ttl: 60,
      name: expect.stringContaining("UNKNOWN"),
    });
  });

  test("ValidatedCertificate: requests exactly this certificate when nothing optional is given", async () => {
    const run = await runWith();

    expect(run.resource(certificate, "tls").inputs).toEqual({
      domainName: "shop.example",
      subjectAlternativeNames: ["*.shop.example", "pay.shop.example"],
      validationMethod: "DNS",
      keyAlgorithm: "RSA_2048",
    });
  });

  test("ValidatedCertificate: has no other names when there is one", async () => {
    const run = await runWith({ domainNames: ["shop.example"] });

    expect(run.resource(certificate, "tls").inputs).not.toHaveProperty("subjectAlternativeNames");
  });

  test("ValidatedCertificate: proves itself by exactly the record that AWS asks for", async () => {
    const run = await runWith();

    expect(run.resource(record, "tls-pay.shop.example").inputs).toEqual({
      zoneId: "Z0123456789",
      name: "_proof.pay.shop.example.",
      type: "CNAME",
      ttl: 60,
      records: ["_proof-of-pay.shop.example.acm-validations.aws."],
      allowOverwrite: true,
    });
    expect(run.resource(validation, "tls-validation").inputs).toEqual({
      certificateArn: arnOf("tls"),
      validationRecordFqdns: ["_proof.shop.example.", "_proof.pay.shop.example."],
    });
  });

  test("ValidatedCertificate: has region, tags and key when they are given", async () => {
    const run = await runWith({
      region: later("eu-west-1"),
      tags: { team: later("shop") },
      keyAlgorithm: KeyAlgorithm.EcPrime256v1,
    });

    const regional = { region: "eu-west-1", tags: { team: "shop" } };
    expect(run.resource(certificate, "tls").inputs).toMatchObject({
      ...regional,
      keyAlgorithm: "EC_prime256v1",
    });
    expect(run.resource(validation, "tls-validation").inputs.region).toBe("eu-west-1");
    expect(run.resource(record, "tls-shop.example").inputs).not.toHaveProperty("region");
  });
});

describe("order", () => {
  test("ValidatedCertificate: makes the certificate, then the records, then waits for it", async () => {
    const run = await runWith();

    expect(run.resource(certificate, "tls").dependencies).toEqual([]);
    expect(run.resource(record, "tls-shop.example").dependencies).toEqual(["tls"]);
    expect([...run.resource(validation, "tls-validation").dependencies].sort()).toEqual([
      "tls",
      "tls-pay.shop.example",
      "tls-shop.example",
    ]);
  });

  test("ValidatedCertificate: makes a new certificate before the old one goes when its names change", async () => {
    const run = await runWith();

    for (const { deleteBeforeReplace } of run.resources) expect(deleteBeforeReplace).toBe(false);
  });

  test("ValidatedCertificate: says its ARN once it is valid", async () => {
    const { result } = await runWith();

    expect(await outputValue(result.certificateArn)).toBe(arnOf("tls"));
  });

  test("ValidatedCertificate: says no ARN when it is previewed", async () => {
    const { result } = await runWith({}, true);

    expect(await isKnown(result.certificateArn)).toBe(false);
  });

  test("ValidatedCertificate: registers the certificate and its ARN", async () => {
    const run = await runWith();

    expect(Object.keys(await run.outputs(run.result)).sort()).toEqual([
      "certificate",
      "certificateArn",
    ]);
  });
});

describe("refusals", () => {
  test.each([
    [
      "there is no name",
      { domainNames: [] },
      "args.domainNames is an empty list, must be a list of at least one domain name",
    ],
    [
      "a name is late",
      { domainNames: [later("shop.example")] },
      "args.domainNames[0] is an Output, must be a plain value: it decides what is created and under which name; write the value itself, and name the resource it comes from in dependsOn",
    ],
    [
      "a name has a dot at its end",
      { domainNames: ["shop.example."] },
      'args.domainNames[0] is "shop.example.", must be a domain name in lower case without a dot at its end, such as shop.example',
    ],
    [
      "a wildcard is not at the start",
      { domainNames: ["a.*.shop.example"] },
      'args.domainNames[0] is "a.*.shop.example", must be a domain name in lower case without a dot at its end, such as shop.example',
    ],
    [
      "a name is there twice",
      { domainNames: ["shop.example", "shop.example"] },
      'args.domainNames[1] is "shop.example", must be unique: the name is already listed',
    ],
    [
      "a name is of another zone",
      { domainNames: ["myshop.example"] },
      'args.domainNames[0] is "myshop.example", must be shop.example or a name below it',
    ],
    [
      "the first name is too long",
      { domainNames: [`${"a".repeat(52)}.shop.example`] },
      `args.domainNames[0] is "${"a".repeat(52)}.shop.example", must be at most 64 characters; put a shorter name first`,
    ],
    [
      "there are too many names",
      { domainNames: Array.from({ length: 101 }, (_, index) => `a${index}.shop.example`) },
      "args.domainNames.length is 101, must be at most 100",
    ],
    [
      "the key is unknown",
      { keyAlgorithm: "RSA_1024" },
      'args.keyAlgorithm is "RSA_1024", must be "RSA_2048" or "EC_prime256v1" or "EC_secp384r1"',
    ],
    [
      "the zone's id is its name",
      { zoneId: "shop.example" },
      'args.zoneId is "shop.example", must be the id of a hosted zone, such as Z0123456789ABCDEFGHIJ',
    ],
    [
      "the region is a zone",
      { region: "eu-west-1a" },
      'args.region is "eu-west-1a", must be a region of AWS, such as eu-central-1',
    ],
    [
      "a tag is AWS's own",
      { tags: { "aws:team": "shop" } },
      'args.tags key is "aws:team", must be 1 to 128 letters, digits, spaces and "_.:/=+-@", not starting with "aws:"',
    ],
  ])("ValidatedCertificate: fails when %s", async (_, more, message) => {
    expect(await refusalOf(more)).toBe(message);
  });

  test("ValidatedCertificate: takes a first name of 64 characters, and longer ones behind it", async () => {
    const first = `${"a".repeat(51)}.shop.example`;
    const longer = `${"b".repeat(63)}.${"c".repeat(63)}.shop.example`;
    const run = await runWith({ domainNames: [first, longer] });

    expect(first).toHaveLength(64);
    expect(run.resource(certificate, "tls").inputs).toMatchObject({
      domainName: first,
      subjectAlternativeNames: [longer],
    });
  });

  test("ValidatedCertificate: fails with every problem at once", async () => {
    const message = await refusalOf({ domainNames: ["shop.example."], zoneId: "", zoneName: "" });

    expect(
      message
        .split("\n")
        .slice(1)
        .map((line) => line.trim().split(" ")[0]),
    ).toEqual(["args.zoneId", "args.zoneName", "args.domainNames[0]"]);
  });

  test("ValidatedCertificate: fails when it arrives late that the zone's id is none", async () => {
    expect(await refusalOf({ zoneId: later("shop.example") })).toBe(
      'args.zoneId is "shop.example", must be the id of a hosted zone, such as Z0123456789ABCDEFGHIJ',
    );
  });

  test("ValidatedCertificate: waits for a zone that a preview does not know", async () => {
    const run = await runWith({ zoneId: unknown() }, true);

    expect(run.resource(record, "tls-shop.example").sent).toMatchObject({
      zoneId: expect.stringContaining("UNKNOWN"),
    });
  });

  test("ValidatedCertificate: fails when AWS offers no validation for a name", async () => {
    const program = () => new ValidatedCertificate("tls", args);
    const { message } = await failureOf(program, { made: () => ({ domainValidationOptions: [] }) });

    expect(message).toContain("AWS Certificate Manager offers no DNS validation for shop.example");
  });
});
