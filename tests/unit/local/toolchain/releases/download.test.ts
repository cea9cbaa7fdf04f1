import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { downloadFile } from "../../../../../local/toolchain/releases/download.ts";
import type { FileProgress } from "../../../../../local/toolchain/releases/download-progress.ts";
import { openTransport } from "../../../../../local/toolchain/releases/transport.ts";
import { ReleaseUnavailable } from "../../../../../local/toolchain/releases/unavailable.ts";
import { ToolchainError } from "../../../../../local/toolchain/toolchain-error.ts";
import {
  content,
  cutOnce,
  type FakePublishers,
  hangs,
  page,
  sha256,
  standsStill,
  startPublishers,
  status,
  withoutRanges,
} from "./fake-publishers.ts";
import { patience } from "./patience.ts";
import { shortLimits } from "./short-limits.ts";

const address = "https://dl.example/v1/program";
const body = "a program ".repeat(20_000);

let publishers: FakePublishers;
let folder: string;
let path: string;
let progress: FileProgress[];

beforeEach(async () => {
  publishers = await startPublishers();
  folder = await mkdtemp(join(tmpdir(), "download-"));
  path = join(folder, "program.part");
  progress = [];
});

afterEach(async () => {
  await publishers.close();
  await rm(folder, { recursive: true, force: true });
});

/** Downloads it as what it must be, or as what a test says instead. */
async function download({ limits = shortLimits, must = sha256(body), signal }: Partial<How> = {}) {
  const mirror = { base: publishers.base, authorization: undefined };
  const transport = openTransport({ env: {}, limits, mirror });
  const pin = { sha256: must, source: "the test" };
  const onProgress = (it: FileProgress) => progress.push(it);
  try {
    await downloadFile({ address, pin, path, transport, onProgress, signal });
  } finally {
    await transport.close();
  }
}

interface How {
  readonly limits: typeof shortLimits;
  readonly must: string;
  readonly signal: AbortSignal;
}

const failure = (how: Partial<How> = {}): Promise<unknown> =>
  download(how).then(
    () => "success",
    (error: unknown) => error,
  );
const here = () => readFile(path, "utf8");
/** Waits until so much has come, or more: who waits for the rest may have asked for it meanwhile. */
const partHas = (size: number) => () => {
  const file = path;
  return vi.waitFor(async () => {
    expect((await readFile(file)).length).toBeGreaterThanOrEqual(size);
  }, patience);
};
const ranges = () => publishers.got(address).map(({ range }) => range);

