import { distributionRelease } from "./distribution.ts";
import { versions } from "./versions.ts";

/** A program of the local cluster or of its engine, named as its executable is. */
export type LocalToolName =
  | "pulumi"
  | "pulumi-language-nodejs"
  | "pulumi-resource-kubernetes"
  | "etcd"
  | "kube-apiserver"
  | "kube-controller-manager"
  | "kube-scheduler"
  | "kwok"
  | "aws-cloud-controller-manager"
  | "moto";

/** The programs of a cluster and its engine that do not depend on what its nodes are: kwok plays simulated ones. */
export type ClusterToolName = Exclude<LocalToolName, "kwok">;

/**
 * The programs that only the tests use: an older API server, judges of manifests and of workflows, a controller that gives out IPs, and
 * what programs in other languages need: Pulumi's language hosts, and a Python with Pulumi's packages. `judges` is the Python that has
 * checkov, zizmor and kubernetes-validate; kubeconform gets its schemas from the last.
 */
export const testToolNames = [
  "kube-apiserver-1.35",
  "kube-score",
  "kubeconform",
  "actionlint",
  "judges",
  "metallb-controller",
  "pulumi-language-yaml",
  "pulumi-language-python",
  "pulumi-language-go",
  "pulumi-python",
] as const;

/** The programs of a distribution's packages that real nodes and the way to them are made of. */
export const packagedToolNames = [
  "containerd",
  "containerd-shim-runc-v2",
  "ctr",
  "runc",
  "nft",
  "iptables",
  "iptables-save",
  "iptables-restore",
  "ip6tables",
  "ip6tables-save",
  "ip6tables-restore",
  "ipset",
  "conntrack",
  "ip",
  "haproxy",
  "tini",
] as const;

/** The names of the tools that only real nodes need: nodes that run containers, on Linux and as root. */
export const nodeToolNames = [
  ...packagedToolNames,
  "coredns",
  "kube-router",
  "kubelet",
  "kube-proxy",
  "demo-application",
  "load-generator",
] as const;

/** A program that comes from a distribution's packages. */
export type PackagedToolName = (typeof packagedToolNames)[number];

/** A program that only the tests use. */
export type TestToolName = (typeof testToolNames)[number];

/** A program that only real nodes need. */
export type NodeToolName = (typeof nodeToolNames)[number];

/** A program of the local toolchain. */
export type ToolName = LocalToolName | TestToolName | NodeToolName;

/** Files of a downloaded Go module, as paths inside it. */
export interface ModuleFiles {
  readonly module: string;
  readonly files: readonly string[];
}

interface RecipeBase {
  /** Folder under the cache, and, for what is not built by Go, under `local/pins/`. */
  readonly name: string;
  readonly version: string;
  /** What the recipe yields. */
  readonly tools: readonly ToolName[];
  /**
   * What building this recipe adds to the disk space in use at the peak of all, in megabytes: each its share of the 16 GB
   * that the tools of a cluster with real nodes took, two graphs at a time: bench/results/start.md.
   */
  readonly buildMegabytes: number;
  /** About how long it takes on two cores, after what shares its module graph: bench/results/start.md. */
  readonly buildSeconds: number;
}

/** How to build executables out of one pinned Go module graph. */
export interface GoRecipe extends RecipeBase {
  readonly kind: "go";
  /**
   * Folder under `local/pins/`, or under `local/programs/` if the module is ours, with the go.mod and go.sum of the graph.
   * Recipes that share a graph share its versions, so that each package is compiled once for all of them.
   */
  readonly graph: string;
  /** Packages of `package main`, in the order of `tools`. */
  readonly packages: readonly string[];
  readonly ldflags: string;
  /** Patterns of packages that are compiled a fifth faster because nothing waits for their speed: generated types. */
  readonly withoutInlining?: readonly string[];
  /** Copied beside `main.go` before the build, for `go:embed`. */
  readonly embed?: ModuleFiles;
  /** Joined into one file of several YAML documents beside the executable. */
  readonly yaml?: ModuleFiles & { readonly into: string };
}

/** How to install Python packages into a virtual environment. */
export interface PythonRecipe extends RecipeBase {
  readonly kind: "python";
}

/** How to lay out packages of a Debian-like distribution in a folder, without installing them. */
export interface DebianRecipe extends RecipeBase {
  readonly kind: "debian";
  /** What is asked of the package sources of this machine; what it depends on comes with it. */
  readonly packages: readonly string[];
}

/** How to make one entry of the cache. */
export type Recipe = GoRecipe | PythonRecipe | DebianRecipe;

/** The file with kwok's stages inside kwok's entry. */
export const kwokStagesFile = "stages.yaml";

/** The file with the kinds of objects that MetalLB's controller reads, beside its executable. */
export const metallbDefinitionsFile = "definitions.yaml";

// Without symbol tables and debug data the executables are about half the size.
const stripped = "-s -w";

