import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What one request was. */
interface Seen {
  readonly method: string;
  readonly address: string;
  readonly range: string | undefined;
  readonly authorization: string | undefined;
}

/** Answers one request; `times` counts those before for the same address. */
export type Handler = (request: IncomingMessage, response: ServerResponse, times: number) => void;

/** A server on 127.0.0.1 that plays every publisher: it is the mirror. */
export interface FakePublishers {
  /** The value of the mirror's variable. */
  readonly base: string;
  readonly seen: Seen[];
  /** What is got with a GET, by its address at the publisher. */
  readonly got: (address: string) => Seen[];
  readonly serve: (address: string, answer: Handler | string | Buffer) => void;
  readonly close: () => Promise<void>;
}

/** The digest of some content. */
export const sha256 = (content: string | Buffer): string =>
  createHash("sha256").update(content).digest("hex");

/** Answers as a good server does, with ranges. */
export const content =
  (body: string | Buffer): Handler =>
  (request, response) => {
    const bytes = Buffer.from(body);
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    if (from >= bytes.length && from > 0) return void response.writeHead(416).end();
    if (from > 0) {
      response.setHeader("content-range", `bytes ${from}-${bytes.length - 1}/${bytes.length}`);
      response.statusCode = 206;
    }
    response.setHeader("content-length", bytes.length - from);
    response.end(request.method === "HEAD" ? undefined : bytes.subarray(from));
  };

/** Sends all of it, whatever range is asked for. */
export const withoutRanges =
  (body: string | Buffer): Handler =>
  (request, response, times) => {
    delete request.headers.range;
    content(body)(request, response, times);
  };

/** Cuts the connection when some bytes have come, the first time; afterwards it is good. */
export const cutOnce =
  (
    body: string | Buffer,
    after: number,
    haveCome: () => Promise<unknown>,
    then: Handler = content(body),
  ): Handler =>
  (request, response, times) => {
    if (times > 0 || request.method === "HEAD") return then(request, response, times);
    const bytes = Buffer.from(body);
    response.setHeader("content-length", bytes.length);
    response.write(bytes.subarray(0, after));
    const cut = () => response.destroy();
    haveCome().then(cut, cut); // a test that has ended does not wait for it any more
  };

/** Sends its first bytes and then nothing more. */
export const standsStill =
  (body: string | Buffer, after: number): Handler =>
  (_, response) => {
    const bytes = Buffer.from(body);
    response.setHeader("content-length", bytes.length);
    response.write(bytes.subarray(0, after));
  };

/** Takes requests and never answers. */
export const hangs: Handler = () => undefined;

/** Answers with nothing but a status. */
export const status =
  (code: number): Handler =>
  (_, response) =>
    void response.writeHead(code).end();

/** Sends on to another address. */
export const redirects =
  (location: string): Handler =>
  (_, response) =>
    void response.writeHead(302, { location }).end();

/** What a captive portal answers. */
export const page: Handler = (_, response) =>
  void response
    .writeHead(200, { "content-type": "text/html; charset=utf-8" })
    .end("<!DOCTYPE html><title>Sign in</title>");

/** Starts the server; every address it was not told of is not found. */
export async function startPublishers(): Promise<FakePublishers> {
  const handlers = new Map<string, Handler>();
  const times = new Map<string, number>();
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const address = `https:/${request.url}`;
    const { authorization, range } = request.headers;
    seen.push({ method: request.method ?? "", address, range, authorization });
    const count = request.method === "GET" ? (times.get(address) ?? 0) : 0;
    if (request.method === "GET") times.set(address, count + 1);
    (handlers.get(address) ?? status(404))(request, response, count);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    seen,
    got: (address) => seen.filter((it) => it.method === "GET" && it.address === address),
    serve: (address, answer) =>
      void handlers.set(address, typeof answer === "function" ? answer : content(answer)),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
