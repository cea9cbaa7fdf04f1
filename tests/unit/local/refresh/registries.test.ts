import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openRegistries } from "../../../../local/refresh/registries.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "registries-"));
  vi.stubEnv("PATH", `${directory}:/usr/bin:/bin`);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true, force: true });
});

/** Puts a stand-in for a registry's client on PATH. */
async function client(name: string, script: string): Promise<void> {
  await writeFile(join(directory, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(directory, name), 0o755);
}

describe("openRegistries", () => {
  test("goModule: is every version that go lists when it answers", async () => {
    await client("go", `[ "$*" = "list -m -versions example.com/m" ] && echo "$4 v1.0.0 v1.1.0"`);

    const versions = await openRegistries(directory).goModule("example.com/m");

    expect(versions).toEqual(["v1.0.0", "v1.1.0"]);
  });

  test("goModule: is nothing when no version of the module is tagged", async () => {
    await client("go", "echo example.com/m");

    expect(await openRegistries(directory).goModule("example.com/m")).toEqual([]);
  });

  test("goModule: fails with what go says when the proxy cannot be reached", async () => {
    await client("go", 'echo "dial tcp: lookup proxy.example: no such host" >&2; exit 1');

    await expect(openRegistries(directory).goModule("example.com/m")).rejects.toThrow(
      "Cannot tell what is newest: go list -m -versions example.com/m ended with exit code 1 (dial tcp: lookup proxy.example: no such host); see to it that Go is on PATH and that GOPROXY names a proxy it can reach",
    );
  });

  test.each([
    ['["1.0.0", "1.1.0"]', ["1.0.0", "1.1.0"]],
    ['"1.0.0"', ["1.0.0"]],
  ])("npmPackage: reads the versions of the package when npm prints %s", async (json, expected) => {
    await client("npm", `[ "$*" = "view p versions --json" ] && echo '${json}'`);

    expect(await openRegistries(directory).npmPackage("p")).toEqual(expected);
  });

  test("npmPackage: fails with what npm says when it has no such package", async () => {
    await client("npm", 'echo "npm error 404 Not Found" >&2; exit 1');

    await expect(openRegistries(directory).npmPackage("p")).rejects.toThrow(
      "Cannot tell what is newest: npm view p versions --json ended with exit code 1 (npm error 404 Not Found); see to it that npm can reach its registry (npm ping)",
    );
  });

  test("npmPackage: fails with the reason of the signal when it is interrupted", async () => {
    await client("npm", "sleep 60");
    const controller = new AbortController();
    const asked = openRegistries(directory, controller.signal).npmPackage("p");

    controller.abort(new Error("enough"));

    await expect(asked).rejects.toThrow("enough");
  });
});
