import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { versions } from "../../local/toolchain/versions.ts";
import { type Manifest, toYaml } from "../../testing/index.ts";
import { testToolMilliseconds } from "../shared/test-tools.ts";
import { judge } from "./judge.ts";
import { type JudgedProgram, judgedPrograms } from "./judged-objects.ts";
import { writeSchemas } from "./kubernetes-schemas.ts";

/** A kind of objection that stays. */
interface Waiver {
  readonly checks: readonly string[];
  readonly because: string;
}

/** What checkov and kube-score may object to, and why. Nothing else. */
const WAIVERS: readonly Waiver[] = [
  {
    checks: ["container-image-pull-policy", "CKV_K8S_15"],
    because:
      "The images are public, so there is no pull secret to check at every start; and Pods start while their registry is down",
  },
  {
    checks: ["CKV_K8S_43"],
    because:
      "Examples name a version that readers replace; the stacks that are promoted have digests",
  },
  {
    checks: ["CKV_K8S_8"],
    because:
      "A liveness probe is the user's decision: a wrong one restarts Pods that are only busy",
  },
  {
    checks: ["CKV_K8S_35"],
    because: "A guide shows how an environment variable takes its value from a Secret",
  },
  {
    checks: ["container-resources", "CKV_K8S_11", "CKV_K8S_13"],
    because: "A guide shows how the limits of a container are left out",
  },
  {
    checks: ["service-targets-pod"],
    because: "Guides show Services for Pods that somebody else makes, outside the program",
  },
];
const waived = (ours: (check: string) => boolean): readonly string[] =>
  WAIVERS.flatMap(({ checks }) => checks)
    .filter(ours)
    .sort();

interface Scored {
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
  }[];
}
const CRITICAL = 1;

/** The three minor versions whose schemas the objects must keep. */
const MINORS = ["1.35", "1.36", "1.37"] as const;

const folder = mkdtempSync(join(tmpdir(), "judged-"));
let programs: readonly JudgedProgram[];

beforeAll(async () => {
  programs = await judgedPrograms();
}, testToolMilliseconds);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const objects = () => programs.flatMap(({ manifests }) => manifests);

/** A Deployment of a stack with other fields. */
function broken(fields: (template: object) => object): Manifest {
  const sound = objects().find(({ kind }) => kind === "Deployment");
  if (sound === undefined) throw new Error("No program has a Deployment");
  const spec = sound["spec"] as { readonly template: object };
  return { ...sound, spec: { ...spec, ...fields(spec.template) } };
}

const privileged = (template: object) => ({
  template: {
    ...template,
    spec: {
      containers: [{ name: "web", image: "x:1", securityContext: { privileged: true } }],
    },
  },
});

/** Writes the objects of each program into a file of its own in a new folder. */
function written(judged: readonly JudgedProgram[]): string {
  const into = mkdtempSync(join(folder, "programs-"));
  for (const [index, { manifests }] of judged.entries()) {
    writeFileSync(join(into, `${index}.yaml`), toYaml(manifests));
  }
  return into;
}

const one = (manifest: Manifest): readonly JudgedProgram[] => [
  { name: "one", manifests: [manifest] },
];

test("waivers: are at most six, each with its reason", () => {
  expect(WAIVERS.length).toBeLessThanOrEqual(6);
  expect(WAIVERS.filter(({ because }) => because.length < 30)).toEqual([]);
});

describe(`checkov ${versions.checkov}`, () => {
  let python: string;
  beforeAll(async () => {
    python = await judge("judges");
  }, testToolMilliseconds);

  /** The checks that fail. It tells no severities without an account, so that each counts as critical. */
  async function failedChecks(judged: readonly JudgedProgram[]) {
    const options = ["--framework", "kubernetes", "--quiet", "--compact", "--output", "json"];
    const { stdout } = await execa(
      python,
      ["-m", "checkov.main", "--directory", written(judged), "--skip-download", ...options],
      { reject: false, timeout: 300_000 },
    );
    const { results, summary } = JSON.parse(stdout) as {
      readonly results: { readonly failed_checks: readonly { readonly check_id: string }[] };
      readonly summary: { readonly passed: number };
    };
    const ids = results.failed_checks.map(({ check_id }) => check_id);
    return { failed: [...new Set(ids)].sort(), passed: summary.passed };
  }

  test("checkov: has nothing against any object but what is waived", async ({ annotate }) => {
    const { failed, passed } = await failedChecks(programs);

    await annotate(
      `checkov ${versions.checkov}: ${passed} checks of ${objects().length} objects of ${programs.length} programs pass; waived: ${failed}`,
      "figure",
    );
    expect(failed).toEqual(waived((it) => it.startsWith("CKV")));
  }, 400_000);

  test("checkov: objects to a privileged container", async () => {
    const { failed } = await failedChecks(one(broken(privileged)));

    expect(failed).toContain("CKV_K8S_16");
  }, 200_000);
});

