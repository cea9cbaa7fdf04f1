import { describe, expect, test } from "vitest";
import {
  layersOf,
  manifestFor,
  sha256Of,
} from "../../../../../local/toolchain/releases/image-index.ts";

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const mediaType = "application/vnd.oci.image.manifest.v1+json";
const platform = (os: string, architecture: string, digit: string) => ({
  mediaType,
  digest: digest(digit),
  platform: { os, architecture },
});

describe("manifestFor", () => {
  const index = JSON.stringify({
    manifests: [platform("linux", "amd64", "1"), platform("linux", "arm64", "2")],
  });

  test.each([
    ["amd64", digest("1")],
    ["arm64", digest("2")],
    ["riscv64", undefined],
  ])("manifestFor: finds the image when the platform is %s", (arch, expected) => {
    expect(manifestFor(index, { os: "linux", arch })).toBe(expected);
  });

  test.each([
    ["is not JSON", "<html>", "it is not JSON"],
    ["is a manifest", '{"layers":[]}', "no list of manifests"],
    ["is null", "null", "no list of manifests"],
    [
      "has a digest of another kind",
      JSON.stringify({ manifests: [{ mediaType, digest: "md5:1" }] }),
      "SHA-256",
    ],
    [
      "has a digest that leads elsewhere",
      JSON.stringify({ manifests: [{ mediaType, digest: "../x" }] }),
      "SHA-256",
    ],
  ])("manifestFor: fails when the text %s", (_, text, message) => {
    expect(() => manifestFor(text, { os: "linux", arch: "amd64" })).toThrow(message);
  });
});

describe("layersOf", () => {
  test("layersOf: yields tar.gz layers of both formats, the last first", () => {
    const layers = [
      { mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", digest: digest("1") },
      { mediaType: "application/vnd.docker.image.rootfs.diff.tar.gzip", digest: digest("2") },
      { mediaType: "application/vnd.oci.image.layer.v1.tar+zstd", digest: digest("3") },
    ];

    expect(layersOf(JSON.stringify({ layers }))).toEqual([digest("2"), digest("1")]);
  });
});

describe("sha256Of", () => {
  test("sha256Of: yields the digits when it is a digest", () => {
    expect(sha256Of(digest("a"))).toBe("a".repeat(64));
  });
});
