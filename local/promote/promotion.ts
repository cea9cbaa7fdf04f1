import { isDeepStrictEqual } from "node:util";
import { type Document, isScalar, parse, parseDocument, stringify } from "yaml";
import { imageReference } from "../../components/validation/image-reference.ts";
import { PROJECT } from "../engine/stack.ts";
import { UserError } from "../errors.ts";

/** The keys of the configuration that name an image. */
const IMAGE_KEYS = [`${PROJECT}:image`] as const;

/** A stack's configuration, as its file has it. */
export interface StackFile {
  /** The stack's name. */
  readonly stack: string;
  /** The text of `Pulumi.<stack>.yaml`. */
  readonly text: string;
}

/** An image that changes. */
export interface ImageChange {
  /** The key of the configuration, such as `pulumi-kubernetes-services:image`. */
  readonly key: string;
  /** The image before; undefined if the key is new. */
  readonly before: string | undefined;
  /** The image afterwards. */
  readonly after: string;
}

/** What a promotion makes of the target's file. */
export interface Promotion {
  /** The new text of the target's file, the same as before except the images. */
  readonly text: string;
  /** The images that differ; empty if the target has them already. */
  readonly changes: readonly ImageChange[];
}

/**
 * Copies the images of one stack's configuration into another's. Comments, order and every other value stay as they are.
 *
 * @throws UserError if a file is not YAML with a configuration, an image is not pinned by its digest, or another value
 * would change
 */
export function promoteImages(from: StackFile, to: StackFile): Promotion {
  const source = parsed(from);
  const images = IMAGE_KEYS.map((key) => [key, pinnedImage(source, key, from.stack)] as const);
  let text = to.text;
  const changes: ImageChange[] = [];
  for (const [key, image] of images) {
    const target = parsed({ ...to, text });
    const before = currentImage(target, key, to.stack);
    if (before === image) continue;
    changes.push({ key, before, after: image });
    text = withImage(target, text, key, image);
  }
  requireSameRest(to, text, images);
  return { text, changes };
}

function parsed({ stack, text }: StackFile): Document {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    // Its message repeats the line, and that may be a password.
    const [{ line } = { line: 1 }] = error.linePos ?? [];
    throw refused(`line ${line} of Pulumi.${stack}.yaml is not YAML (${error.code}); correct it`);
  }
  if (typeof document.get("config") !== "object") {
    throw refused(
      `Pulumi.${stack}.yaml has no map "config"; set the stack's configuration with pulumi config set KEY VALUE --stack ${stack}`,
    );
  }
  return document;
}

function pinnedImage(source: Document, key: string, stack: string): string {
  const image = source.getIn(["config", key]);
  const set = `pulumi config set ${key} NAME@sha256:DIGEST --stack ${stack}`;
  if (typeof image !== "string") {
    throw refused(
      `${key} of stack "${stack}" is ${image === undefined ? "missing" : "not a plain string"}; set it with ${set}`,
    );
  }
  const problem = imageReference(image);
  if (problem !== undefined) throw refused(`${key} of stack "${stack}" is "${image}", ${problem}`);
  if (!image.includes("@")) {
    throw refused(
      `${key} of stack "${stack}" is "${image}", must be pinned by its digest, because a tag can be moved to another image; read the digest with docker buildx imagetools inspect ${image} and set it with ${set}`,
    );
  }
  return image;
}

function currentImage(target: Document, key: string, stack: string): string | undefined {
  const image: unknown = target.getIn(["config", key]);
  if (typeof image === "string") return image;
  if (image === undefined || image === null) return undefined;
  throw refused(
    `${key} of stack "${stack}" is not a plain string; remove it with pulumi config rm ${key} --stack ${stack}`,
  );
}

/** The text with another image: in the place of the one before, so that every other byte stays, or as a new key. */
function withImage(target: Document, text: string, key: string, image: string): string {
  const node = target.getIn(["config", key], true);
  if (isScalar(node) && typeof node.value === "string" && node.range) {
    const [start, valueEnd] = node.range;
    const end = start + text.slice(start, valueEnd).trimEnd().length;
    return `${text.slice(0, start)}${asYaml(image)}${text.slice(end)}`;
  }
  target.setIn(["config", key], image);
  return target.toString({ lineWidth: 0 });
}

const asYaml = (image: string): string => stringify(image, { lineWidth: 0 }).trimEnd();

/** An anchor could carry the image to other keys. */
function requireSameRest(
  { stack, text: before }: StackFile,
  after: string,
  images: readonly (readonly [string, string])[],
): void {
  const values = valuesOf(before);
  const config = { ...(values?.["config"] as object), ...Object.fromEntries(images) };
  if (isDeepStrictEqual(valuesOf(after), { ...values, config })) return;
  throw refused(
    `another value of Pulumi.${stack}.yaml would change with it; write the images there without anchors and aliases`,
  );
}

/** The values of a file; undefined if it cannot be read. */
function valuesOf(text: string): Record<string, unknown> | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

const refused = (reason: string): UserError => new UserError(`Cannot promote: ${reason}`);
