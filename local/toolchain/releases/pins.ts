import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "../../files/atomic-file.ts";
import { ToolchainError } from "../toolchain-error.ts";

/** The file in the repository that says what releases must be: SHA-256 digests by address. */
export const repositoryPins = join(import.meta.dirname, "pins.json");

/** The file of a cache that keeps what publishers said when it was filled. */
export const cachePinsIn = (cacheDirectory: string): string =>
  join(cacheDirectory, "release-pins.json");

const PUBLIC = 0o644;
const DIGEST = /^[\da-f]{64}$/;

/** Digests by address. */
export type PinTable = Readonly<Record<string, string>>;

/** What a file must be, and who says so. */
export interface Pin {
  readonly sha256: string;
  /** As the end of "must be …, as … says". */
  readonly source: string;
}

/** What releases must be. */
export interface Pins {
  readonly of: (address: string) => Pin | undefined;
  /** Remembers what a publisher has said, once a file has turned out to be so. */
  readonly remember: (address: string, sha256: string) => void;
}

function isPinTable(value: unknown): value is PinTable {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((digest) => typeof digest === "string" && DIGEST.test(digest));
}

/**
 * Reads a file of pins; one that is not there has none.
 *
 * @throws ToolchainError where it holds anything else
 */
export async function readPins(file: string): Promise<PinTable> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "{}";
    throw error;
  });
  try {
    const value: unknown = JSON.parse(text);
    if (isPinTable(value)) return value;
  } catch {}
  throw new ToolchainError(`Cannot read the checksums in ${file}`, [
    `it must be one JSON object of SHA-256 digests by address; remove it (rm ${file}), or, where it belongs to the checkout, get it back (git checkout -- ${file})`,
  ]);
}

/** Writes a file of pins, sorted by address. */
export function writePins(file: string, pins: PinTable): void {
  const sorted = Object.fromEntries(Object.entries(pins).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeAtomically(file, `${JSON.stringify(sorted, undefined, 2)}\n`, { mode: PUBLIC });
}

/**
 * The pins of the repository and, where it has none, those of a cache, which takes new ones.
 *
 * @throws ToolchainError where either file holds no pins
 */
export async function openPins(cacheDirectory: string, repository = repositoryPins): Promise<Pins> {
  const cacheFile = cachePinsIn(cacheDirectory);
  const [ours, remembered] = await Promise.all([readPins(repository), readPins(cacheFile)]);
  const cached = new Map(Object.entries(remembered));

  function of(address: string): Pin | undefined {
    const [here, there] = [ours[address], cached.get(address)];
    if (here !== undefined) return { sha256: here, source: repository };
    return there === undefined ? undefined : { sha256: there, source: cacheFile };
  }
  function remember(address: string, sha256: string): void {
    if (of(address) !== undefined) return;
    cached.set(address, sha256);
    writePins(cacheFile, Object.fromEntries(cached));
  }
  return { of, remember };
}
