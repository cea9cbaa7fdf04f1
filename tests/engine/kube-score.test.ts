import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { Backend } from "../../components/index.ts";
import { versions } from "../../local/toolchain/versions.ts";
import { type Manifest, renderManifests, toYaml } from "../../testing/index.ts";
import { testToolMilliseconds } from "../shared/test-tools.ts";
import { renderedStack } from "./rendered-programs.ts";
import { testTool } from "./rig.ts";

/** One check of one object. */
interface Finding {
  readonly object: string;
  readonly check: string;
  readonly grade: number;
}

interface ScoredObject {
  readonly object_name: string;
  readonly checks: { check: { id: string }; grade: number; skipped: boolean }[];
}

const CRITICAL = 1;
const WARNING = 5;

/** The checks whose critical findings stay, and why. */
const WAIVERS = {
  "container-image-pull-policy":
    "The image is public, so there is no pull secret to check at every start; and Pods start while its registry is down",
} as const;

/** What kube-score says of the manifests, one finding for each check that it made. */
async function score(manifests: readonly Manifest[]): Promise<Finding[]> {
  const version = `--kubernetes-version=v${versions.kubernetes.replace(/\.\d+$/, "")}`;
  const { stdout } = await execa(
    await testTool("kube-score"),
    ["score", version, "--output-format=json", "-"],
    { input: toYaml(manifests), reject: false, timeout: 60_000 }, // it fails where something is critical
  );
  return (JSON.parse(stdout) as ScoredObject[]).flatMap(({ checks, object_name }) =>
    checks
      .filter(({ skipped }) => !skipped)
      .map(({ check, grade }) => ({ object: object_name, check: check.id, grade })),
  );
}

/** The names of the checks with this grade; kube-score tells them in another order each time. */
const checksOf = (findings: readonly Finding[], wanted: number) =>
  [...new Set(findings.filter(({ grade }) => grade === wanted).map(({ check }) => check))].sort();

describe.each(["staging", "prod"])("kube-score of the stack %s", (stack) => {
  let manifests: readonly Manifest[];
  let findings: readonly Finding[];

  beforeAll(async () => {
    ({ manifests } = await renderedStack(stack));
    findings = await score(manifests);
  }, testToolMilliseconds);

  test("has the critical findings that are waived, and no other", async ({ annotate }) => {
    const critical = checksOf(findings, CRITICAL);
    const warnings = checksOf(findings, WARNING);
    await annotate(
      `kube-score ${versions.kubeScore} makes ${findings.length} checks of ${stack}; critical, all waived: ${critical}; warns of ${warnings}`,
      "figure",
    );

    expect(critical).toEqual(Object.keys(WAIVERS));
  });

  test("has objects that state no waiver of their own", () => {
    expect(JSON.stringify(manifests)).not.toContain("kube-score");
  });
});

describe("kube-score of a Backend", () => {
  const args = {
    namespace: "shop",
    image: "example/web:1",
    ports: [{ name: "http", containerPort: 8080, port: 80 }],
    readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
  };
  const criticalOf = async (patches: object) => {
    const program = () => void new Backend("web", { ...args, patches });
    const manifests = await renderManifests(program, { project: "judged", stack: "prod" });
    return checksOf(await score(manifests), CRITICAL);
  };

  test("has critical findings when its security contexts are taken away", async () => {
    const containers = [{ name: "web", securityContext: null }];
    const spec = { template: { spec: { securityContext: null, containers } } };

    const sound = await criticalOf({});
    const stripped = await criticalOf({ deployment: { spec } });

    expect(sound).toEqual(["container-image-pull-policy"]);
    expect(stripped).toEqual([
      ...sound,
      "container-security-context-readonlyrootfilesystem",
      "container-security-context-user-group-id",
    ]);
  });
});
