import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import { throttle } from "./throttle.ts";

/** A server on 127.0.0.1 that plays every publisher: a mirror of their files. */
export interface ServedMirror {
  /** The value of the mirror's variable. */
  readonly base: string;
  /** How many bytes were sent so far. */
  readonly sent: () => number;
  readonly close: () => Promise<void>;
}

const CHUNK_BYTES = 64 * 1024;
const NOT_FOUND = 404;
const PARTIAL_CONTENT = 206;

type Send = (path: string, from: number, response: ServerResponse) => Promise<void>;

async function answer(
  files: ReadonlyMap<string, string>,
  send: Send,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = files.get(`https:/${request.url}`);
  if (path === undefined) return void response.writeHead(NOT_FOUND).end();
  const { size } = await stat(path);
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  if (from > 0) {
    response.setHeader("content-range", `bytes ${from}-${size - 1}/${size}`);
    response.statusCode = PARTIAL_CONTENT;
  }
  response.setHeader("content-type", "application/octet-stream");
  response.setHeader("content-length", size - from);
  if (request.method === "HEAD") return void response.end();
  await send(path, from, response);
}

/**
 * Serves files by their addresses at their publishers.
 *
 * @param bytesPerSecond - of all connections together
 */
export async function serveMirror(
  files: ReadonlyMap<string, string>,
  bytesPerSecond: number,
): Promise<ServedMirror> {
  const pass = throttle(bytesPerSecond);
  let sent = 0;
  const send: Send = async (path, from, response) => {
    const file = createReadStream(path, { start: from, highWaterMark: CHUNK_BYTES });
    async function* slowly(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        await pass(chunk.length);
        sent += chunk.length;
        yield chunk;
      }
    }
    await pipeline(file, slowly, response);
  };
  const server = createServer((request, response) => {
    answer(files, send, request, response).catch(() => response.destroy()); // the client has gone
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    sent: () => sent,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