const kubernetesVersion = (version: string): string => {
  const [major, minor] = version.split(".");
  const variable = "-X k8s.io/component-base/version";
  return `${variable}.gitVersion=v${version} ${variable}.gitMajor=${major} ${variable}.gitMinor=${minor}`;
};

const kwokStages = "kustomize/stage";

/** All recipes, in the order in which they are built: what fails soonest comes first. */
export const recipes: readonly Recipe[] = [
  {
    kind: "debian",
    name: "node-packages",
    // The sources tell versions only when asked; the entry holds what they offered when it was made.
    version: distributionRelease(),
    tools: packagedToolNames,
    packages: [
      "containerd",
      "runc",
      "containernetworking-plugins",
      "nftables",
      "iptables",
      "ipset",
      "conntrack",
      "iproute2",
      "haproxy",
      "tini",
    ],
    buildMegabytes: 180,
    buildSeconds: 14,
  },
  {
    kind: "python",
    name: "moto",
    version: versions.moto,
    tools: ["moto"],
    buildMegabytes: 420,
    buildSeconds: 58,
  },
  {
    kind: "go",
    name: "etcd",
    graph: "kubernetes-1.36",
    version: versions.etcd,
    tools: ["etcd"],
    packages: ["go.etcd.io/etcd/server/v3"],
    ldflags: stripped,
    buildMegabytes: 780,
    buildSeconds: 72,
  },
  {
    kind: "go",
    name: "pulumi-language-nodejs",
    graph: "pulumi",
    version: versions.pulumi,
    tools: ["pulumi-language-nodejs"],
    packages: ["./language-host"],
    ldflags: `${stripped} -X main.version=${versions.pulumi}`,
    buildMegabytes: 780,
    buildSeconds: 51,
  },
  {
    kind: "go",
    name: "pulumi",
    graph: "pulumi",
    version: versions.pulumi,
    tools: ["pulumi"],
    packages: ["github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"],
    ldflags: `${stripped} -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${versions.pulumi}`,
    buildMegabytes: 2_700,
    buildSeconds: 190,
  },
  {
    kind: "go",
    name: "kubernetes",
    graph: "kubernetes-1.36",
    version: versions.kubernetes,
    tools: ["kube-apiserver", "kube-controller-manager", "kube-scheduler"],
    packages: [
      "k8s.io/kubernetes/cmd/kube-apiserver",
      "k8s.io/kubernetes/cmd/kube-controller-manager",
      "k8s.io/kubernetes/cmd/kube-scheduler",
    ],
    ldflags: `${stripped} ${kubernetesVersion(versions.kubernetes)}`,
    buildMegabytes: 2_700,
    buildSeconds: 280,
  },
  {
    kind: "go",
    name: "kwok",
    graph: "kubernetes-1.36",
    version: versions.kwok,
    tools: ["kwok"],
    packages: ["sigs.k8s.io/kwok/cmd/kwok"],
    ldflags: stripped,
    yaml: {
      module: "sigs.k8s.io/kwok",
      files: [
        `${kwokStages}/node/fast/node-initialize.yaml`,
        `${kwokStages}/node/heartbeat-with-lease/node-heartbeat-with-lease.yaml`,
        `${kwokStages}/pod/fast/pod-ready.yaml`,
        `${kwokStages}/pod/fast/pod-complete.yaml`,
        `${kwokStages}/pod/fast/pod-delete.yaml`,
      ],
      into: kwokStagesFile,
    },
    buildMegabytes: 780,
    buildSeconds: 14,
  },
  {
    kind: "go",
    name: "aws-cloud-controller-manager",
    graph: "kubernetes-1.36",
    version: versions.awsCloudControllerManager,
    tools: ["aws-cloud-controller-manager"],
    packages: ["k8s.io/cloud-provider-aws/cmd/aws-cloud-controller-manager"],
    ldflags: `${stripped} ${kubernetesVersion(versions.awsCloudControllerManager)}`,
    buildMegabytes: 1_200,
    buildSeconds: 65,
  },
  {
    kind: "go",
    name: "pulumi-resource-kubernetes",
    graph: "pulumi-resource-kubernetes",
    version: versions.kubernetesProvider,
    tools: ["pulumi-resource-kubernetes"],
    packages: ["."],
    ldflags: `${stripped} -X github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version.Version=${versions.kubernetesProvider}`,
    withoutInlining: ["github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/..."],
    embed: {
      module: "github.com/pulumi/pulumi-kubernetes/provider/v4",
      files: [
        "cmd/pulumi-resource-kubernetes/schema.json",
        "cmd/pulumi-resource-kubernetes/terraform-mapping.json",
      ],
    },
    buildMegabytes: 3_000,
    buildSeconds: 440,
  },
  {
    kind: "go",
    name: "demo-application",
    graph: "demo-application",
    version: versions.demoApplication,
    tools: ["demo-application"],
    packages: ["."],
    ldflags: stripped,
    buildMegabytes: 150,
    buildSeconds: 1,
  },
  {
    kind: "go",
    name: "load-generator",
    graph: "load-generator",
    version: versions.loadGenerator,
    tools: ["load-generator"],
    packages: ["."],
    ldflags: stripped,
    buildMegabytes: 150,
    buildSeconds: 3,
  },
  {
    kind: "go",
    name: "kube-score",
    graph: "kube-score",
    version: versions.kubeScore,
    tools: ["kube-score"],
    packages: ["github.com/zegl/kube-score/cmd/kube-score"],
    ldflags: `${stripped} -X main.version=${versions.kubeScore}`,
    buildMegabytes: 840,
    buildSeconds: 22,
  },
  {
    kind: "go",
    name: "kubeconform",
    graph: "kubeconform",
    version: versions.kubeconform,
    tools: ["kubeconform"],
    packages: ["github.com/yannh/kubeconform/cmd/kubeconform"],
    ldflags: `${stripped} -X main.version=${versions.kubeconform}`,
    buildMegabytes: 150,
    buildSeconds: 6,
  },
  {
    kind: "go",
    name: "actionlint",
    graph: "actionlint",
    version: versions.actionlint,
    tools: ["actionlint"],
    packages: ["github.com/rhysd/actionlint/cmd/actionlint"],
    ldflags: `${stripped} -X github.com/rhysd/actionlint.version=${versions.actionlint}`,
    buildMegabytes: 150,
    buildSeconds: 10,
  },
  {
    kind: "python",
    name: "judges",
    version: versions.checkov,
    tools: ["judges"],
    buildMegabytes: 420,
    buildSeconds: 90,
  },
  {
    kind: "go",
    name: "metallb",
    graph: "metallb",
    version: versions.metallb,
    tools: ["metallb-controller"],
    packages: ["go.universe.tf/metallb/controller"],
    ldflags: stripped,
    yaml: {
      module: "go.universe.tf/metallb",
      // It starts with nothing less.
      files: [
        "bfdprofiles",
        "bgpadvertisements",
        "bgppeers",
        "communities",
        "ipaddresspools",
        "l2advertisements",
        "servicebgpstatuses",
        "servicel2statuses",
      ].map((kind) => `config/crd/bases/metallb.io_${kind}.yaml`),
      into: metallbDefinitionsFile,
    },
    buildMegabytes: 1_680,
    buildSeconds: 94,
  },
  {
    kind: "go",
    name: "kubernetes-1.35",
    graph: "kubernetes-1.35",
    version: versions.olderKubernetes,
    tools: ["kube-apiserver-1.35"],
    packages: ["k8s.io/kubernetes/cmd/kube-apiserver"],
    ldflags: `${stripped} ${kubernetesVersion(versions.olderKubernetes)}`,
    buildMegabytes: 2_880,
    buildSeconds: 160,
  },
  {
    kind: "python",
    name: "pulumi-python",
    version: versions.pulumiPython,
    tools: ["pulumi-python"],
    buildMegabytes: 420,
    buildSeconds: 40,
  },
  {
    kind: "go",
    name: "pulumi-languages",
    graph: "pulumi-languages",
    version: versions.pulumiYaml,
    tools: ["pulumi-language-yaml", "pulumi-language-python", "pulumi-language-go"],
    packages: [
      "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
      "./pulumi-language-python",
      "./pulumi-language-go",
    ],
    ldflags: stripped,
    buildMegabytes: 900,
    buildSeconds: 120,
  },
  {
    kind: "go",
    name: "coredns",
    graph: "kubernetes-1.36",
    version: versions.coredns,
    tools: ["coredns"],
    packages: ["./coredns"],
    ldflags: stripped,
    buildMegabytes: 840,
    buildSeconds: 14,
  },
  {
    kind: "go",
    name: "kube-router",
    graph: "kubernetes-1.36",
    version: versions.kubeRouter,
    tools: ["kube-router"],
    packages: ["github.com/cloudnativelabs/kube-router/v2/cmd/kube-router"],
    ldflags: stripped,
    buildMegabytes: 1_020,
    buildSeconds: 29,
  },
  {
    kind: "go",
    name: "kubernetes-node",
    graph: "kubernetes-1.35",
    version: versions.kubernetesNode,
    tools: ["kubelet", "kube-proxy"],
    packages: ["k8s.io/kubernetes/cmd/kubelet", "k8s.io/kubernetes/cmd/kube-proxy"],
    ldflags: `${stripped} ${kubernetesVersion(versions.kubernetesNode)}`,
    buildMegabytes: 2_100,
    buildSeconds: 170,
  },
];

/** The names of all tools, in the order in which they are built. */
export const toolNames: readonly ToolName[] = recipes.flatMap((recipe) => recipe.tools);

/** The names of those that the local cluster and its engine are made of. */
export const localToolNames: readonly LocalToolName[] = toolNames.filter(
  (tool): tool is LocalToolName => ![...testToolNames, ...nodeToolNames].some((it) => it === tool),
);

/** The names of those that a cluster with real nodes and its engine are made of. */
export const realNodesToolNames: readonly (ClusterToolName | NodeToolName)[] = [
  ...localToolNames.filter((tool) => tool !== "kwok"),
  ...nodeToolNames,
];
