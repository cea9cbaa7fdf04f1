import { execa } from "execa";
import { beforeAll, describe, expect, it } from "vitest";
import { Backend } from "../../components/index.ts";
import { versions } from "../../local/toolchain/versions.ts";
import { type Manifest, renderManifests, toYaml } from "../../testing/index.ts";
import { renderedStack } from "./rendered-programs.ts";
import { testTool } from "./rig.ts";
import { testToolMilliseconds } from "./test-tools.ts";

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

/** What kube-score says of the manifests, one finding for each check that it made. */
async function score(manifests: readonly Manifest[], ...options: string[]): Promise<Finding[]> {
  const version = `--kubernetes-version=v${versions.kubernetes.replace(/\.\d+$/, "")}`;
  const { stdout } = await execa(
    await testTool("kube-score"),
    ["score", version, "--output-format=json", ...options, "-"],
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

type Annotations = Readonly<Record<string, string>>;

/** The annotations of a manifest and of the Pods it makes. */
function annotationsOf(manifest: Manifest): Annotations[] {
  const { template } = (manifest["spec"] ?? {}) as { template?: Pick<Manifest, "metadata"> };
  return [manifest.metadata, template?.metadata].map(
    (metadata) => (metadata?.["annotations"] ?? {}) as Annotations,
  );
}

describe.each(["staging", "prod"])("kube-score of the stack %s", (stack) => {
  let manifests: readonly Manifest[];
  /** What is critical when no waiver counts. */
  let unwaived: string[];

  beforeAll(async () => {
    ({ manifests } = await renderedStack(stack));
    const findings = await score(manifests, "--disable-ignore-checks-annotations");
    unwaived = checksOf(findings, CRITICAL);
  }, testToolMilliseconds);

  it("T5: has no critical finding", async ({ annotate }) => {
    const findings = await score(manifests);

    const critical = findings.filter(({ grade }) => grade === CRITICAL);
    const warnings = checksOf(findings, WARNING);
    await annotate(
      `T5: kube-score ${versions.kubeScore} has ${critical.length} critical findings in ${findings.length} checks of ${stack}; warns of ${warnings}; waived: ${unwaived}`,
      "figure",
    );
    expect(critical).toEqual([]);
  });

  it("T5: has a reason beside each of at most six kinds of waivers, and none that is not needed", () => {
    const waivers = manifests.flatMap(annotationsOf).flatMap((annotations) => {
      const ignored = annotations["kube-score/ignore"]?.split(",") ?? [];
      return ignored.map((check) => [check, annotations[`kube-score-reason/${check}`]]);
    });

    const kinds = new Set(waivers.map(([check]) => check));
    expect(kinds).toEqual(new Set(unwaived));
    expect(kinds.size).toBeLessThanOrEqual(6);
    expect(waivers.filter(([, reason = ""]) => !/^\p{Lu}.{20}/u.test(reason))).toEqual([]);
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

  it("T5: has critical findings when its security contexts are taken away", async () => {
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
