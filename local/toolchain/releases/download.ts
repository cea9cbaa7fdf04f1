import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { expectStatus } from "./answer-status.ts";
import { persist } from "./attempts.ts";
import type { FileProgress } from "./download-progress.ts";
import { isPage, looksLikePage, mismatch } from "./mismatch.ts";
import { dropPart, type Part, readPart } from "./part-file.ts";
import type { Pin } from "./pins.ts";
import { storageTrouble } from "./storage-trouble.ts";
import type { Answer, Transport } from "./transport.ts";
import { ReleaseUnavailable, Trouble } from "./unavailable.ts";

/** A file to download. */
export interface Download {
  readonly address: string;
  /** What it must be. */
  readonly pin: Pin;
  /** Where it comes; what an earlier run has left there is gone on with. */
  readonly path: string;
  readonly transport: Transport;
  readonly onProgress: (progress: FileProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

const OK = 200;
const PARTIAL_CONTENT = 206;
const RANGE_NOT_SATISFIABLE = 416;
const PRIVATE = 0o600;

/** More than twice the largest program; what is larger is not what we ask for. */
const MOST_BYTES = 2_000_000_000;

const hex = ({ hash }: Part): string => hash.copy().digest("hex");

/** How long the whole file is, if the server says so. */
function totalOf({ header, status }: Answer): number | undefined {
  const range = /^bytes \d+-\d+\/(\d+)$/.exec(header("content-range") ?? "")?.[1];
  const total = status === PARTIAL_CONTENT ? range : header("content-length");
  return total === undefined ? undefined : Number(total);
}

/** Passes a body on while it is looked at and counted. */
async function* counted(answer: Answer, place: string, from: number, download: Download) {
  const total = totalOf(answer);
  let have = from;
  for await (const chunk of answer.body) {
    if (have === 0 && looksLikePage(answer.header("content-type"), chunk)) throw isPage(place);
    have += chunk.length;
    if (have > MOST_BYTES) {
      const reason = `it has more than ${MOST_BYTES} bytes`;
      throw new ReleaseUnavailable(place, reason, Trouble.Lasting);
    }
    download.onProgress({ have, total });
    yield chunk;
  }
  if (total !== undefined && have < total) {
    const reason = `the connection was cut after ${have} of ${total} bytes`;
    throw new ReleaseUnavailable(place, reason, Trouble.Passing);
  }
}

function explained(error: unknown, { address, path, transport }: Download): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  return storageTrouble(transport.place(address), path, error) ?? transport.explain(address, error);
}

/** Asks for what is missing and adds it to the part, or begins again where the server does. */
async function fetchRest(part: Part, download: Download): Promise<void> {
  const { address, path, signal, transport } = download;
  const place = transport.place(address);
  const range = part.size > 0 ? { range: `bytes=${part.size}-` } : {};
  const headers = { "accept-encoding": "identity", ...range };
  const answer = await transport.ask({ address, headers, signal });
  try {
    if (answer.status === RANGE_NOT_SATISFIABLE) {
      await dropPart(path);
      throw new ReleaseUnavailable(place, "it is shorter than its part", Trouble.Passing);
    }
    expectStatus(place, answer.status, part.size > 0 ? [OK, PARTIAL_CONTENT] : [OK]);
    // A server may send all of it instead. One that sends another range is found out by the digest.
    const from = answer.status === PARTIAL_CONTENT ? part.size : 0;
    const file = createWriteStream(path, { flags: from > 0 ? "a" : "w", mode: PRIVATE });
    await pipeline(counted(answer, place, from, download), file, signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    throw explained(error, download);
  } finally {
    answer.body.destroy();
  }
}

/** One attempt: goes on with the part, and judges what it has become. */
async function attempt(download: Download): Promise<void> {
  const { address, path, pin, signal, transport } = download;
  const place = transport.place(address);
  const before = await readPart(path, signal);
  if (hex(before) === pin.sha256) return download.onProgress(whole(before));

  await fetchRest(before, download);
  const after = await readPart(path, signal);
  const is = hex(after);
  if (is === pin.sha256) return download.onProgress(whole(after));

  await dropPart(path);
  // What was there before may have been at fault: it is believed of a download in one piece alone.
  if (before.size === 0) throw mismatch(place, is, pin);
  throw new ReleaseUnavailable(place, "its two parts do not fit together", Trouble.Passing);
}

const whole = ({ size }: Part): FileProgress => ({ have: size, total: size });

/**
 * Downloads a file, goes on where an earlier run or a cut connection has ended, and verifies it.
 *
 * @throws ToolchainError where it is not what it must be, a web page comes instead or the disk takes no more; ReleaseUnavailable where it
 * cannot be had; the signal's reason when aborted, and what has come stays
 */
export function downloadFile(download: Download): Promise<void> {
  const { signal, transport } = download;
  return persist(() => attempt(download), transport.limits, signal);
}