describe("downloadFile", patience, () => {
  test("downloadFile: brings the file and tells how far it is when all is well", async () => {
    publishers.serve(address, body);

    await download();

    expect(await here()).toBe(body);
    expect(progress.at(-1)).toEqual({ have: body.length, total: body.length });
    expect(ranges()).toEqual([undefined]);
  });

  test("downloadFile: goes on where it was when the connection is cut", async () => {
    publishers.serve(address, cutOnce(body, 50_000, partHas(50_000)));

    await download();

    expect(await here()).toBe(body);
    expect(ranges()).toEqual([undefined, "bytes=50000-"]);
  });

  test("downloadFile: goes on where an earlier run has ended", async () => {
    await writeFile(path, body.slice(0, 70_000));
    publishers.serve(address, body);

    await download();

    expect(await here()).toBe(body);
    expect(ranges()).toEqual(["bytes=70000-"]);
    expect(progress.every(({ have }) => have > 70_000)).toBe(true);
  });

  test("downloadFile: asks for nothing when an earlier run has brought all of it", async () => {
    await writeFile(path, body);

    await download();

    expect(publishers.seen).toEqual([]);
  });

  test("downloadFile: begins again when the server does not know ranges", async () => {
    publishers.serve(address, cutOnce(body, 50_000, partHas(50_000), withoutRanges(body)));

    await download();

    expect(await here()).toBe(body);
    expect(ranges()).toEqual([undefined, "bytes=50000-"]);
  });

  test.each([
    ["is of another file", "something else ".repeat(1_000)],
    ["is longer than the file", `${body} and more`],
  ])("downloadFile: begins again when what an earlier run has left %s", async (_, left) => {
    await writeFile(path, left);
    publishers.serve(address, body);

    await download();

    expect(await here()).toBe(body);
    expect(ranges().at(-1)).toBe(undefined);
  });

  test("downloadFile: begins again when the server sends another range than was asked for", async () => {
    await writeFile(path, body.slice(0, 70_000));
    publishers.serve(address, (request, response, times) => {
      if (request.headers.range !== undefined) request.headers.range = "bytes=10-";
      content(body)(request, response, times);
    });

    await download();

    expect(await here()).toBe(body);
  });

  test("downloadFile: fails with both digests and keeps nothing when it is another file", async () => {
    publishers.serve(address, "evil");

    const error = await failure();

    expect(error).toBeInstanceOf(ToolchainError);
    expect(String(error)).toContain(
      `Cannot use ${publishers.base}/dl.example/v1/program: its SHA-256 is ${sha256("evil")}, must be ${sha256(body)}, as the test says`,
    );
    expect(existsSync(path)).toBe(false);
    expect(ranges()).toHaveLength(1);
  });

  test("downloadFile: fails naming the page when one comes in its place", async () => {
    publishers.serve(address, page);

    const error = await failure();

    expect(error).toBeInstanceOf(ToolchainError);
    expect(String(error)).toContain("it is a web page (HTML), must be a file");
    expect(ranges()).toHaveLength(1);
  });

  test("downloadFile: knows a page by its first bytes when the server gives it no type", async () => {
    publishers.serve(address, "\n<html><body>Access denied</body></html>");

    expect(String(await failure())).toContain("it is a web page (HTML)");
  });

  test("downloadFile: knows a page by its type when its first bytes are not those of one", async () => {
    publishers.serve(address, (_, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("Please sign in");
    });

    expect(String(await failure())).toContain("it is a web page (HTML)");
  });

  test("downloadFile: takes a file for what it is when it merely begins with a bracket", async () => {
    publishers.serve(address, "<htmlike>");

    await download({ must: sha256("<htmlike>") });

    expect(await here()).toBe("<htmlike>");
  });

  test.each([
    [404, 1],
    [403, 1],
    [503, 3],
    [429, 3],
  ])(
    "downloadFile: fails as unavailable when the server answers %d, after %d attempts",
    async (code, attempts) => {
      publishers.serve(address, status(code));

      const error = await failure();

      expect(error).toBeInstanceOf(ReleaseUnavailable);
      expect(String(error)).toContain(`the server answers ${code}`);
      expect(ranges()).toHaveLength(attempts);
    },
  );

  test("downloadFile: brings the file when a server that was busy is so no more", async () => {
    publishers.serve(address, (request, response, times) =>
      (times === 0 ? status(503) : content(body))(request, response, times),
    );

    await download();

    expect(await here()).toBe(body);
  });

  test("downloadFile: fails as unavailable when the server never answers", async () => {
    publishers.serve(address, hangs);

    const error = await failure({ limits: { ...shortLimits, answerMilliseconds: 50 } });

    expect(error).toBeInstanceOf(ReleaseUnavailable);
    expect(String(error)).toContain("no answer within 0.05 s");
    expect(ranges()).toHaveLength(3);
  });

  test("downloadFile: fails as unavailable and keeps the part when the body stands still", async () => {
    publishers.serve(address, standsStill(body, 50_000));

    const error = await failure({
      limits: { ...shortLimits, attempts: 1, idleMilliseconds: 50 },
    });

    expect(error).toBeInstanceOf(ReleaseUnavailable);
    expect(String(error)).toContain("nothing came for 0.05 s");
    expect(await here()).toBe(body.slice(0, 50_000));
  });

  test("downloadFile: brings the file when it is slow, but moves", async () => {
    const parts = [0, 1, 2, 3, 4].map((part) => body.slice(part * 40_000, (part + 1) * 40_000));
    publishers.serve(address, async (_, response) => {
      response.setHeader("content-length", body.length);
      for (const [index, part] of parts.entries()) {
        if (index > 0) await partHas(index * part.length)();
        response.write(part);
      }
      response.end();
    });

    await download({ limits: { ...shortLimits, attempts: 1 } });

    expect(await here()).toBe(body);
  });

  test("downloadFile: ends at once and keeps the part when it is interrupted", async () => {
    publishers.serve(address, standsStill(body, 50_000));
    const interrupt = new AbortController();
    const failing = failure({ signal: interrupt.signal });
    await partHas(50_000)();

    interrupt.abort(new Error("Ctrl-C"));

    expect(await failing).toEqual(new Error("Ctrl-C"));
    expect(await here()).toBe(body.slice(0, 50_000));
  });

  test("downloadFile: fails naming the folder when it cannot be written", async () => {
    publishers.serve(address, body);
    path = join(folder, "missing", "program.part");

    await expect(download()).rejects.toThrow("ENOENT");
  });
});
