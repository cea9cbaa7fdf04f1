import { chmod, mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { settled } from "../../wait.ts";
import { atMost } from "./attempts.ts";
import { downloadFile } from "./download.ts";
import type { DownloadProgress } from "./download-progress.ts";
import { expected } from "./expected.ts";
import { fetchImage, type ImageSource } from "./fetch-image.ts";
import { dropPart } from "./part-file.ts";
import type { Pin, Pins } from "./pins.ts";
import type {
  ArchiveRelease,
  ImageRelease,
  PlainRelease,
  Platform,
  Release,
  ReleaseFile,
} from "./releases.ts";
import type { Transport } from "./transport.ts";
import { ReleaseUnavailable, Trouble } from "./unavailable.ts";
import { unpackRelease } from "./unpack.ts";

/** What releases are fetched with. */
export interface ReleaseSource {
  readonly transport: Transport;
  readonly pins: Pins;
  readonly platform: Platform;
  /** All that will be fetched. */
  readonly releases: readonly Release[];
  /** Keeps what has come of a file, for the next run too. */
  readonly folder: string;
  readonly progress: Pick<DownloadProgress, "at">;
  readonly signal?: AbortSignal | undefined;
}

/** Puts a release's programs into an existing folder. */
export type FetchRelease = (release: Release, output: string) => Promise<void>;

const EXECUTABLE = 0o755;

/** What brings files. */
interface Downloader {
  /** Downloads a file that is known by its digest, once for all who want it, and yields its path. */
  readonly fetch: (address: string, pin: Pin) => Promise<string>;
  /** Removes a file when the last of those who want it has what it needs, so that little lies there twice. */
  readonly drop: (address: string) => Promise<void>;
}

/** How many releases come out of each archive. */
function usersOf(releases: readonly Release[]): Map<string, number> {
  const archives = releases.filter((release) => release.kind === "archive");
  const groups = Map.groupBy(archives, ({ file }) => file.address);
  return new Map([...groups].map(([address, sharing]) => [address, sharing.length]));
}

function downloader(source: ReleaseSource): Downloader {
  const { folder, progress, signal, transport } = source;
  const inTurn = atMost(transport.limits.atOnce);
  const running = new Map<string, Promise<string>>();
  const users = usersOf(source.releases);

  async function fetch(address: string, pin: Pin): Promise<string> {
    const path = join(folder, `${pin.sha256}.part`); // So a part never becomes another file's.
    await mkdir(folder, { recursive: true });
    const onProgress = progress.at.bind(undefined, address);
    await inTurn(() => downloadFile({ address, pin, path, transport, onProgress, signal }));
    return path;
  }
  return {
    fetch(address, pin) {
      const download = running.get(address) ?? fetch(address, pin);
      running.set(address, download);
      return download;
    },
    async drop(address) {
      const left = (users.get(address) ?? 1) - 1;
      users.set(address, left);
      const path = await running.get(address);
      if (left === 0 && path !== undefined) await dropPart(path);
    },
  };
}

/** Downloads a file that its publisher or we know the digest of; what it turned out to be is remembered. */
async function fetchFile(
  file: ReleaseFile,
  { fetch }: Downloader,
  source: ReleaseSource,
): Promise<string> {
  const { pins, signal, transport } = source;
  const pin = await expected(file, pins, transport, signal);
  const path = await fetch(file.address, pin);
  pins.remember(file.address, pin.sha256);
  return path;
}

/** Moves files into place when all have come: one that came in vain would have to come again. */
async function fetchPlain(
  { files }: PlainRelease,
  output: string,
  downloads: Downloader,
  source: ReleaseSource,
): Promise<void> {
  const paths = await settled(files.map(({ file }) => fetchFile(file, downloads, source)));
  for (const [index, { executable, name }] of files.entries()) {
    const path = join(output, name);
    await rename(paths[index] ?? "", path);
    if (executable) await chmod(path, EXECUTABLE);
  }
}

async function fetchArchive(
  { file, members }: ArchiveRelease,
  output: string,
  downloads: Downloader,
  source: ReleaseSource,
): Promise<void> {
  const archive = await fetchFile(file, downloads, source);
  const place = source.transport.place(file.address);
  const wanted = (path: string) => members.find((member) => member.path === path)?.tool;
  const unpacking = { archive, wanted, count: members.length, folder: output };
  const found = await unpackRelease(place, { ...unpacking, signal: source.signal });
  const lacking = members.filter(({ tool }) => !found.includes(tool));
  if (lacking.length === 0) return downloads.drop(file.address);
  const reason = `it lacks ${lacking.map(({ path }) => path).join(", ")}`;
  throw new ReleaseUnavailable(place, reason, Trouble.Lasting);
}

async function fetchImages(
  { images }: ImageRelease,
  output: string,
  source: ImageSource,
): Promise<void> {
  await settled(images.map((image) => fetchImage(image, output, source)));
}

/**
 * Makes what fetches releases: several at a time, each file once.
 *
 * @throws (what it makes) ReleaseUnavailable where a release cannot be had; ToolchainError where a file is not what it must be, or the
 * disk takes no more; the signal's reason when aborted
 */
export function releaseFetcher(source: ReleaseSource): FetchRelease {
  const downloads = downloader(source);
  return (release, output) => {
    switch (release.kind) {
      case "plain":
        return fetchPlain(release, output, downloads, source);
      case "archive":
        return fetchArchive(release, output, downloads, source);
      case "image":
        return fetchImages(release, output, { ...source, ...downloads });
    }
  };
}
