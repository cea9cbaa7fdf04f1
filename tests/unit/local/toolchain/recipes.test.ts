import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkout } from "../../../../local/paths.ts";
import type { PackageManifest } from "../../../../local/refresh/plan.ts";

import { isAtLeast } from "../../../../local/toolchain/preflight.ts";
import {
  localToolNames,
  nodeToolNames,
  recipes,
  testToolNames,
  toolNames,
} from "../../../../local/toolchain/recipes.ts";
import { pinDirectory } from "../../../../local/toolchain/sources.ts";
import { versions } from "../../../../local/toolchain/versions.ts";

const pinFile = (name: string, file: string) => {
  const recipe = recipes.find((candidate) => candidate.name === name);
  if (!recipe) throw new Error(`no recipe ${name}`);
  return readFile(join(pinDirectory(recipe), file), "utf8");
};

const goRecipes = recipes.filter((recipe) => recipe.kind === "go");

describe("versions", () => {
  test.each([
    ["pulumi", `github.com/pulumi/pulumi/pkg/v3 v${versions.pulumi}`],
    ["pulumi-language-nodejs", `github.com/pulumi/pulumi/sdk/v3 v${versions.pulumi}`],
    ["etcd", `go.etcd.io/etcd/server/v3 v${versions.etcd}`],
    ["kubernetes", `k8s.io/kubernetes v${versions.kubernetes}`],
    ["kwok", `sigs.k8s.io/kwok v${versions.kwok}`],
    [
      "aws-cloud-controller-manager",
      `k8s.io/cloud-provider-aws v${versions.awsCloudControllerManager}`,
    ],
    ["kubernetes-1.35", `k8s.io/kubernetes v${versions.olderKubernetes}`],
    ["kube-score", `github.com/zegl/kube-score v${versions.kubeScore}`],
    ["kubeconform", `github.com/yannh/kubeconform v${versions.kubeconform}`],
    ["actionlint", `github.com/rhysd/actionlint v${versions.actionlint}`],
    ["metallb", `go.universe.tf/metallb v${versions.metallb}`],
    ["pulumi-languages", `github.com/pulumi/pulumi-yaml v${versions.pulumiYaml}`],
    ["kubernetes-node", `k8s.io/kubernetes v${versions.kubernetesNode}`],
    ["kube-router", `github.com/k3s-io/kube-router/v2 v${versions.kubeRouter}`],
    ["coredns", `github.com/coredns/coredns v${versions.coredns}`],
  ])("versions: are those of the module graph when it is %s's", async (name, pin) => {
    expect(await pinFile(name, "go.mod")).toContain(pin);
  });

  test("versions: are those of the provider's package when npm has installed it", async () => {
    const manifest = await readFile(
      new URL(import.meta.resolve("@pulumi/kubernetes/package.json")),
      "utf8",
    );

    expect(JSON.parse(manifest)).toMatchObject({ version: versions.kubernetesProvider });
  });

  test("versions: are those of the package that programs use when it is Pulumi's", async () => {
    const { devDependencies } = JSON.parse(
      await readFile(join(checkout, "package.json"), "utf8"),
    ) as PackageManifest;

    expect(devDependencies["@pulumi/pulumi"]).toBe(versions.pulumi);
    // What starts the engine is published later.
    expect(isAtLeast(versions.pulumi, devDependencies["pulumi"] ?? "")).toBe(true);
  });

  test.each([
    ["kubernetes", versions.kubernetes],
    ["kubernetes-1.35", versions.olderKubernetes],
    ["kubernetes-node", versions.kubernetesNode],
  ])("versions: are those of every staging module when it is %s's", async (name, version) => {
    const replaced = (await pinFile(name, "go.mod")).matchAll(/^.*k8s\.io\/\S+ => \S+ (\S+)$/gm);

    const pins = new Set([...replaced].map(([, pin]) => pin));

    expect([...pins]).toEqual([version.replace(/^1/, "v0")]);
  });

  test("versions: are one minor version apart when they are Kubernetes'", () => {
    const [newer, older] = [versions.kubernetes, versions.olderKubernetes].map((version) =>
      Number(version.split(".")[1]),
    );

    expect(older).toBe((newer ?? 0) - 1);
  });

  test("versions: are at most one minor version behind the API server when they are the nodes'", () => {
    const [server, node] = [versions.kubernetes, versions.kubernetesNode].map((version) =>
      Number(version.split(".")[1]),
    );

    expect((server ?? 0) - (node ?? 0)).toBeOneOf([0, 1]);
  });

  test("versions: have one module graph a minor version when they are Kubernetes'", () => {
    const graphs = goRecipes.filter(({ name }) => name.startsWith("kubernetes"));

    expect(new Set(graphs.map(({ graph }) => graph)).size).toBe(2);
    expect(versions.kubernetesNode).toBe(versions.olderKubernetes);
  });

  test("versions: are those of the requirements when it is moto's", async () => {
    expect(await pinFile("moto", "requirements.in")).toContain(`moto[server]==${versions.moto}\n`);
    expect(await pinFile("moto", "requirements.txt")).toContain(`\nmoto==${versions.moto} `);
  });

  test("versions: are those of the requirements when it is Python's packages of Pulumi", async () => {
    const { kubernetesProvider, pulumiPython } = versions;

    for (const pin of [`pulumi==${pulumiPython}`, `pulumi-kubernetes==${kubernetesProvider}`]) {
      expect(await pinFile("pulumi-python", "requirements.in")).toContain(`\n${pin}\n`);
      expect(await pinFile("pulumi-python", "requirements.txt")).toContain(`\n${pin} `);
    }
  });
});

