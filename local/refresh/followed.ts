import type { versions } from "../toolchain/versions.ts";

/**
 * What follows the newest that is served. The command line and the language host are built from the Go modules, programs use
 * the package: all of them are of one version.
 */
export const engine = {
  key: "pulumi",
  graph: "pulumi",
  goModules: ["github.com/pulumi/pulumi/pkg/v3", "github.com/pulumi/pulumi/sdk/v3"],
  npmPackage: "@pulumi/pulumi",
} as const satisfies {
  /** In versions.ts. */
  readonly key: keyof typeof versions;
  /** The folder below local/pins. */
  readonly graph: string;
  readonly goModules: readonly string[];
  readonly npmPackage: string;
};

/**
 * The npm package by which `npx pulumi` starts the engine. It is published on its own and later, and starts whichever version
 * it is told to: it only must not be newer than the engine.
 */
export const launcher = "pulumi";

const sharedGraph =
  "it shares a module graph with Kubernetes, and their dependencies have to agree";

const onlyTests = "only tests use it, and they expect what this version says";

/** Why every other version stays until somebody moves it by hand. */
export const kept: Readonly<Record<Exclude<keyof typeof versions, typeof engine.key>, string>> = {
  kubernetesProvider: "its Go module is served up to this version",
  kubernetes: "the nodes may be one minor version older at most",
  olderKubernetes: "it is the minor version before that of Kubernetes",
  kubernetesNode: "later kubelets refuse containerd 1 and cgroup v1",
  etcd: sharedGraph,
  kwok: sharedGraph,
  awsCloudControllerManager: sharedGraph,
  coredns: sharedGraph,
  kubeRouter: sharedGraph,
  moto: "local/programs/simulated-aws/moto_patches.py mends the answers of this version",
  kubeScore: onlyTests,
  kubeconform: onlyTests,
  actionlint: onlyTests,
  checkov: onlyTests,
  kubernetesValidate: onlyTests,
  zizmor: onlyTests,
  metallb: onlyTests,
  pulumiPython: onlyTests,
  pulumiYaml: "its module is served up to this version, and compiles with one version of Pulumi",
  demoApplication: "it is made here",
  loadGenerator: "it is made here",
};
