import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** A folder that is served. */
export interface Served {
  readonly url: string;
  readonly close: () => void;
}

/** Serves the files of a folder to this machine alone. */
export async function serveSite(folder: string): Promise<Served> {
  const server = createServer((request, response) => {
    const path = fileAt(folder, new URL(request.url ?? "/", "http://localhost").pathname);
    if (path === undefined) {
      response.writeHead(404).end("There is no such page");
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
    createReadStream(path).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

/** A file of a folder by the path of a URL, which cannot leave the folder. */
function fileAt(folder: string, path: string): string | undefined {
  // A path that is absolute has nothing above it.
  const file = join(folder, normalize(decodeURIComponent(path)));
  return [file, `${file}.html`, join(file, "index.html")].find(
    (it) => existsSync(it) && statSync(it).isFile(),
  );
}