describe(`kubeconform ${versions.kubeconform}`, () => {
  let executable: string;
  let schemas: string;
  beforeAll(async () => {
    executable = await judge("kubeconform");
    schemas = writeSchemas(await judge("judges"), MINORS, objects(), join(folder, "schemas"));
  }, testToolMilliseconds);

  /** How many objects keep the schemas of a minor version, and what the others break: fields that a schema does not know are errors. */
  async function judged(manifests: readonly Manifest[], minor: string) {
    const options = ["-strict", "-summary", "-output", "json", "-schema-location", schemas];
    const { stdout } = await execa(executable, [...options, "-kubernetes-version", `${minor}.0`], {
      input: toYaml(manifests),
      reject: false,
      timeout: 60_000,
    });
    const { resources, summary } = JSON.parse(stdout) as {
      readonly resources: readonly { readonly kind: string; readonly msg: string }[];
      readonly summary: { readonly valid: number; readonly skipped: number };
    };
    return { problems: resources.map(({ kind, msg }) => `${kind}: ${msg}`), summary };
  }

  test.for(MINORS)(
    "kubeconform: finds that every object keeps the schemas of %s",
    { timeout: 100_000 },
    async (minor, { annotate }) => {
      const { problems, summary } = await judged(objects(), minor);

      await annotate(`kubeconform ${minor}: ${summary.valid} objects keep its schemas`, "figure");
      expect(problems).toEqual([]);
      expect(summary).toMatchObject({ valid: objects().length, skipped: 0 });
    },
  );

  test.each(
    MINORS.flatMap((minor) => [
      [minor, "a field that is unknown", { replica: 1 }, "'replica' not allowed"],
      [minor, "a value of another type", { replicas: "1" }, "at '/spec/replicas': got string"],
      [minor, "a field that is missing", { selector: undefined }, "missing property 'selector'"],
    ]),
  )(
    "kubeconform: objects by the schemas of %s to %s",
    async (minor, _, fields, problem) => {
      const { problems } = await judged([broken(() => fields)], minor);

      expect(problems).toEqual([expect.stringContaining(problem)]);
    },
    100_000,
  );

  test("kubeconform: objects to a kind that has no schema", async () => {
    const unknown = { ...broken(() => ({})), kind: "Deploiment" };

    expect((await judged([unknown], "1.36")).problems).toEqual([
      "Deploiment: could not find schema for Deploiment",
    ]);
  }, 100_000);
});

describe(`kube-score ${versions.kubeScore}`, () => {
  let executable: string;
  beforeAll(async () => {
    executable = await judge("kube-score");
  }, testToolMilliseconds);

  /** The checks that are critical, of all programs, each on its own. */
  async function critical(judged: readonly JudgedProgram[]): Promise<readonly string[]> {
    const folderOf = written(judged);
    const found = new Set<string>();
    for (const name of globSync("*.yaml", { cwd: folderOf })) {
      const { stdout } = await execa(
        executable,
        ["score", "--output-format=json", join(folderOf, name)],
        { reject: false, timeout: 60_000 },
      );
      for (const { checks } of JSON.parse(stdout) as readonly Scored[]) {
        for (const { check, grade, skipped } of checks) {
          if (!skipped && grade === CRITICAL) found.add(check.id);
        }
      }
    }
    return [...found].sort();
  }

  test("kube-score: has nothing against any object but what is waived", async () => {
    expect(await critical(programs)).toEqual(waived((it) => !it.startsWith("CKV")));
  }, 400_000);

  test("kube-score: objects to a privileged container", async () => {
    expect(await critical(one(broken(privileged)))).toContain(
      "container-security-context-privileged",
    );
  }, 200_000);
});
