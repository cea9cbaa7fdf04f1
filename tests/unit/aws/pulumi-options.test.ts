import { Provider } from "@pulumi/aws/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import {
  AccessLogBucket,
  DnsRecords,
  ElasticIps,
  LoadBalancerSecurityGroup,
  RecordTarget,
  ValidatedCertificate,
} from "../../../components/aws/index.ts";
import { AddressKind } from "../../../components/index.ts";
import { failureOf, later } from "../support/run-program.ts";
import { runAws } from "./run-aws.ts";

const zone = { zoneId: "Z0123456789", zoneName: "shop.example" };
const network = "shop-0123456789abcdef.elb.eu-west-1.amazonaws.com";

/** One of each. */
function everything(name: string, opts: pulumi.ComponentResourceOptions = {}) {
  return [
    new AccessLogBucket(`${name}-logs`, {}, opts),
    new ElasticIps(`${name}-ips`, { subnets: ["subnet-0a"] }, opts),
    new LoadBalancerSecurityGroup(
      `${name}-firewall`,
      { vpcId: "vpc-0a", ports: [{ port: 443 }], sourceRanges: ["10.0.0.0/8"] },
      opts,
    ),
    new ValidatedCertificate(`${name}-tls`, { ...zone, domainNames: ["shop.example"] }, opts),
    new DnsRecords(
      `${name}-dns`,
      {
        ...zone,
        domainName: "shop.example",
        targetKind: RecordTarget.NetworkLoadBalancer,
        address: later({ host: network, kind: AddressKind.Hostname }),
      },
      opts,
    ),
  ];
}

describe("Pulumi's options", () => {
  test("provider: makes and answers everything when it is given to the components", async () => {
    const run = await runAws(() =>
      everything("shop", { provider: new Provider("other", { region: "eu-west-1" }) }),
    );

    const made = run.resources.filter(({ type }) => type.startsWith("aws:"));
    expect(made).toHaveLength(14);
    const providers = [...made, ...run.calls].map(({ provider }) => provider ?? "");
    expect(providers.filter((it) => !it.includes("::other::"))).toEqual([]);
    expect(run.calls).toHaveLength(2);
  });

  test("components: stand beside each other when there are two of each", async () => {
    const run = await runAws(() => [everything("one"), everything("two")]);

    const names = run.resources.map(({ name, type }) => `${type} ${name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(run.resources.filter(({ name }) => name.startsWith("two-"))).toHaveLength(19);
  });
});

describe("secrets", () => {
  test("ValidatedCertificate: keeps a secret tag secret", async () => {
    const run = await runAws(
      () =>
        new ValidatedCertificate("tls", {
          ...zone,
          domainNames: ["shop.example"],
          tags: { team: pulumi.secret("hidden"), stage: "prod" },
        }),
    );

    expect(run.resource("acm/certificate:Certificate", "tls").sent).toMatchObject({
      tags: { team: { secret: "hidden" }, stage: "prod" },
    });
  });

  test("ValidatedCertificate: fails without the value when a secret one is refused", async () => {
    const zoneId = pulumi.secret("not-a-zone");
    const { message } = await failureOf(
      () => new ValidatedCertificate("tls", { ...zone, zoneId, domainNames: ["shop.example"] }),
    );

    expect(message).toBe(
      'Cannot create ValidatedCertificate "tls": args.zoneId is refused, must be the id of a hosted zone, such as Z0123456789ABCDEFGHIJ',
    );
  });
});
