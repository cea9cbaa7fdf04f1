import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { entryOf, isComplete } from "../../../../../local/toolchain/cache.ts";
import { kwokStagesFile, recipes } from "../../../../../local/toolchain/recipes.ts";
import type { Limits } from "../../../../../local/toolchain/releases/limits.ts";
import { mirrorVariable } from "../../../../../local/toolchain/releases/mirror.ts";
import { cachePinsIn, readPins, writePins } from "../../../../../local/toolchain/releases/pins.ts";
import {
  checksumAddresses,
  type ProgramImage,
  pinnedAddresses,
  type Release,
  releaseOf,
} from "../../../../../local/toolchain/releases/releases.ts";
import { openSupply, type Supply } from "../../../../../local/toolchain/releases/supply.ts";
import { ToolchainError } from "../../../../../local/toolchain/toolchain-error.ts";
import { tarGz } from "./archives.ts";
import { startProxy } from "./fake-proxy.ts";
import {
  type FakePublishers,
  hangs,
  page,
  sha256,
  standsStill,
  startPublishers,
  status,
} from "./fake-publishers.ts";
import { programOf, serveFile, serveReleases } from "./fake-releases.ts";
import { patience } from "./patience.ts";
import { shortLimits } from "./short-limits.ts";

const platform = { os: "linux", arch: "amd64" };
const released = recipes.filter((recipe) => releaseOf(recipe, platform));
/** What is not among them, kwok, counts only if it is pinned. */
const all = released.map(({ name }) => name).filter((name) => name !== "kwok");

let publishers: FakePublishers;
let cacheDirectory: string;
let lines: string[];

beforeEach(async () => {
  publishers = await startPublishers();
  cacheDirectory = await mkdtemp(join(tmpdir(), "supply-"));
  lines = [];
  await serveReleases(publishers, [...all, "kwok"].map(releaseFor), platform);
});

afterEach(async () => {
  await publishers.close();
  await rm(cacheDirectory, { recursive: true, force: true });
});

function releaseFor(name: string): Release {
  const release = releaseOf({ name }, platform);
  if (!release) throw new Error(`no release of ${name}`);
  return release;
}

/** The address of a recipe's only file, or of its first one. */
const addressOf = (name: string): string => pinnedAddresses(releaseFor(name))[0] ?? "";
const checksumsOf = (name: string): string => checksumAddresses(releaseFor(name))[0] ?? "";

async function entriesOf(names: readonly string[]) {
  const wanted = recipes.filter(({ name }) => names.includes(name));
  return Promise.all(wanted.map((recipe) => entryOf(recipe, cacheDirectory)));
}

interface How {
  readonly env?: NodeJS.ProcessEnv;
  readonly limits?: Limits;
  readonly signal?: AbortSignal;
}

async function withSupply<T>(
  { env, limits = shortLimits }: How,
  use: (supply: Supply) => Promise<T>,
) {
  const mirrored = { [mirrorVariable]: publishers.base };
  const report = (line: string) => lines.push(line);
  const options = { cacheDirectory, env: env ?? mirrored, limits, platform, report };
  const supply = await openSupply(options);
  try {
    return await use(supply);
  } finally {
    await supply.close();
  }
}

/** Plans and downloads; yields what is left to be built. */
async function download(names: readonly string[], how: How = {}) {
  const entries = await entriesOf(names);
  return withSupply(how, async (supply) => {
    const { builds, downloads, notes } = await supply.plan(entries, how.signal);
    const place = { directory: join(cacheDirectory, "build"), signal: how.signal };
    const left = await supply.download(downloads, place);
    return {
      notes: [...notes, ...left.map(({ note }) => note)],
      built: [...builds, ...left.map(({ entry }) => entry)].map(({ recipe }) => recipe.name),
    };
  });
}

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "success",
    (error: unknown) => error,
  );

