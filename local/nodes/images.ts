import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { privateFolder } from "../files/private-folder.ts";
import { type Image, writeImage } from "../images/image.ts";
import { nodeImages } from "../images/node-images.ts";
import type { NodeParts } from "./configs.ts";

/** Writes the images that every node gets, unless they are written already, and returns their files. */
export async function ensureImages({ paths, toolchain }: NodeParts): Promise<string[]> {
  const folder = join(paths.root, "nodes", "images");
  privateFolder(folder);
  return Promise.all(
    nodeImages(toolchain.paths).map(async (image) => {
      const file = join(folder, `${digestOf(image)}.tar`);
      if (!existsSync(file)) await writeImage({ ...image, file });
      return file;
    }),
  );
}

/** The path of an executable in the cache shows from which sources it was built. */
const digestOf = (image: Image): string =>
  createHash("sha256").update(JSON.stringify(image)).digest("hex").slice(0, 16);
