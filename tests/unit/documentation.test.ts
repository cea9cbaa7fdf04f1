import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { InvalidArgsError, LoadBalancerController } from "../../components/index.ts";
import type { Manifest } from "../../testing/index.ts";
import { analyzePackage, COMPONENTS, checkout } from "./support/analyze.ts";
import { classComments, guidePages, missingHeadings, page } from "./support/documents.ts";
import { type Example, examplesOf } from "./support/examples.ts";
import { renderExample, runTests } from "./support/run-example.ts";
import { typeErrors } from "./support/type-check.ts";

/** What the examples of the classes leave out: the imports, and the Backend that the entrances lead to. */
const PRELUDE = `
import { Backend, Entrance, Exposure, LoadBalancerController, LoadBalancerService, NodePortService }
  from "pulumi-kubernetes-services/components";
const frontend = new Backend("my-frontend", {
  namespace: "shop",
  image: "registry.example/my-frontend:1.4.2",
  ports: [{ name: "http", containerPort: 8080 }],
  readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
  entrances: [Entrance.NodePort, Entrance.LoadBalancer],
});
`;

/** The same for the neighbours in AWS: the front that they are around. */
const AWS_PRELUDE = `${PRELUDE}
import { AccessLogBucket, ElasticIps, DnsRecords, LoadBalancerSecurityGroup, RecordTarget, ValidatedCertificate }
  from "pulumi-kubernetes-services/aws";
const front = new LoadBalancerService("my-front", {
  cluster: { controller: LoadBalancerController.AwsLoadBalancerController },
  target: frontend.target,
  exposure: Exposure.Internal,
  ports: [{ port: 443, targetPort: "http" }],
});
`;

const pages = [
  ...[
    "README.md",
    "README.ko.md",
    "docs/architecture.md",
    "docs/comparison.md",
    "docs/environments.md",
    "docs/local-cluster.md",
  ].map(page),
  ...guidePages(),
];
const examples = [
  ...pages.flatMap((it) => examplesOf(it)),
  ...classComments().flatMap((it) => examplesOf(it, PRELUDE)),
  ...classComments("components/aws").flatMap((it) => examplesOf(it, AWS_PRELUDE)),
];
const of = (wanted: (example: Example) => boolean) =>
  examples.filter(wanted).map((example) => [example.title, example] as const);

/** The objects that a document shows, next to those that were rendered under the same names. */
function compared(manifests: readonly Manifest[], yaml: string) {
  return parseAllDocuments(yaml).map((document) => {
    const shown = document.toJS() as Manifest;
    const rendered = manifests.find(
      ({ kind, metadata }) => kind === shown.kind && metadata.name === shown.metadata.name,
    );
    return { shown, rendered };
  });
}

describe("examples", () => {
  test("examples: are on every page of the guide and in every component's documentation", () => {
    const silent = guidePages().filter(
      ({ blocks }) => !blocks.some(({ info }) => ["ts", "console"].includes(info)),
    );

    expect(silent).toEqual([]);
    expect(classComments().map(({ path }) => path)).toEqual([
      "components/backend.ts",
      "components/load-balancer-service.ts",
      "components/node-port-service.ts",
    ]);
    expect(classComments("components/aws").map(({ path }) => path)).toEqual([
      "components/aws/access-log-bucket.ts",
      "components/aws/dns-records.ts",
      "components/aws/elastic-ips.ts",
      "components/aws/load-balancer-security-group.ts",
      "components/aws/validated-certificate.ts",
    ]);
  });

  test("examples: have no type errors", () => {
    expect(typeErrors(examples)).toEqual([]);
  }, 120_000);

  test.each(of((it) => [it.refusal, it.tested, it.file].every((none) => none === undefined)))(
    "%s: yields what is shown when it is run",
    async (_, example) => {
      const manifests = await renderExample(example);

      expect(manifests).not.toEqual([]);
      for (const { whole, yaml } of example.yields) {
        for (const { rendered, shown } of compared(manifests, yaml)) {
          if (whole) expect(rendered).toEqual(shown);
          else expect(rendered).toMatchObject(shown);
        }
      }
    },
  );

  test.each(of(({ refusal }) => refusal !== undefined))(
    "%s: fails with the message that is shown when it is run",
    async (_, example) => {
      const failure = await renderExample(example).catch((error: unknown) => error);

      expect(failure).toBeInstanceOf(InvalidArgsError);
      expect((failure as Error).message).toBe(example.refusal);
    },
  );

  test.each(of(({ tested }) => tested !== undefined))(
    "%s: passes when its tests are run on the program above it",
    async (_, example) => {
      expect.hasAssertions();

      const count = await runTests(example);

      expect(count).toBeGreaterThan(0);
    },
  );
});

test.each(COMPONENTS)(
  "guide: names every argument of %s on its page",
  (component) => {
    const name = component.replaceAll(/\B[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
    const text = readFileSync(join(checkout, "docs/guide", `${name}.md`), "utf8");
    const given = Object.keys(analyzePackage().components[component]?.inputs ?? {});

    const missing = given.filter((it) => !text.includes(`\`${it}`) && !text.includes(` ${it}:`));

    expect(missing).toEqual([]);
    expect(given).toContain("ports");
  },
  60_000,
);

test("guide: has a program for every controller that makes load balancers", () => {
  const text = readFileSync(join(checkout, "docs/guide/clouds.md"), "utf8");
  const shown = [...text.matchAll(/controller: LoadBalancerController\.(\w+)/g)].map(
    ([, it]) => it,
  );

  expect([...new Set(shown), "None"]).toEqual(Object.values(LoadBalancerController));
});

test("pages: have the headings that their own links lead to", () => {
  expect(pages.flatMap(({ path }) => missingHeadings(path))).toEqual([]);
});

describe("README", () => {
  test("README: shows what it is, how to install it, a program and its YAML on the first screen", () => {
    const screen = page("README.md");
    const lines = readFileSync(join(checkout, "README.md"), "utf8").split("\n").slice(0, 40);
    const [install, program, yaml] = screen.blocks;

    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect([install?.info, program?.info, yaml?.info]).toEqual(["sh", "ts", "yaml"]);
    expect(install?.text).toContain("npm install");
    expect(lines.slice(lines.indexOf("```yaml") + 1).join("\n")).toContain(yaml?.text.trimEnd());
  });
});
