import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { basename } from "node:path/posix";
import { manifestTypes } from "../../local/toolchain/releases/image-index.ts";
import type { PinTable } from "../../local/toolchain/releases/pins.ts";
import {
  type ArchiveRelease,
  indexOf,
  type Platform,
  type ProgramImage,
  type Release,
  type ReleaseFile,
} from "../../local/toolchain/releases/releases.ts";
import { type ArchiveMember, writeArchive } from "./write-archive.ts";

/** What a mirror needs to play the publishers of some releases. */
export interface PackedReleases {
  /** Files of this machine by their addresses. */
  readonly files: ReadonlyMap<string, string>;
  /** The digests of those whose publisher names none. */
  readonly pins: PinTable;
}

/** What is packed, and where. */
export interface Packing {
  readonly releases: readonly Release[];
  readonly platform: Platform;
  /** The program or file of this machine that has a name in an entry of the cache. */
  readonly fileOf: (name: string) => string;
  /** An existing folder. */
  readonly folder: string;
}

const [IMAGE_INDEX = "", , IMAGE_MANIFEST = ""] = manifestTypes.split(", ");
const LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

/**
 * How many bytes the publishers' archives have besides what is wanted: Pulumi's, of 131 MB at version 3.140, those of other languages;
 * etcd's, of about 23 MB, its two clients.
 */
const BESIDES: readonly (readonly [RegExp, number])[] = [
  [/\/pulumi-v[^/]*$/, 90_000_000],
  [/\/etcd-v[^/]*$/, 12_000_000],
];
const besidesIn = (address: string): number =>
  BESIDES.find(([pattern]) => pattern.test(address))?.[1] ?? 0;

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex");
}

/** Notes what is served, and writes the publishers' checksums of it. */
class Shelf {
  readonly files = new Map<string, string>();
  readonly pins: Record<string, string> = {};
  readonly #lists = new Map<string, string[]>();
  readonly #folder: string;
  #places = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A path for a new file. */
  place(): string {
    this.#places += 1;
    return join(this.#folder, String(this.#places));
  }

  async add({ address, checksums }: ReleaseFile, file: string): Promise<void> {
    this.files.set(address, file);
    const digest = await digestOf(file);
    if (checksums === undefined) {
      this.pins[address] = digest;
      return;
    }
    const list = this.#lists.get(checksums) ?? [];
    this.#lists.set(checksums, [...list, `${digest}  ${basename(address)}\n`]);
  }

  async writeLists(): Promise<void> {
    for (const [address, lines] of this.#lists) {
      const path = this.place();
      this.files.set(address, path);
      await writeFile(path, lines.join(""));
    }
  }
}

async function packArchives(shelf: Shelf, { fileOf, releases }: Packing): Promise<void> {
  const archives = releases.filter((it): it is ArchiveRelease & Release => it.kind === "archive");
  for (const [address, sharing] of Map.groupBy(archives, ({ file }) => file.address)) {
    const members = sharing
      .flatMap((release) => release.members)
      .map(({ path, tool }): ArchiveMember => ({ path, file: fileOf(tool) }));
    const target = shelf.place();
    await writeArchive(target, members, besidesIn(address));
    for (const { file } of sharing.slice(0, 1)) await shelf.add(file, target);
  }
}

/** @see https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md */
async function packImage(
  shelf: Shelf,
  { repository, tag, tool }: ProgramImage,
  { fileOf, platform }: Packing,
): Promise<void> {
  async function put(below: string, mediaType: string, write: (path: string) => Promise<void>) {
    const path = shelf.place();
    await write(path);
    const digest = `sha256:${await digestOf(path)}`;
    shelf.files.set(`${repository}/${below}/${digest}`, path);
    return { mediaType, digest, path };
  }
  const layer = await put("blobs", LAYER, (path) =>
    writeArchive(path, [{ path: `bin/${tool}`, file: fileOf(tool) }], 0),
  );
  const json = (value: object) => (path: string) => writeFile(path, JSON.stringify(value));
  const layers = [{ mediaType: layer.mediaType, digest: layer.digest }];
  const image = await put("manifests", IMAGE_MANIFEST, json({ schemaVersion: 2, layers }));
  const architecture = platform.arch;
  const manifests = [
    {
      mediaType: image.mediaType,
      digest: image.digest,
      platform: { architecture, os: platform.os },
    },
  ];
  const index = await put("manifests", IMAGE_INDEX, json({ schemaVersion: 2, manifests }));
  shelf.files.set(indexOf({ repository, tag, tool }), index.path);
}

/** Packs programs of this machine in the forms in which their publishers offer them. */
export async function packReleases(packing: Packing): Promise<PackedReleases> {
  const { fileOf, folder, releases } = packing;
  await mkdir(folder, { recursive: true });
  const shelf = new Shelf(folder);
  await packArchives(shelf, packing);
  for (const release of releases) {
    if (release.kind === "image") {
      for (const image of release.images) await packImage(shelf, image, packing);
    }
    if (release.kind !== "plain") continue;
    for (const { file, name } of release.files) await shelf.add(file, fileOf(name));
  }
  await shelf.writeLists();
  return { files: shelf.files, pins: shelf.pins };
}
