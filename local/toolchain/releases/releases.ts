import { kwokStagesFile, type Recipe, type ToolName } from "../recipes.ts";
import { versions } from "../versions.ts";

/** A file that a publisher offers, and where he says what it must be. */
export interface ReleaseFile {
  readonly address: string;
  /** A list of SHA-256 digests that names this file, or one digest alone; nothing where none is published, and it counts only if it is pinned. */
  readonly checksums: string | undefined;
}

/** A file that is published as it is. */
export interface PlainFile {
  readonly file: ReleaseFile;
  /** Its name in the entry: a tool's, or of what belongs to one. */
  readonly name: string;
  readonly executable: boolean;
}

/** Programs that are published as they are, one file each. */
export interface PlainRelease {
  readonly kind: "plain";
  readonly files: readonly PlainFile[];
}

/** Programs inside one tar.gz. */
export interface ArchiveRelease {
  readonly kind: "archive";
  readonly file: ReleaseFile;
  readonly members: readonly { readonly path: string; readonly tool: ToolName }[];
}

/** A program inside a layer of a public image. */
export interface ProgramImage {
  /** Its registry's address for it, without an end such as `/manifests/v1`. */
  readonly repository: string;
  readonly tag: string;
  /** In whichever folder of the image. */
  readonly tool: ToolName;
}

/** Programs that come out of public images, one of each. */
export interface ImageRelease {
  readonly kind: "image";
  readonly images: readonly ProgramImage[];
}

/** How a recipe's programs come from their publisher, already built. */
export type Release = (PlainRelease | ArchiveRelease | ImageRelease) & {
  /** The size of the download in megabytes; of an archive that two releases share, the whole. Those of our own builds, packed so: bench/mirror. */
  readonly download: number;
  /** Room for the download and what is unpacked, in megabytes: the size of our own builds, rounded up; the publishers' were not measured. */
  readonly megabytes: number;
};

/** A machine's kind in the words of the Go compiler. */
export interface Platform {
  readonly os: string;
  readonly arch: string;
}

/** The platforms that any release exists for. */
export const releasePlatforms: readonly Platform[] = ["linux", "darwin"].flatMap((os) =>
  ["amd64", "arm64"].map((arch) => ({ os, arch })),
);

/** @see https://kubernetes.io/releases/download/#binaries */
function kubernetesPrograms(
  version: string,
  arch: string,
  programs: Readonly<Record<string, ToolName>>,
  { download, megabytes }: Pick<Release, "download" | "megabytes">,
): Release {
  const folder = `https://dl.k8s.io/release/v${version}/bin/linux/${arch}`;
  return {
    kind: "plain",
    files: Object.entries(programs).map(([name, tool]) => ({
      file: { address: `${folder}/${name}`, checksums: `${folder}/${name}.sha256` },
      name: tool,
      executable: true,
    })),
    download,
    megabytes,
  };
}

/** The file of a release on GitHub. */
const onGitHub = (repository: string, version: string, name: string): string =>
  `https://github.com/${repository}/releases/download/v${version}/${name}`;

/** @see https://github.com/etcd-io/etcd/releases for macOS it is a zip, and is built. */
function etcdRelease(arch: string): Release {
  const folder = `etcd-v${versions.etcd}-linux-${arch}`;
  return {
    kind: "archive",
    file: {
      address: onGitHub("etcd-io/etcd", versions.etcd, `${folder}.tar.gz`),
      checksums: onGitHub("etcd-io/etcd", versions.etcd, "SHA256SUMS"),
    },
    members: [{ path: `${folder}/etcd`, tool: "etcd" }],
    download: 22,
    megabytes: 100,
  };
}

/** @see https://www.pulumi.com/docs/install/versions/ one archive has the engine and its language hosts. */
function pulumiRelease(tool: ToolName, { arch, os }: Platform, megabytes: number): Release {
  const { pulumi } = versions;
  const architecture = arch === "amd64" ? "x64" : arch;
  const name = `pulumi-v${pulumi}-${os}-${architecture}.tar.gz`;
  return {
    kind: "archive",
    file: {
      address: `https://get.pulumi.com/releases/sdk/${name}`,
      checksums: onGitHub("pulumi/pulumi", pulumi, `pulumi-${pulumi}-checksums.txt`),
    },
    members: [{ path: `pulumi/${tool}`, tool }],
    download: 131,
    megabytes,
  };
}

/** The list's name is what its release tool gives it unasked, @see https://goreleaser.com/customization/checksum/ */
function providerRelease({ arch, os }: Platform): Release {
  const { kubernetesProvider: version } = versions;
  const tool = "pulumi-resource-kubernetes";
  const repository = "pulumi/pulumi-kubernetes";
  return {
    kind: "archive",
    file: {
      address: onGitHub(repository, version, `${tool}-v${version}-${os}-${arch}.tar.gz`),
      checksums: onGitHub(repository, version, `pulumi-kubernetes_${version}_checksums.txt`),
    },
    members: [{ path: tool, tool }],
    download: 36,
    megabytes: 400,
  };
}

/** Kubernetes' registry of images, as it is asked over https. */
const kubernetesRegistry = "https://registry.k8s.io/v2";

/**
 * The control plane out of its images, in which it is a third of the size that it has as programs.
 *
 * @see https://kubernetes.io/releases/download/#container-images
 */
const controlPlaneRelease: Release = {
  kind: "image",
  images: (["kube-apiserver", "kube-controller-manager", "kube-scheduler"] as const).map(
    (tool) => ({
      repository: `${kubernetesRegistry}/${tool}`,
      tag: `v${versions.kubernetes}`,
      tool,
    }),
  ),
  download: 82,
  megabytes: 400,
};

