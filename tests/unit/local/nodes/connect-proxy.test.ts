import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { connect as connectTo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { waitFor } from "../../../../local/wait.ts";

const folder = mkdtempSync(join(tmpdir(), "connect-proxy-"));
const socket = join(folder, "connect.sock");
const script = join(import.meta.dirname, "../../../../local/nodes/connect-proxy.ts");
const proxy = spawn(process.execPath, [script, socket], { stdio: "inherit" });
let echo: Server;

/** Sends a request to the proxy, and returns all that comes back. */
function ask(request: string): Promise<string> {
  const client = connectTo(socket);
  client.write(request);
  return text(client);
}

beforeAll(async () => {
  echo = createServer((connection) => connection.end("hello"));
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
  await waitFor(() => statSync(socket).mode !== 0, { awaited: "the proxy", timeoutSeconds: 20 });
});

afterAll(() => {
  proxy.kill();
  echo.close();
  rmSync(folder, { recursive: true });
});

test("connect-proxy: leads to the address that it is told", async () => {
  const address = echo.address();
  const port = typeof address === "object" ? address?.port : 0;

  expect(await ask(`CONNECT 127.0.0.1:${port} HTTP/1.1\r\nHost: x\r\n\r\n`)).toBe(
    "HTTP/1.1 200 Connection established\r\n\r\nhello",
  );
});

test.each(["[::1", "a b", "x:99999", "%"])(
  "connect-proxy: refuses %j, which is no address, and goes on",
  async (address) => {
    expect(await ask(`CONNECT ${address} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400/);
    expect(proxy.exitCode).toBeNull();
  },
);