describe("recipes", () => {
  test.each([
    ["checkov", versions.checkov],
    ["kubernetes-validate", versions.kubernetesValidate],
    ["zizmor", versions.zizmor],
  ])("recipes: pin the version of %s, of the judges", async (name, version) => {
    expect(await pinFile("judges", "requirements.in")).toContain(`\n${name}==${version}\n`);
    expect(await pinFile("judges", "requirements.txt")).toContain(`\n${name}==${version} `);
  });

  test.each([
    ["moto", 40],
    ["judges", 20],
    ["pulumi-python", 20],
  ])("recipes: pin every package of %s by hash when it is installed", async (name, least) => {
    const text = await pinFile(name, "requirements.txt");
    const pins = text.split("\n").filter((line) => /^[a-z]/i.test(line));

    expect(pins.length).toBeGreaterThan(least);
    expect(pins.filter((line) => !/==\S+ (;.* )?\\$/.test(line))).toEqual([]);
    expect(text).not.toMatch(/^--(index-url|extra-index-url|find-links)/m);
  });

  test.each(goRecipes.map((recipe) => [recipe.name, recipe] as const))(
    "recipes: yield one executable for each package when it is %s",
    (_, recipe) => {
      expect(recipe.packages).toHaveLength(recipe.tools.length);
    },
  );

  test("recipes: yield each tool once, and it belongs to one group, when they are all taken", () => {
    const groups = [...localToolNames, ...testToolNames, ...nodeToolNames];

    expect([...toolNames].sort()).toEqual(groups.sort());
    expect(new Set(groups).size).toBe(groups.length);
  });

  test("recipes: are not of the local cluster when only tests or real nodes use what they yield", () => {
    expect(localToolNames).toEqual(
      expect.not.arrayContaining(["kube-score", "kubelet", "containerd", "haproxy", "coredns"]),
    );
    expect(localToolNames).toContain("kube-apiserver");
  });

  test("recipes: yield only what real nodes need when they are a distribution's packages", () => {
    const packaged = recipes.filter(({ kind }) => kind === "debian").flatMap(({ tools }) => tools);

    expect(packaged).not.toEqual([]);
    expect(packaged.filter((tool) => !nodeToolNames.some((name) => name === tool))).toEqual([]);
  });

  test("recipes: name each tool's executable after its package when there are several", () => {
    for (const recipe of goRecipes.filter(({ packages }) => packages.length > 1)) {
      expect(recipe.packages.map((name) => name.split("/").at(-1))).toEqual(recipe.tools);
    }
  });
});
