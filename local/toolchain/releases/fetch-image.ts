import { createHash } from "node:crypto";
import { basename } from "node:path/posix";
import { messageOf } from "../../errors.ts";
import { readDocument, type SmallDocument } from "./document.ts";
import { layersOf, manifestFor, manifestTypes, sha256Of } from "./image-index.ts";
import { mismatch } from "./mismatch.ts";
import type { Pin, Pins } from "./pins.ts";
import { indexOf, type Platform, type ProgramImage } from "./releases.ts";
import type { Transport } from "./transport.ts";
import { ReleaseUnavailable, Trouble } from "./unavailable.ts";
import { unpackRelease } from "./unpack.ts";

/** What an image's parts are fetched with. */
export interface ImageSource {
  readonly platform: Platform;
  readonly pins: Pins;
  readonly transport: Transport;
  /** Downloads a file that is known by its digest and yields its path. */
  readonly fetch: (address: string, pin: Pin) => Promise<string>;
  /** Forgets a file that is not needed any more. */
  readonly drop: (address: string) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** Reads a manifest and holds it against a pin. */
async function manifest(address: string, pin: Pin | undefined, source: ImageSource) {
  const { signal, transport } = source;
  const question = { address, headers: { accept: manifestTypes }, signal };
  const document = await readDocument(transport, question);
  const is = sha256(document.bytes);
  if (pin && is !== pin.sha256) throw mismatch(transport.place(address), is, pin);
  return document;
}

/** A registry tells the digest of what it sends: an answer that was cut or changed on its way differs. */
function checkAgainstHeader({ bytes, header }: SmallDocument, place: string): void {
  const digest = header("docker-content-digest");
  if (digest === undefined) return;
  const pin = { sha256: sha256Of(digest), source: "the registry's docker-content-digest" };
  if (sha256(bytes) !== pin.sha256) throw mismatch(place, sha256(bytes), pin);
}

function understood<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new ReleaseUnavailable(place, messageOf(error), Trouble.Lasting);
  }
}

/** The digest of the image for a platform. An index that nothing is known of is believed once, over https, and then pinned. */
async function imageFor(release: ProgramImage, source: ImageSource): Promise<string> {
  const { pins, platform, transport } = source;
  const address = indexOf(release);
  const place = transport.place(address);
  const index = await manifest(address, pins.of(address), source);
  checkAgainstHeader(index, place);
  const digest = understood(place, () => manifestFor(index.bytes.toString("utf8"), platform));
  if (digest === undefined) {
    const reason = `it has no image for ${platform.os}/${platform.arch}`;
    throw new ReleaseUnavailable(place, reason, Trouble.Missing);
  }
  pins.remember(address, sha256(index.bytes));
  return digest;
}

/**
 * Takes a program out of a public image, without a container engine: of the index the image of this platform, of that the layer with the
 * program, each verified by the digest that the one before names.
 *
 * @param folder - an existing folder, in which the program is put
 * @throws ReleaseUnavailable where it cannot be had; ToolchainError where a part is not what it must be
 * @see https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pull
 */
export async function fetchImage(
  release: ProgramImage,
  folder: string,
  source: ImageSource,
): Promise<void> {
  const { repository, tool } = release;
  const pinned = (digest: string): Pin => ({ sha256: sha256Of(digest), source: "its address" });
  const image = await imageFor(release, source);
  const address = `${repository}/manifests/${image}`;
  const { bytes } = await manifest(address, pinned(image), source);
  const place = source.transport.place(address);
  for (const layer of understood(place, () => layersOf(bytes.toString("utf8")))) {
    const blob = `${repository}/blobs/${layer}`;
    const archive = await source.fetch(blob, pinned(layer));
    const wanted = (path: string) => (basename(path) === tool ? tool : undefined);
    const unpacking = { archive, wanted, count: 1, folder, signal: source.signal };
    const found = await unpackRelease(source.transport.place(blob), unpacking);
    if (found.length > 0) return source.drop(blob); // Others may rest on the same layers, but have another with their program.
  }
  throw new ReleaseUnavailable(place, `no layer of it has ${tool}`, Trouble.Lasting);
}
