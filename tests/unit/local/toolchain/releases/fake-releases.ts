import { basename } from "node:path/posix";
import {
  indexOf,
  type Platform,
  type ProgramImage,
  type Release,
  type ReleaseFile,
} from "../../../../../local/toolchain/releases/releases.ts";
import { tarGz } from "./archives.ts";
import { type FakePublishers, sha256 } from "./fake-publishers.ts";

/** What every program says. */
export const programOf = (tool: string): string => `#!/bin/sh\necho ${tool}\n`;

/** What each list of checksums says so far. */
const lists = new WeakMap<FakePublishers, Map<string, Map<string, string>>>();

/** Serves a file and, in the list of its publisher, its checksum. */
export function serveFile(
  publishers: FakePublishers,
  { address, checksums }: ReleaseFile,
  content: string | Buffer,
): void {
  publishers.serve(address, content);
  if (checksums === undefined) return;
  const all = lists.get(publishers) ?? new Map<string, Map<string, string>>();
  const list = all.get(checksums) ?? new Map<string, string>();
  lists.set(publishers, all.set(checksums, list.set(basename(address), sha256(content))));
  publishers.serve(checksums, [...list].map(([name, digest]) => `${digest}  ${name}\n`).join(""));
}

const LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

/** Serves an image of two layers for one platform and its neighbours: what it rests on, and the program. */
async function serveImage(
  publishers: FakePublishers,
  release: ProgramImage,
  { arch, os }: Platform,
): Promise<void> {
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
  const manifests = [arch, "amd64", "arm64"].map((architecture) => ({
    ...described,
    platform: { architecture, os },
  }));
  publishers.serve(indexOf(release), JSON.stringify({ schemaVersion: 2, manifests }));
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
    if (release.kind === "image") {
      for (const image of release.images) await serveImage(publishers, image, platform);
    }
    if (release.kind === "archive") await serveArchive(publishers, release.file, releases);
    if (release.kind !== "plain") continue;
    for (const { file, name } of release.files) serveFile(publishers, file, programOf(name));
  }
}
