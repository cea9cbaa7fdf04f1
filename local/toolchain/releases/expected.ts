import { basename } from "node:path/posix";
import { ToolchainError } from "../toolchain-error.ts";
import { digestIn } from "./checksum-list.ts";
import { readDocument } from "./document.ts";
import type { Pin, Pins } from "./pins.ts";
import type { ReleaseFile } from "./releases.ts";
import type { Transport } from "./transport.ts";
import { ReleaseUnavailable, Trouble } from "./unavailable.ts";

/** What a publisher says of a file; nothing where he publishes no checksums. */
export async function published(
  { address, checksums }: ReleaseFile,
  transport: Transport,
  signal?: AbortSignal,
): Promise<Pin | undefined> {
  if (checksums === undefined) return;
  const place = transport.place(checksums);
  try {
    const { bytes } = await readDocument(transport, { address: checksums, signal });
    const sha256 = digestIn(bytes.toString("utf8"), basename(address));
    if (sha256 !== undefined) return { sha256, source: place };
  } catch (error) {
    if (error instanceof ReleaseUnavailable && error.trouble === Trouble.Missing) return;
    throw error;
  }
  throw new ToolchainError(`Cannot use ${place}: it has no SHA-256 of ${basename(address)}`, [
    "if a proxy or a mirror is in between, see what it serves, and run the same command again",
  ]);
}

/**
 * What a file must be: as pinned, else as its publisher says.
 *
 * @throws ReleaseUnavailable where nobody says it; ToolchainError where the publisher's text says nothing of the file
 */
export async function expected(
  file: ReleaseFile,
  pins: Pins,
  transport: Transport,
  signal?: AbortSignal,
): Promise<Pin> {
  const pin = pins.of(file.address) ?? (await published(file, transport, signal));
  if (pin) return pin;
  const { address, checksums } = file;
  const none = checksums === undefined ? "" : ` at ${transport.place(checksums)}`;
  throw new ReleaseUnavailable(
    transport.place(address),
    `no checksum of it is pinned, and its publisher has none${none}`,
    Trouble.Missing,
  );
}
