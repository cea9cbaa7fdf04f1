/**
 * Every version the local toolchain is pinned to. The Go modules behind them are pinned, with
 * their checksums, by `local/pins/<recipe>/go.mod` and `go.sum`, and Python packages by
 * `local/pins/<recipe>/requirements.txt`; a unit test keeps those files and this one in step.
 */
export const versions = {
  pulumi: "3.276.0",
  kubernetesProvider: "4.25.0",
  etcd: "3.6.16",
  kubernetes: "1.36.3",
  kwok: "0.8.0",
  awsCloudControllerManager: "1.36.2",
  moto: "5.2.5",
  /** The minor before: what the components make must suit it too. */
  olderKubernetes: "1.35.4",
  kubeScore: "1.20.0",
  kubeconform: "0.8.0",
  actionlint: "1.7.12",
  checkov: "3.3.30",
  /** Its schemas are what kubeconform judges by. */
  kubernetesValidate: "1.37.0",
  /** The last that runs on {@link oldestPython}. */
  zizmor: "1.30.1",
  metallb: "0.15.2",
  /** The newest Python package that is served; it follows the engine's version. */
  pulumiPython: "3.272.0",
  /** With the module of Pulumi that it compiles with. */
  pulumiYaml: "1.30.0",
  /** The last kubelet that runs with containerd 1 and with cgroup v1. */
  kubernetesNode: "1.35.4",
  kubeRouter: "2.2.1",
  coredns: "1.12.4",
  /** Ours: its source is in this checkout, and its image is tagged so. */
  demoApplication: "1",
  /** Ours too. */
  loadGenerator: "1",
} as const;

/** The oldest Python that the pinned packages run on. */
export const oldestPython = "3.10";
