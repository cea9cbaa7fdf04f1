import type { Platform } from "./releases.ts";

/** A part of an image, by what it is. */
export interface Descriptor {
  readonly mediaType: string;
  /** As in `sha256:…`. */
  readonly digest: string;
}

/** What is asked for: an index of platforms, or the manifest of one; in the words of both image formats. */
export const manifestTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null;

const isDescriptor = (value: unknown): value is Fields & Descriptor =>
  isObject(value) &&
  typeof value["mediaType"] === "string" &&
  typeof value["digest"] === "string" &&
  /^sha256:[\da-f]{64}$/.test(value["digest"]);

function listIn(text: string, field: string): readonly (Fields & Descriptor)[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error("it is not JSON");
  }
  const list = isObject(value) ? value[field] : undefined;
  if (Array.isArray(list) && list.every(isDescriptor)) return list;
  throw new Error(`it has no list of ${field} with SHA-256 digests`);
}

/**
 * The manifest that an image's index names for a platform; nothing where it has none.
 *
 * @throws Error where the text is no such index
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md
 */
export function manifestFor(index: string, { arch, os }: Platform): string | undefined {
  const fits = ({ platform }: Fields): boolean =>
    isObject(platform) && platform["os"] === os && platform["architecture"] === arch;
  return listIn(index, "manifests").find(fits)?.digest;
}

/**
 * The digests of a manifest's layers that are tar.gz archives, the last one first: what an image is about comes on top of what it rests on.
 *
 * @throws Error where the text is no such manifest
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md
 */
export function layersOf(manifest: string): readonly string[] {
  return listIn(manifest, "layers")
    .filter(({ mediaType }) => /[.+]gzip$/.test(mediaType))
    .map(({ digest }) => digest)
    .reverse();
}

/** The hexadecimal digits of a digest. */
export const sha256Of = (digest: string): string => digest.replace("sha256:", "");