describe("openSupply", patience, () => {
  test("openSupply: fills every entry that has a release, sealed and executable", async () => {
    expect(await download(all)).toEqual({ notes: [], built: [] });

    for (const entry of await entriesOf(all)) {
      expect(await isComplete(entry)).toBe(true);
      for (const tool of entry.recipe.tools) {
        const path = join(entry.directory, tool);
        expect(await readFile(path, "utf8")).toBe(programOf(tool));
        expect((await stat(path)).mode & 0o777).toBe(0o755);
      }
    }
    expect(lines.filter((line) => line.startsWith("Downloaded ")).length).toBe(all.length);
  });

  test("openSupply: puts nothing into an entry but the programs", async () => {
    await download(["etcd", "aws-cloud-controller-manager"]);

    for (const { directory, recipe } of await entriesOf(["etcd", "aws-cloud-controller-manager"])) {
      expect((await readdir(directory)).sort()).toEqual([...recipe.tools, "complete"].sort());
    }
  });

  test("openSupply: downloads an archive once when two tools come from it", async () => {
    await download(["pulumi", "pulumi-language-nodejs"]);

    expect(publishers.got(addressOf("pulumi"))).toHaveLength(1);
  });

  test("openSupply: leaves to the builds what has no release", async () => {
    const { built } = await download(["kube-score", "etcd", "moto"]);

    expect(built.sort()).toEqual(["kube-score", "moto"]);
  });

  test("openSupply: asks nobody for anything when nothing has a release", async () => {
    await download(["kube-score"]);

    expect(publishers.seen).toEqual([]);
  });

  test("openSupply: downloads nothing when the mirror is none", async () => {
    const { built } = await download(["etcd"], { env: { [mirrorVariable]: "none" } });

    expect([built, publishers.seen, lines]).toEqual([["etcd"], [], []]);
  });

  test.each([
    ["etcd", 404, "the server answers 404"],
    ["kubernetes", 404, "the server answers 404"],
    ["kubernetes", 403, "the server answers 403"],
    ["aws-cloud-controller-manager", 404, "the server answers 404"],
  ])(
    "openSupply: leaves %s to the builds and says why when it answers %d",
    async (name, code, why) => {
      publishers.serve(addressOf(name), status(code));

      const { built, notes } = await download([name, "pulumi"]);

      expect(built).toEqual([name]);
      expect(notes).toEqual([expect.stringContaining(why)]);
      expect(lines.filter((line) => line.startsWith(`Building ${name} `))).toHaveLength(1);
    },
  );

  test("openSupply: leaves a tool to the builds when nobody publishes a checksum of it", async () => {
    publishers.serve(checksumsOf("etcd"), status(404));

    const { built, notes } = await download(["etcd"]);

    expect(built).toEqual(["etcd"]);
    expect(notes).toEqual([expect.stringContaining("no checksum of it is pinned")]);
    expect(publishers.got(addressOf("etcd"))).toEqual([]);
  });

  test("openSupply: leaves kwok to the builds, says so once and asks for nothing when it is not pinned", async () => {
    const { built, notes } = await download(["kwok", "etcd"]);

    expect(built).toEqual(["kwok"]);
    expect(notes).toHaveLength(1);
    expect(lines.filter((line) => line.includes("kwok"))).toEqual([
      expect.stringMatching(
        /^The official release of kwok .* is not used: its publisher names no checksum, and none is pinned \(npm run pins does that\)$/,
      ),
    ]);
    expect(publishers.seen.filter(({ address }) => address.includes("/kwok/"))).toEqual([]);
  });

  test("openSupply: downloads kwok and its stages when both are pinned", async () => {
    const [program = "", stages = ""] = pinnedAddresses(releaseFor("kwok"));
    writePins(cachePinsIn(cacheDirectory), {
      [program]: sha256(programOf("kwok")),
      [stages]: sha256(programOf(kwokStagesFile)),
    });

    expect(await download(["kwok"])).toEqual({ notes: [], built: [] });

    const [entry] = await entriesOf(["kwok"]);
    const folder = entry?.directory ?? "";
    expect((await stat(join(folder, "kwok"))).mode & 0o111).toBe(0o111);
    expect((await stat(join(folder, kwokStagesFile))).mode & 0o111).toBe(0);
  });

  test("openSupply: uses it all the same when its checksum is pinned", async () => {
    const content = await tarGz([[{ name: memberOf("etcd") }, "pinned"]]);
    publishers.serve(addressOf("etcd"), content);
    publishers.serve(checksumsOf("etcd"), status(404));
    writePins(cachePinsIn(cacheDirectory), { [addressOf("etcd")]: sha256(content) });

    expect((await download(["etcd"])).built).toEqual([]);
  });

  test("openSupply: keeps no archive when all that come from it have been unpacked", async () => {
    await download(["pulumi", "pulumi-language-nodejs", "etcd", "kubernetes"]);

    expect(await readdir(join(cacheDirectory, "build", "downloads"))).toEqual([]);
  });

  test("openSupply: fails, and does not build, when a file is not what its publisher says", async () => {
    publishers.serve(addressOf("kubernetes-node"), "evil");

    const error = await failure(download(["kubernetes-node"]));

    expect(error).toBeInstanceOf(ToolchainError);
    expect(String(error)).toContain(`its SHA-256 is ${sha256("evil")}, must be `);
    expect(await readPins(cachePinsIn(cacheDirectory))).not.toHaveProperty([
      addressOf("kubernetes-node"),
    ]);
    for (const entry of await entriesOf(["kubernetes-node"]))
      expect(await isComplete(entry)).toBe(false);
  });

  test("openSupply: fails when the index of an image is not what the registry says of it", async () => {
    publishers.serve(addressOf("aws-cloud-controller-manager"), (_, response) => {
      response.setHeader("docker-content-digest", `sha256:${"1".repeat(64)}`);
      response.end('{"manifests":[]}');
    });

    await expect(download(["aws-cloud-controller-manager"])).rejects.toThrow(
      "as the registry's docker-content-digest says",
    );
  });

  test.each(["manifests", "blobs"])(
    "openSupply: fails when one of an image's %s is not what its address says",
    async (kind) => {
      const release = releaseFor("aws-cloud-controller-manager");
      if (release.kind !== "image") throw new Error("no image");
      const [{ repository }] = release.images as [ProgramImage];
      await download(["aws-cloud-controller-manager"]);
      const asked = publishers.seen.map((it) => it.address);
      const part = asked.find((it) => it.startsWith(`${repository}/${kind}/sha256:`)) ?? "";
      for (const entry of await entriesOf(["aws-cloud-controller-manager"])) {
        await rm(entry.directory, { recursive: true });
      }
      await rm(join(cacheDirectory, "build"), { recursive: true });
      publishers.serve(part, "evil");

      await expect(download(["aws-cloud-controller-manager"])).rejects.toThrow(
        `its SHA-256 is ${sha256("evil")}, must be`,
      );
    },
  );

  test("openSupply: leaves an image to the builds when it has none for this platform", async () => {
    publishers.serve(addressOf("aws-cloud-controller-manager"), '{"manifests":[]}');

    expect((await download(["aws-cloud-controller-manager"])).notes).toEqual([
      expect.stringContaining("it has no image for linux/amd64"),
    ]);
  });

  test.each(["file", "checksum"])(
    "openSupply: fails when a web page comes for the %s",
    async (which) => {
      publishers.serve(which === "file" ? addressOf("etcd") : checksumsOf("etcd"), page);

      const error = await failure(download(["etcd"]));

      expect(error).toBeInstanceOf(ToolchainError);
      expect(String(error)).toContain("it is a web page (HTML)");
    },
  );

  test("openSupply: fails when the publisher's list says nothing of the file", async () => {
    publishers.serve(checksumsOf("etcd"), `${sha256("x")}  other.tar.gz`);

    await expect(download(["etcd"])).rejects.toThrow("it has no SHA-256 of etcd-v");
  });

  test("openSupply: leaves a tool to the builds when its archive lacks the program", async () => {
    const release = releaseFor("etcd");
    if (release.kind !== "archive") throw new Error("no archive");
    serveFile(publishers, release.file, await tarGz([[{ name: "README" }, "read me"]]));

    expect((await download(["etcd"])).notes).toEqual([
      expect.stringContaining(`it lacks ${memberOf("etcd")}`),
    ]);
  });

  test("openSupply: leaves a tool to the builds when its server stands still, and not the others", async () => {
    publishers.serve(addressOf("etcd"), standsStill("x".repeat(100), 10));
    const limits = { ...shortLimits, attempts: 1, idleMilliseconds: 50 };

    const { built, notes } = await download(["etcd", "pulumi"], { limits });

    expect(built).toEqual(["etcd"]);
    expect(notes).toEqual([expect.stringContaining("nothing came for 0.05 s")]);
  });

  test("openSupply: ends all downloads when one is not what it must be", async () => {
    publishers.serve(addressOf("etcd"), "evil");
    publishers.serve(addressOf("pulumi"), standsStill("x".repeat(100), 10));

    await expect(download(["etcd", "pulumi"])).rejects.toThrow(sha256("evil"));
  });

  test("openSupply: ends with the signal's reason when it is interrupted", async () => {
    const interrupt = new AbortController();
    publishers.serve(addressOf("pulumi"), (request, response, times) => {
      if (request.method !== "GET") return void response.end();
      standsStill("x".repeat(100), 10)(request, response, times);
      interrupt.abort(new Error("Ctrl-C"));
    });

    await expect(download(["pulumi"], { signal: interrupt.signal })).rejects.toThrow("Ctrl-C");
    for (const entry of await entriesOf(["pulumi"])) expect(await isComplete(entry)).toBe(false);
  });

  test("openSupply: goes on from the part when it was interrupted", async () => {
    const release = releaseFor("etcd");
    if (release.kind !== "archive") throw new Error("no archive");
    const content = await tarGz([[{ name: memberOf("etcd") }, "program ".repeat(10)]]);
    serveFile(publishers, release.file, content);
    publishers.serve(addressOf("etcd"), standsStill(content, 40));
    const cut = { ...shortLimits, attempts: 1, idleMilliseconds: 50 };
    expect((await download(["etcd"], { limits: cut })).built).toEqual(["etcd"]);
    serveFile(publishers, release.file, content);

    expect((await download(["etcd"])).built).toEqual([]);

    expect(publishers.got(addressOf("etcd")).map(({ range }) => range)).toEqual([
      undefined,
      "bytes=40-",
    ]);
  });
});

