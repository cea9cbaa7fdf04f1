import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { recipes } from "../../../../../local/toolchain/recipes.ts";
import {
  cachePinsIn,
  openPins,
  readPins,
  repositoryPins,
  writePins,
} from "../../../../../local/toolchain/releases/pins.ts";
import {
  pinnedAddresses,
  releaseOf,
  releasePlatforms,
} from "../../../../../local/toolchain/releases/releases.ts";

const [one, two] = ["1".repeat(64), "2".repeat(64)];

let cache: string;
let repository: string;

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), "pins-"));
  repository = join(cache, "repository.json");
});

afterEach(() => rm(cache, { recursive: true, force: true }));

describe("openPins", () => {
  test("openPins: believes the repository before the cache, and says which it is", async () => {
    writePins(repository, { "https://a": one });
    writePins(cachePinsIn(cache), { "https://a": two, "https://b": two });

    const pins = await openPins(cache, repository);

    expect(pins.of("https://a")).toEqual({ sha256: one, source: repository });
    expect(pins.of("https://b")).toEqual({ sha256: two, source: cachePinsIn(cache) });
    expect(pins.of("https://c")).toBeUndefined();
  });

  test("openPins: keeps what is remembered for the next time", async () => {
    (await openPins(cache, repository)).remember("https://a", one);

    expect((await openPins(cache, repository)).of("https://a")?.sha256).toBe(one);
  });

  test("openPins: leaves a pin as it is when something else is to be remembered", async () => {
    writePins(repository, { "https://a": one });
    const pins = await openPins(cache, repository);

    pins.remember("https://a", two);
    pins.remember("https://b", one);
    pins.remember("https://b", two);

    expect([pins.of("https://a")?.sha256, pins.of("https://b")?.sha256]).toEqual([one, one]);
    expect(await readPins(cachePinsIn(cache))).toEqual({ "https://b": one });
  });
});

describe("readPins", () => {
  test.each(["", "[]", "null", '{"https://a": "1"}', '{"https://a": 1}', '{"https://a"'])(
    "readPins: fails naming the file and the cure when it holds %s",
    async (text) => {
      await writeFile(repository, text);

      await expect(readPins(repository)).rejects.toThrow(
        `Cannot read the checksums in ${repository}\n  - it must be one JSON object of SHA-256 digests by address; remove it (rm ${repository})`,
      );
    },
  );

  test("readPins: finds none when there is no file", async () => {
    expect(await readPins(repository)).toEqual({});
  });
});

describe("writePins", () => {
  test("writePins: sorts by address, so that a change is one line of a diff", async () => {
    writePins(repository, { "https://b": two, "https://a": one });

    expect(Object.keys(JSON.parse(await readFile(repository, "utf8")))).toEqual([
      "https://a",
      "https://b",
    ]);
  });
});

describe("pins.json", () => {
  test("pins.json: pins nothing that no tool comes from", async () => {
    const addresses = releasePlatforms.flatMap((platform) =>
      recipes.flatMap((recipe) => pinnedAddresses(releaseOf(recipe, platform) ?? none)),
    );
    const pinned = Object.keys(await readPins(repositoryPins));

    expect(pinned.filter((address) => !addresses.includes(address))).toEqual([]);
  });
});

const none = { kind: "plain", files: [], download: 0, megabytes: 0 } as const;
