import { basename } from "node:path/posix";
import { manifestFor } from "../../../../../local/toolchain/releases/image-index.ts";
import {
  type ImageRelease,
  indexOf,
  type Platform,
  type Release,
  type ReleaseFile,
} from "../../../../../local/toolchain/releases/releases.ts";
import { tarGz } from "./archives.ts";
import { type FakePublishers, sha256 } from "./fake-publishers.ts";

/** What every program says. */
export const programOf = (tool: string): string => `#!/bin/sh\necho ${tool}\n`;

/** Serves a file and its publisher's checksum. */
export function serveFile(
  publishers: FakePublishers,
  { address, checksums }: ReleaseFile,
  content: string | Buffer,
): void {
  publishers.serve(address, content);
  publishers.serve(checksums, `${sha256(content)}  ${basename(address)}\n`);
}

const LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

/** Serves an image of two layers for one platform: what it rests on, and the program. */
export async function serveImage(
  publishers: FakePublishers,
  release: ImageRelease,
  { arch, os }: Platform,
): Promise<string> {
  const { repository, tool } = release;
  const put = (path: string, content: string | Buffer, mediaType: string) => {
    const digest = `sha256:${sha256(content)}`;
    publishers.serve(`${repository}/${path}/${digest}`, content);
    return { mediaType, digest, size: content.length };
  };
  const base = put("blobs", await tarGz([[{ name: "etc/passwd" }, "root"]]), LAYER);
  const own = put("blobs", await tarGz([[{ name: `bin/${tool}` }, programOf(tool)]]), LAYER);
  const manifest = JSON.stringify({ schemaVersion: 2, layers: [base, own] });
  const described = put("manifests", manifest, "application/vnd.oci.image.manifest.v1+json");
  const platform = { architecture: arch, os };
  const index = JSON.stringify({ schemaVersion: 2, manifests: [{ ...described, platform }] });
  publishers.serve(indexOf(release), index);
  return manifestFor(index, { arch, os }) ?? "";
}

/** Serves an archive with the programs of all releases that come from it. */
async function serveArchive(
  publishers: FakePublishers,
  file: ReleaseFile,
  releases: readonly Release[],
): Promise<void> {
  const archives = releases.filter((release) => release.kind === "archive");
  const members = archives
    .filter((release) => release.file.address === file.address)
    .flatMap((release) => release.members)
    .map(({ path, tool }) => [{ name: path }, programOf(tool)] as const);
  serveFile(publishers, file, await tarGz(members));
}

/** Serves releases as their publishers do. */
export async function serveReleases(
  publishers: FakePublishers,
  releases: readonly Release[],
  platform: Platform,
): Promise<void> {
  for (const release of releases) {
    if (release.kind === "image") await serveImage(publishers, release, platform);
    if (release.kind === "archive") await serveArchive(publishers, release.file, releases);
    if (release.kind !== "programs") continue;
    for (const { file, tool } of release.programs) serveFile(publishers, file, programOf(tool));
  }
}