describe("openSupply's pins", patience, () => {
  test("openSupply: pins in the cache what a publisher has said once", async () => {
    await download(["kubernetes", "aws-cloud-controller-manager"]);

    const addresses = ["kubernetes", "aws-cloud-controller-manager"].flatMap((name) =>
      pinnedAddresses(releaseFor(name)),
    );
    expect(Object.keys(await readPins(cachePinsIn(cacheDirectory))).sort()).toEqual(
      addresses.sort(),
    );
  });

  test.each(["kubernetes-1.35", "aws-cloud-controller-manager"])(
    "openSupply: fails when %s and what is published of it have changed together",
    async (name) => {
      await download([name]);
      for (const entry of await entriesOf([name])) await rm(entry.directory, { recursive: true });
      await rm(join(cacheDirectory, "build"), { recursive: true });
      const release = releaseFor(name);
      for (const index of release.kind === "image" ? pinnedAddresses(release) : []) {
        publishers.serve(index, '{"manifests":[]}');
      }
      if (release.kind === "plain") {
        for (const { file } of release.files) serveFile(publishers, file, "replaced");
      }

      const error = await failure(download([name]));

      expect(error).toBeInstanceOf(ToolchainError);
      expect(String(error)).toContain(`as ${cachePinsIn(cacheDirectory)} says`);
    },
  );

  test("openSupply: accepts what has changed together when nothing was pinned", async () => {
    const release = releaseFor("kubernetes-1.35");
    if (release.kind !== "plain") throw new Error("no programs");
    for (const { file } of release.files) serveFile(publishers, file, "replaced");

    expect((await download(["kubernetes-1.35"])).built).toEqual([]);
  });

  test("openSupply: believes a pin and does not ask the publisher when there is one", async () => {
    const content = "pinned";
    publishers.serve(addressOf("kubernetes-1.35"), content);
    writePins(cachePinsIn(cacheDirectory), { [addressOf("kubernetes-1.35")]: sha256(content) });

    expect((await download(["kubernetes-1.35"])).built).toEqual([]);
    expect(publishers.got(checksumsOf("kubernetes-1.35"))).toEqual([]);
  });
});