/** @see https://github.com/kubernetes/cloud-provider-aws#container-images */
const cloudControllerRelease: Release = {
  kind: "image",
  images: [
    {
      repository: `${kubernetesRegistry}/provider-aws/cloud-controller-manager`,
      tag: `v${versions.awsCloudControllerManager}`,
      tool: "aws-cloud-controller-manager",
    },
  ],
  download: 27,
  megabytes: 150,
};

/**
 * kwok's publisher names no checksums. Its stages are the five that our build takes from its module, as one file.
 *
 * @see https://github.com/kubernetes-sigs/kwok/blob/v0.8.0/kustomize/stage/fast/kustomization.yaml
 */
function kwokRelease({ arch, os }: Platform): Release {
  const file = (published: string): ReleaseFile => ({
    address: onGitHub("kubernetes-sigs/kwok", versions.kwok, published),
    checksums: undefined,
  });
  return {
    kind: "plain",
    files: [
      { file: file(`kwok-${os}-${arch}`), name: "kwok", executable: true },
      { file: file("stage-fast.yaml"), name: kwokStagesFile, executable: false },
    ],
    download: 65,
    megabytes: 100,
  };
}

/**
 * With all plugins of CoreDNS; our build has few.
 *
 * @see https://github.com/coredns/coredns/blob/v1.12.4/Makefile.release
 */
function corednsRelease(arch: string): Release {
  const { coredns } = versions;
  const address = onGitHub("coredns/coredns", coredns, `coredns_${coredns}_linux_${arch}.tgz`);
  return {
    kind: "archive",
    file: { address, checksums: `${address}.sha256` },
    members: [{ path: "coredns", tool: "coredns" }],
    download: 16,
    megabytes: 100,
  };
}

/**
 * Our build is of the copy that k3s keeps, since the module proxy has not the original: it differs in where one rule of the firewall
 * stands, and writes what is refused into a log that nobody reads. The tests of network policies passed with either. The list's name is what its release tool gives it unasked,
 * @see https://github.com/cloudnativelabs/kube-router/blob/v2.2.1/.goreleaser.yml
 */
function kubeRouterRelease(arch: string): Release {
  const { kubeRouter } = versions;
  const repository = "cloudnativelabs/kube-router";
  const name = (end: string): string => `kube-router_${kubeRouter}_${end}`;
  return {
    kind: "archive",
    file: {
      address: onGitHub(repository, kubeRouter, name(`linux_${arch}.tar.gz`)),
      checksums: onGitHub(repository, kubeRouter, name("checksums.txt")),
    },
    members: [{ path: "kube-router", tool: "kube-router" }],
    download: 22,
    megabytes: 100,
  };
}

/** Kubernetes' server programs and images are published for Linux alone. */
function linuxRelease(recipe: string, arch: string): Release | undefined {
  switch (recipe) {
    case "etcd":
      return etcdRelease(arch);
    case "kubernetes":
      return controlPlaneRelease;
    case "kubernetes-1.35":
      return kubernetesPrograms(
        versions.olderKubernetes,
        arch,
        { "kube-apiserver": "kube-apiserver-1.35" },
        { download: 90, megabytes: 150 },
      );
    case "kubernetes-node":
      return kubernetesPrograms(
        versions.kubernetesNode,
        arch,
        { kubelet: "kubelet", "kube-proxy": "kube-proxy" },
        { download: 154, megabytes: 200 },
      );
    case "aws-cloud-controller-manager":
      return cloudControllerRelease;
    case "coredns":
      return corednsRelease(arch);
    case "kube-router":
      return kubeRouterRelease(arch);
    default:
      return;
  }
}

/**
 * The official release of what a recipe yields, if there is one for a platform. The others are built: MetalLB and
 * kube-score, which only the tests use; and what is our own.
 */
export function releaseOf({ name }: Pick<Recipe, "name">, platform: Platform): Release | undefined {
  if (!releasePlatforms.some(({ arch, os }) => arch === platform.arch && os === platform.os))
    return;
  switch (name) {
    case "pulumi":
      return pulumiRelease("pulumi", platform, 400);
    case "pulumi-language-nodejs":
      return pulumiRelease("pulumi-language-nodejs", platform, 50);
    case "pulumi-resource-kubernetes":
      return providerRelease(platform);
    case "kwok":
      return kwokRelease(platform);
    default:
      return platform.os === "linux" ? linuxRelease(name, platform.arch) : undefined;
  }
}

/** The address of an image's index, which names the image of each platform. */
export const indexOf = ({ repository, tag }: ProgramImage): string =>
  `${repository}/manifests/${tag}`;

/** The files that a release is downloaded as; an image's are known by its index alone. */
export function filesOf(release: Release): readonly ReleaseFile[] {
  switch (release.kind) {
    case "plain":
      return release.files.map(({ file }) => file);
    case "archive":
      return [release.file];
    case "image":
      return [];
  }
}

/** The addresses by which a release is pinned. */
export const pinnedAddresses = (release: Release): readonly string[] =>
  release.kind === "image"
    ? release.images.map(indexOf)
    : filesOf(release).map(({ address }) => address);

/** How many megabytes some releases have to download; one archive counts once. */
export function downloadMegabytes(releases: readonly Release[]): number {
  const sizes = new Map(
    releases.map((release) => [pinnedAddresses(release).join(" "), release.download]),
  );
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

/** Where a release's publisher says what its files must be; an image names its parts by their digests. */
export const checksumAddresses = (release: Release): readonly string[] =>
  filesOf(release).flatMap(({ checksums }) => checksums ?? []);
