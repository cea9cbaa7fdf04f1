import { expectStatus } from "./answer-status.ts";
import { persist } from "./attempts.ts";
import { isPage, looksLikePage } from "./mismatch.ts";
import type { Question, Transport } from "./transport.ts";
import { ReleaseUnavailable, Trouble } from "./unavailable.ts";

const OK = 200;
/** Lists of checksums and image manifests have some kilobytes. */
const MOST_BYTES = 4 * 1024 ** 2;

/** A short file in memory, and the headers it came with. */
export interface SmallDocument {
  readonly bytes: Buffer;
  readonly header: (name: string) => string | undefined;
}

async function read(transport: Transport, question: Question): Promise<SmallDocument> {
  const place = transport.place(question.address);
  const { body, header, status } = await transport.ask(question);
  try {
    expectStatus(place, status, [OK]);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MOST_BYTES) {
        const reason = `it has more than ${MOST_BYTES} bytes, must be a short text`;
        throw new ReleaseUnavailable(place, reason, Trouble.Lasting);
      }
    }
    const bytes = Buffer.concat(chunks);
    if (looksLikePage(header("content-type"), bytes)) throw isPage(place);
    return { bytes, header };
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    question.signal?.throwIfAborted();
    throw transport.explain(question.address, error);
  } finally {
    body.destroy();
  }
}

/**
 * Reads a short file, trying again where that may help.
 *
 * @throws ReleaseUnavailable where it cannot be had; ToolchainError where a web page comes instead
 */
export function readDocument(transport: Transport, question: Question): Promise<SmallDocument> {
  return persist(() => read(transport, question), transport.limits, question.signal);
}