describe("openSupply in a closed network", patience, () => {
  const closed = { [mirrorVariable]: "http://127.0.0.1:1" };

  test("openSupply: leaves all to the builds and says so in one line when nothing can be reached", async () => {
    const { built, notes } = await download(all, { env: closed });

    expect(built.sort()).toEqual([...all].sort());
    expect(lines).toEqual([
      "Official releases cannot be reached (http://127.0.0.1:1: connections are refused): building the tools instead",
    ]);
    expect(notes).toEqual([
      "official releases cannot be reached (http://127.0.0.1:1: connections are refused); set HTTPS_PROXY to a proxy or PULUMI_KUBERNETES_SERVICES_MIRROR to a mirror that this machine can reach",
    ]);
  });

  test("openSupply: names each host that cannot be reached, and a common reason once, when there is no mirror", async () => {
    const proxy = await startProxy({ wants: "joe:secret" });
    const { built } = await download(["etcd", "pulumi"], { env: { HTTPS_PROXY: proxy.address } });
    await proxy.close();

    expect(built).toEqual(["etcd", "pulumi"]);
    expect(lines).toEqual([
      expect.stringMatching(
        /^Official releases cannot be reached \(https:\/\/github\.com, https:\/\/get\.pulumi\.com: the proxy .* asks for a name and password \(407\)/,
      ),
    ]);
  });

  test("openSupply: says nothing of the kind when it can be reached", async () => {
    const { notes } = await download(["etcd"]);

    expect([notes, lines.filter((line) => line.includes("cannot be reached"))]).toEqual([[], []]);
  });

  test("openSupply: waits for a silent network once, however much is wanted", async () => {
    for (const name of all) {
      for (const address of pinnedAddresses(releaseFor(name))) publishers.serve(address, hangs);
    }
    for (const name of all) {
      for (const address of checksumAddresses(releaseFor(name))) publishers.serve(address, hangs);
    }
    const limits = { ...shortLimits, reachMilliseconds: 50 };

    const { built } = await download(all, { limits });

    expect(built.sort()).toEqual([...all].sort());
    expect(lines).toEqual([expect.stringContaining("no answer within 0.05 s")]);
    expect(publishers.seen).toHaveLength(1);
  });

  test("openSupply: leaves all to the builds when a proxy's address is none", async () => {
    const { built } = await download(["etcd"], { env: { HTTPS_PROXY: "ftp://proxy" } });

    expect(built).toEqual(["etcd"]);
    expect(lines).toEqual([
      "Official releases cannot be reached (HTTPS_PROXY is ftp://proxy, must be a URL such as http://proxy.example:3128): building the tools instead",
    ]);
  });

  test("openSupply: fails naming the variable when the mirror's address is none", async () => {
    const error = await failure(download(["etcd"], { env: { [mirrorVariable]: "mirror" } }));

    expect(error).toBeInstanceOf(ToolchainError);
    expect(String(error)).toContain(`Cannot use ${mirrorVariable}: it is mirror, must be`);
  });

  test("openSupply: writes nothing when nothing can be reached", async () => {
    await download(["etcd"], { env: closed });

    expect(existsSync(join(cacheDirectory, "build"))).toBe(false);
    expect(await readdir(cacheDirectory)).toEqual([]);
  });
});

function memberOf(name: string): string {
  const release = releaseFor(name);
  if (release.kind !== "archive") throw new Error("no archive");
  return `${basename(release.file.address, ".tar.gz")}/${name}`;
}
