import { describe, expect, test } from "vitest";
import { kwokStagesFile, recipes } from "../../../../../local/toolchain/recipes.ts";
import {
  checksumAddresses,
  pinnedAddresses,
  type Release,
  releaseOf,
  releasePlatforms,
} from "../../../../../local/toolchain/releases/releases.ts";
import { versions } from "../../../../../local/toolchain/versions.ts";

const linux = { os: "linux", arch: "amd64" };
const macos = { os: "darwin", arch: "arm64" };

const released = (platform: { os: string; arch: string }) =>
  recipes.filter((recipe) => releaseOf(recipe, platform)).map(({ name }) => name);

const toolsOf = (release: Release): string[] => {
  switch (release.kind) {
    case "plain":
      return release.files.filter(({ executable }) => executable).map(({ name }) => name);
    case "archive":
      return release.members.map(({ tool }) => tool);
    case "image":
      return release.images.map(({ tool }) => tool);
  }
};

const all = releasePlatforms.flatMap((platform) =>
  recipes.flatMap((recipe) => {
    const release = releaseOf(recipe, platform);
    return release
      ? [{ recipe, release, name: `${recipe.name} ${platform.os}/${platform.arch}` }]
      : [];
  }),
);

describe("releaseOf", () => {
  test("releaseOf: knows what is published for Linux", () => {
    expect(released(linux)).toEqual([
      "etcd",
      "pulumi-language-nodejs",
      "pulumi",
      "kubernetes",
      "kwok",
      "aws-cloud-controller-manager",
      "pulumi-resource-kubernetes",
      "kubernetes-1.35",
      "coredns",
      "kube-router",
      "kubernetes-node",
    ]);
  });

  test("releaseOf: knows what is published for macOS", () => {
    expect(released(macos)).toEqual([
      "pulumi-language-nodejs",
      "pulumi",
      "kwok",
      "pulumi-resource-kubernetes",
    ]);
  });

  test.each([
    { os: "win32", arch: "amd64" },
    { os: "linux", arch: "riscv64" },
  ])("releaseOf: knows nothing when the platform is $os/$arch", (platform) => {
    expect(released(platform)).toEqual([]);
  });

  test.each(all)(
    "releaseOf: yields each tool of the recipe once when it is $name",
    ({ recipe, release }) => {
      expect(toolsOf(release)).toEqual(recipe.tools);
    },
  );

  test.each(all)(
    "releaseOf: comes over https and names its version when it is $name",
    ({ recipe, release }) => {
      const addresses = pinnedAddresses(release);

      expect(addresses).not.toEqual([]);
      for (const address of [...addresses, ...checksumAddresses(release)]) {
        expect(new URL(address).protocol).toBe("https:");
        expect(address).toContain(recipe.version);
      }
    },
  );

  test.each([
    [
      "etcd",
      linux,
      `https://github.com/etcd-io/etcd/releases/download/v${versions.etcd}/etcd-v${versions.etcd}-linux-amd64.tar.gz`,
    ],
    [
      "pulumi",
      linux,
      `https://get.pulumi.com/releases/sdk/pulumi-v${versions.pulumi}-linux-x64.tar.gz`,
    ],
    [
      "pulumi",
      macos,
      `https://get.pulumi.com/releases/sdk/pulumi-v${versions.pulumi}-darwin-arm64.tar.gz`,
    ],
    [
      "kubernetes-1.35",
      linux,
      `https://dl.k8s.io/release/v${versions.olderKubernetes}/bin/linux/amd64/kube-apiserver`,
    ],
    [
      "coredns",
      linux,
      `https://github.com/coredns/coredns/releases/download/v${versions.coredns}/coredns_${versions.coredns}_linux_amd64.tgz`,
    ],
    [
      "kube-router",
      linux,
      `https://github.com/cloudnativelabs/kube-router/releases/download/v${versions.kubeRouter}/kube-router_${versions.kubeRouter}_linux_amd64.tar.gz`,
    ],
    [
      "aws-cloud-controller-manager",
      linux,
      `https://registry.k8s.io/v2/provider-aws/cloud-controller-manager/manifests/v${versions.awsCloudControllerManager}`,
    ],
  ] as const)("releaseOf: asks the publisher where it keeps %s", (name, platform, address) => {
    const release = releaseOf({ name }, platform);

    expect(release && pinnedAddresses(release)).toEqual([address]);
  });

  test("releaseOf: brings kwok's stages under the name that they have when it is built", () => {
    const release = releaseOf({ name: "kwok" }, linux);

    expect(release?.kind === "plain" && release.files.map(({ name }) => name)).toEqual([
      "kwok",
      kwokStagesFile,
    ]);
  });

  test("releaseOf: takes the engine and its language host from one archive", () => {
    const [engine, host] = ["pulumi", "pulumi-language-nodejs"].map((name) =>
      releaseOf({ name }, linux),
    );

    expect(engine && pinnedAddresses(engine)).toEqual(host && pinnedAddresses(host));
  });
});
