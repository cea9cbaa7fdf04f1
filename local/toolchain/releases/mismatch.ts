import { ToolchainError } from "../toolchain-error.ts";
import type { Pin } from "./pins.ts";

const CHECK =
  "if a proxy or a mirror is in between, see what it serves; nothing of the download is kept";

/** A file is not what it must be: nothing takes its place, for somebody may have changed it. */
export function mismatch(place: string, is: string, pin: Pin): ToolchainError {
  return new ToolchainError(
    `Cannot use ${place}: its SHA-256 is ${is}, must be ${pin.sha256}, as ${pin.source} says`,
    [
      CHECK,
      "if the publisher announces that the file was replaced, remove its line there; if not, tell the publisher, and leave it alone",
    ],
  );
}

/** A page came in the place of a file. */
export function isPage(place: string): ToolchainError {
  return new ToolchainError(`Cannot use ${place}: it is a web page (HTML), must be a file`, [
    "a mirror or a network that wants one to sign in answers so; open the address in a browser, sign in or mend the mirror, then run the same command again",
  ]);
}

/** Tells by an answer's type or its first bytes whether it is a web page. */
export function looksLikePage(contentType: string | undefined, start: Uint8Array): boolean {
  if (/^text\/html\b/i.test(contentType ?? "")) return true;
  return /^\s*<(!doctype html|html)\b/i.test(
    Buffer.from(start.subarray(0, 256)).toString("latin1"),
  );
}
