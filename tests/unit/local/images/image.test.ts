import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { extract, type Header } from "tar-stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Image, writeImage } from "../../../../local/images/image.ts";
import { imageReferences, nodeImages } from "../../../../local/images/node-images.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "image-"));
  await writeFile(join(directory, "program"), "an executable");
});

afterEach(() => rm(directory, { recursive: true, force: true }));

type Archive = Map<string, { header: Header; content: Buffer }>;

async function unpack(from: Readable): Promise<Archive> {
  const entries: Archive = new Map();
  for await (const entry of from.pipe(extract())) {
    entries.set(entry.header.name, { header: entry.header, content: await buffer(entry) });
  }
  return entries;
}

const writeProgram = async (name: string, more: Partial<Image> = {}): Promise<string> => {
  const file = join(directory, name);
  await writeImage({
    file,
    reference: "example.local/program:7",
    binary: join(directory, "program"),
    ...more,
  });
  return file;
};

function contentOf(archive: Archive, name: string): Buffer {
  const entry = archive.get(name);
  if (!entry) throw new Error(`no ${name} among ${[...archive.keys()].join(", ")}`);
  return entry.content;
}

const blobName = (descriptor: { digest: string }): string =>
  `blobs/${descriptor.digest.replace(":", "/")}`;

const parsed = (archive: Archive, name: string) => JSON.parse(contentOf(archive, name).toString());

/** Follows an image from its index, as an importer does. */
async function readImage(file: string) {
  const archive = await unpack(createReadStream(file));
  const [named] = parsed(archive, "index.json").manifests;
  const manifest = parsed(archive, blobName(named));
  const config = parsed(archive, blobName(manifest.config));
  const [layer] = manifest.layers;
  const files = await unpack(Readable.from(contentOf(archive, blobName(layer))));
  return { archive, named, manifest, config, layer, files };
}

describe("writeImage", () => {
  test("writeImage: puts the executable into the root folder when its image is unpacked", async () => {
    const { files } = await readImage(await writeProgram("a.tar"));

    expect([...files.keys()]).toEqual(["program"]);
    expect(files.get("program")).toMatchObject({
      header: { mode: 0o755, uid: 0, gid: 0, type: "file" },
      content: Buffer.from("an executable"),
    });
  });

  test("writeImage: runs it as a user that is not root when the Pod names none", async () => {
    const { config } = await readImage(await writeProgram("a.tar", { args: ["pause"] }));

    expect(config).toMatchObject({
      os: "linux",
      config: { User: "65532:65532", Entrypoint: ["/program", "pause"] },
    });
  });

  test("writeImage: names the image when containerd imports it", async () => {
    const { named } = await readImage(await writeProgram("a.tar"));

    expect(named.annotations).toEqual({
      "io.containerd.image.name": "example.local/program:7",
      "org.opencontainers.image.ref.name": "7",
    });
  });

  test("writeImage: refers to every part by its digest and size when it is read back", async () => {
    const { archive, named, manifest, config, layer } = await readImage(
      await writeProgram("a.tar"),
    );

    for (const { digest, size } of [named, manifest.config, layer]) {
      const content = contentOf(archive, blobName({ digest }));
      expect(`sha256:${createHash("sha256").update(content).digest("hex")}`).toBe(digest);
      expect(content).toHaveLength(size);
    }
    expect(config.rootfs.diff_ids).toEqual([layer.digest]);
    expect(parsed(archive, "oci-layout")).toEqual({ imageLayoutVersion: "1.0.0" });
  });

  test("writeImage: writes equal bytes when the executable is equal, whenever it was made", async () => {
    const first = await readFile(await writeProgram("a.tar"));
    await utimes(join(directory, "program"), 1, 1);

    expect(await readFile(await writeProgram("b.tar"))).toEqual(first);
  });

  test("writeImage: writes other bytes when the executable is another", async () => {
    const first = await readFile(await writeProgram("a.tar"));
    await writeFile(join(directory, "program"), "another program");

    expect(await readFile(await writeProgram("a.tar"))).not.toEqual(first);
    expect((await readdir(directory)).sort()).toEqual(["a.tar", "program"]);
  });

  test("writeImage: fails when there is no executable", async () => {
    const written = writeProgram("a.tar", { binary: join(directory, "none") });

    await expect(written).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("nodeImages", () => {
  test("nodeImages: gives the sandbox the application's executable when it lists the images", () => {
    const images = nodeImages({
      "demo-application": "/cache/demo-application",
      "load-generator": "/cache/load-generator",
      coredns: "/cache/coredns",
    });

    expect(images).toEqual([
      { reference: imageReferences.demo, binary: "/cache/demo-application" },
      { reference: imageReferences.load, binary: "/cache/load-generator" },
      { reference: imageReferences.coredns, binary: "/cache/coredns" },
      { reference: imageReferences.pause, binary: "/cache/demo-application", args: ["pause"] },
    ]);
    expect(imageReferences.demo).toBe("pulumi-kubernetes-services.local/demo:1");
  });
});
