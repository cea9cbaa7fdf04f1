import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { distributionRelease } from "../../../../local/toolchain/distribution.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "distribution-"));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

describe("distributionRelease", () => {
  test.each([
    ['PRETTY_NAME="Debian GNU/Linux 12"\nVERSION_ID="12"\nID=debian\nID_LIKE=x\n', "debian-12"],
    ["ID=fedora\nVERSION_ID=41\n", "fedora-41"],
    ['ID="ubuntu"\nVERSION_ID="24.04"\nVERSION_CODENAME=noble\n', "ubuntu-24.04"],
    ["ID=debian\nVERSION_CODENAME=trixie\n", "debian-trixie"],
    ["ID=arch\n", "arch"],
  ])(
    "distributionRelease: tells the distribution and its release when it says %j",
    async (text, expected) => {
      const file = join(directory, "os-release");
      await writeFile(file, text);

      expect(distributionRelease(file)).toBe(expected);
    },
  );

  test("distributionRelease: tells the platform when there is no distribution", () => {
    expect(distributionRelease(join(directory, "none"))).toBe(process.platform);
  });
});
