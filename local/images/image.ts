import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { buffer } from "node:stream/consumers";
import { pack } from "tar-stream";
import { writeAtomically } from "../files/atomic-file.ts";
import { goPlatform } from "../toolchain/cache.ts";

/** An image of one layer with one static executable. */
export interface Image {
  /** The name that Pods ask for it by, with its tag. */
  readonly reference: string;
  /** Path of the executable on this machine; in the image it is in the root folder. */
  readonly binary: string;
  /** Arguments that the executable always gets, before those of the Pod. */
  readonly args?: readonly string[];
}

/** An image, and the file to write it into. */
export interface WriteImageOptions extends Image {
  /** Path of the file; one that exists is replaced. */
  readonly file: string;
}

/** One file of a tar archive. */
interface ArchiveFile {
  readonly name: string;
  readonly content: Buffer;
  readonly executable?: boolean;
}

/** A user without rights, by number, so that the kubelet can tell that it is not root. */
const user = "65532:65532";

/** Packs files in the order of their names and without times, so that equal files make equal archives. */
async function archive(files: readonly ArchiveFile[]): Promise<Buffer> {
  const packing = pack();
  for (const { name, content, executable } of [...files].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    packing.entry({ name, mode: executable ? 0o755 : 0o644, mtime: new Date(0) }, content);
  }
  packing.finalize();
  return await buffer(packing);
}

/** A part of an image: its file, which is named after its digest, and how others refer to it. */
function blob(mediaType: string, content: Buffer) {
  const digest = createHash("sha256").update(content).digest("hex");
  const file: ArchiveFile = { name: `blobs/sha256/${digest}`, content };
  return { file, descriptor: { mediaType, digest: `sha256:${digest}`, size: content.length } };
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/**
 * Writes an image as an OCI image layout in a tar archive, which `ctr images import` takes. Equal executables make
 * equal bytes.
 *
 * @see https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export async function writeImage(options: WriteImageOptions): Promise<void> {
  const { file, reference, binary, args = [] } = options;
  const name = basename(binary);
  const layer = blob(
    "application/vnd.oci.image.layer.v1.tar",
    await archive([{ name, content: await readFile(binary), executable: true }]),
  );
  const config = blob(
    "application/vnd.oci.image.config.v1+json",
    json({
      architecture: goPlatform.arch,
      os: "linux",
      config: { User: user, Entrypoint: [`/${name}`, ...args], WorkingDir: "/" },
      rootfs: { type: "layers", diff_ids: [layer.descriptor.digest] },
    }),
  );
  const manifest = blob(
    "application/vnd.oci.image.manifest.v1+json",
    json({
      schemaVersion: 2,
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      config: config.descriptor,
      layers: [layer.descriptor],
    }),
  );
  const annotations = {
    "io.containerd.image.name": reference,
    "org.opencontainers.image.ref.name": reference.slice(reference.lastIndexOf(":") + 1),
  };
  const index = { schemaVersion: 2, manifests: [{ ...manifest.descriptor, annotations }] };

  const content = await archive([
    { name: "oci-layout", content: json({ imageLayoutVersion: "1.0.0" }) },
    { name: "index.json", content: json(index) },
    ...[layer, config, manifest].map((part) => part.file),
  ]);
  writeAtomically(file, content);
}
