import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { recipes } from "../../../../../local/toolchain/recipes.ts";
import type { PinTable } from "../../../../../local/toolchain/releases/pins.ts";
import {
  addressesFor,
  pinChanges,
  refreshPins,
} from "../../../../../local/toolchain/releases/refresh-pins.ts";
import {
  checksumAddresses,
  pinnedAddresses,
  releaseOf,
  releasePlatforms,
} from "../../../../../local/toolchain/releases/releases.ts";
import { openTransport } from "../../../../../local/toolchain/releases/transport.ts";
import {
  content,
  type FakePublishers,
  page,
  sha256,
  startPublishers,
  status,
} from "./fake-publishers.ts";
import { programOf, serveReleases } from "./fake-releases.ts";
import { patience } from "./patience.ts";
import { shortLimits } from "./short-limits.ts";

const platform = { os: "linux", arch: "amd64" };
const names = ["kubernetes-node", "aws-cloud-controller-manager", "kube-router"];
const chosen = recipes.filter(({ name }) => names.includes(name));
const releases = chosen.flatMap((recipe) => releaseOf(recipe, platform) ?? []);
const addresses = releases.flatMap(pinnedAddresses);
const [kubelet = "", proxy = ""] = addresses.filter((address) => address.includes("dl.k8s.io"));
const kubeletChecksum =
  releases.flatMap(checksumAddresses).find((it) => it.includes("/kubelet.")) ?? "";

let publishers: FakePublishers;
let directory: string;

beforeEach(async () => {
  publishers = await startPublishers();
  directory = await mkdtemp(join(tmpdir(), "refresh-"));
  await serveReleases(publishers, releases, platform);
});

afterEach(async () => {
  await publishers.close();
  await rm(directory, { recursive: true, force: true });
});

async function refresh(
  pinned: PinTable = {},
  of = { recipes: chosen, platforms: [platform] },
  report: (line: string) => void = () => undefined,
) {
  const mirror = { base: publishers.base, authorization: undefined };
  const transport = openTransport({ env: {}, limits: shortLimits, mirror });
  const options = { ...of, pinned, file: "pins.json" };
  try {
    return await refreshPins({ ...options, directory, transport, report });
  } finally {
    await transport.close();
  }
}

describe("refreshPins", patience, () => {
  test("refreshPins: pins every release that is what its publisher says", async () => {
    const { pins, problems } = await refresh();

    expect(problems).toEqual([]);
    expect(Object.keys(pins).sort()).toEqual([...addresses].sort());
    expect(pins[kubelet]).toBe(sha256(programOf("kubelet")));
  });

  test("refreshPins: pins every release of every platform when all are there", async () => {
    const every = { recipes: [...recipes], platforms: [...releasePlatforms] };
    for (const each of releasePlatforms) {
      const all = recipes.flatMap((recipe) => releaseOf(recipe, each) ?? []);
      await serveReleases(publishers, all, each);
    }

    const { pins, problems } = await refresh({}, every);

    expect(problems).toEqual([]);
    expect(Object.keys(pins).sort()).toEqual([...addressesFor(every)].sort());
  });

  test("refreshPins: keeps nothing that was downloaded", async () => {
    await refresh();

    expect(existsSync(directory)).toBe(false);
  });

  test("refreshPins: changes nothing when everything is pinned", async () => {
    const { pins } = await refresh();

    expect(await refresh(pins)).toEqual({ pins, problems: [] });
  });

  test("refreshPins: tells of a release that cannot be had, keeps its pin and goes on", async () => {
    const former = sha256(programOf("kube-proxy"));
    publishers.serve(proxy, status(404));

    const { pins, problems } = await refresh({ [proxy]: former });

    expect(problems).toEqual([expect.stringContaining("the server answers 404")]);
    expect(pins[proxy]).toBe(former);
    expect(Object.keys(pins).sort()).toEqual([...addresses].sort());
  });

  test("refreshPins: tells of a release that is not what its publisher says, and does not pin it", async () => {
    publishers.serve(kubelet, "evil");

    const { pins, problems } = await refresh();

    expect(problems).toEqual([expect.stringContaining(`its SHA-256 is ${sha256("evil")}`)]);
    expect(pins[kubelet]).toBeUndefined();
  });

  test("refreshPins: tells of a publisher who says something else than was pinned, and keeps the pin", async () => {
    const former = "1".repeat(64);

    const { pins, problems } = await refresh({ [kubelet]: former });

    expect(problems).toEqual([expect.stringContaining(`must be ${former}, as pins.json says`)]);
    expect(pins[kubelet]).toBe(former);
  });

  test("refreshPins: holds a file against its pin when its publisher says nothing", async () => {
    publishers.serve(kubeletChecksum, status(404));

    expect((await refresh({ [kubelet]: sha256(programOf("kubelet")) })).problems).toEqual([]);
    const other = await refresh({ [kubelet]: "1".repeat(64) });
    expect(other.problems).toEqual([expect.stringContaining("must be 1111")]);
  });

  test("refreshPins: pins what comes twice when nobody says what it must be, and says so", async () => {
    const lines: string[] = [];
    publishers.serve(kubeletChecksum, status(404));

    const { pins, problems } = await refresh({}, undefined, (line) => lines.push(line));

    expect(problems).toEqual([]);
    expect(pins[kubelet]).toBe(sha256(programOf("kubelet")));
    expect(lines).toContain(`No checksum of ${kubelet} is published: pinning it as it comes`);
  });

  test("refreshPins: does not pin what comes in two ways when nobody says what it must be", async () => {
    publishers.serve(kubeletChecksum, status(404));
    publishers.serve(kubelet, (request, response, times) =>
      content(`program ${times}`)(request, response, times),
    );

    const { pins, problems } = await refresh();

    expect(problems).toEqual([expect.stringContaining("as its first download says")]);
    expect(pins[kubelet]).toBeUndefined();
  });

  test("refreshPins: pins no web page", async () => {
    publishers.serve(kubeletChecksum, status(404));
    publishers.serve(kubelet, page);

    expect((await refresh()).problems).toEqual([expect.stringContaining("it is a web page")]);
  });

  test("refreshPins: forgets what no tool comes from any more", async () => {
    const { pins } = await refresh({ "https://old.example/x": "1".repeat(64) });

    expect(pins).not.toHaveProperty(["https://old.example/x"]);
  });
});

describe("pinChanges", patience, () => {
  test("pinChanges: tells what came and what went, and nothing of what stayed", () => {
    const before = { "https://old": "1", "https://same": "2" };
    const after = { "https://new": "3", "https://same": "2" };

    expect(pinChanges(before, after)).toEqual([
      "Pinned https://new: 3",
      "Removed https://old: no tool comes from there any more",
    ]);
  });
});
