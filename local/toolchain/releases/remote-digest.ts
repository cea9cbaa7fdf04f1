import { createHash } from "node:crypto";
import { expectStatus } from "./answer-status.ts";
import { persist } from "./attempts.ts";
import { isPage, looksLikePage } from "./mismatch.ts";
import type { Transport } from "./transport.ts";

const OK = 200;

async function digestOf(address: string, transport: Transport, signal?: AbortSignal) {
  const place = transport.place(address);
  const { body, header, status } = await transport.ask({ address, signal });
  const digest = createHash("sha256");
  let start = true;
  try {
    expectStatus(place, status, [OK]);
    for await (const chunk of body) {
      if (start && looksLikePage(header("content-type"), chunk)) throw isPage(place);
      start = false;
      digest.update(chunk);
    }
    return digest.digest("hex");
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof Error) || !("code" in error)) throw error;
    throw transport.explain(address, error);
  } finally {
    body.destroy();
  }
}

/**
 * The SHA-256 of a file as it comes, without keeping it.
 *
 * @throws ReleaseUnavailable where it cannot be had; ToolchainError where a web page comes instead
 */
export function remoteDigest(
  address: string,
  transport: Transport,
  signal?: AbortSignal,
): Promise<string> {
  return persist(() => digestOf(address, transport, signal), transport.limits, signal);
}
