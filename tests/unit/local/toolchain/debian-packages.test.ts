import { execFile } from "node:child_process";
import { mkdir, readFile, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { systemLibrariesFile } from "../../../../local/toolchain/cache.ts";
import { buildDebianRecipe } from "../../../../local/toolchain/debian-packages.ts";
import { recipes } from "../../../../local/toolchain/recipes.ts";
import { ChildFailedError } from "../../../../local/toolchain/run-child.ts";
import { type FakeApt, installFakeApt } from "./fake-apt.ts";

const [recipe] = recipes.filter((candidate) => candidate.kind === "debian");
if (!recipe) throw new Error("no recipe of packages");

let apt: FakeApt;
let output: string;

async function setUp(): Promise<void> {
  apt = await installFakeApt();
  output = join(apt.directory, "output");
  await mkdir(output);
}

async function tearDown(): Promise<void> {
  vi.unstubAllEnvs();
  await rm(apt.directory, { recursive: true, force: true });
}

const build = () =>
  buildDebianRecipe({ directory: apt.directory, signal: undefined }, recipe, output);

const run = async (path: string, ...args: string[]) =>
  (await promisify(execFile)(path, args, { env: { PATH: "/usr/bin:/bin" } })).stdout.trim();

const libraries = () => join(output, "packages", "usr", "lib", "x86_64-linux-gnu");

describe("buildDebianRecipe, once built", () => {
  beforeAll(async () => {
    await setUp();
    await build();
  });
  afterAll(tearDown);

  test("buildDebianRecipe: downloads the packages and installs nothing when it is built", async () => {
    const commands = await apt.commands();

    expect(commands.map((command) => command.replace(/.* (update|install)/, "$1"))).toEqual([
      "update",
      `install ${recipe.packages.join(" ")}`,
    ]);
    expect(commands.at(-1)).toContain("--download-only");
  });

  test("buildDebianRecipe: keeps apt to its own folder when the machine has settings", async () => {
    const configuration = await apt.configuration();

    expect(configuration).toContain(`Dir::State "${apt.directory}/apt/state";`);
    expect(configuration).toContain(`Dir::Cache "${apt.directory}/apt/cache";`);
    expect(configuration).toContain('Acquire::http::Proxy "http://proxy.example:3128";');
  });

  test("buildDebianRecipe: runs none of the commands that the machine has apt run", async () => {
    const configuration = await apt.configuration();

    for (const command of ["rm -f", "watch-packages", "advertise"]) {
      expect(configuration).not.toContain(command);
    }
    expect(configuration).toContain('Dir::Etc::parts "/dev/null";');
  });

  test("buildDebianRecipe: runs a tool with its own libraries when it is reached by a link", async () => {
    const link = join(apt.directory, "link");
    await symlink(join(output, "bin", "haproxy"), link);

    expect(await run(link, "-f", "a b")).toBe(
      `haproxy -f a b ${libraries()} ${libraries()}/xtables`,
    );
  });

  test("buildDebianRecipe: runs the program that fills nftables when it is one of iptables'", async () => {
    expect(await run(join(output, "bin", "ip6tables-save"), "-t", "nat")).toContain(
      "xtables-nft-multi ip6tables-save -t nat ",
    );
  });

  test("buildDebianRecipe: runs the packages' own program when a link leads out of them", async () => {
    expect(await run(join(output, "bin", "ip"), "link")).toContain("ip link ");
  });

  test("buildDebianRecipe: has a script for each tool and no other when it is built", async () => {
    for (const tool of recipe.tools) {
      expect(await run(join(output, "bin", tool))).toContain(libraries());
    }
  });
});

describe("buildDebianRecipe", () => {
  beforeEach(setUp);
  afterEach(tearDown);

  test("buildDebianRecipe: lists the machine's libraries, not its own, when it is built", async () => {
    const own = `${libraries()}/libnftables.so.1`;
    await apt.replace(
      "ldd",
      `echo 'libc.so.6 => /lib/libc.so.6 (0x07)'; echo 'x => ${own} (0x07)'`,
    );

    await build();

    expect(await readFile(join(output, systemLibrariesFile), "utf8")).toBe("/lib/libc.so.6");
  });

  test("buildDebianRecipe: fails naming program and library when neither side has a library", async () => {
    await apt.replace("ldd", "echo '	liblua5.3.so.0 => not found'");

    await expect(build()).rejects.toThrow(
      "usr/sbin/containerd cannot run here: liblua5.3.so.0 => not found",
    );
  });

  test("buildDebianRecipe: fails naming the program when no package has it", async () => {
    await apt.lose("usr/sbin/runc");

    await expect(build()).rejects.toThrow("None of the packages has the program runc");
  });

  test("buildDebianRecipe: fails naming the CNI plugin when no package has it", async () => {
    await apt.lose("usr/lib/cni/ptp");

    await expect(build()).rejects.toThrow("None of the packages has the CNI plugins ptp");
  });

  test("buildDebianRecipe: goes on when only the update fails, as one of a foreign source does", async () => {
    await apt.replace("ldd", "exit 0");
    await apt.replace(
      "apt-get",
      'case "$*" in *update*) exit 100 ;; *) touch "$(dirname "$APT_CONFIG")/cache/archives/a.deb" ;; esac',
    );

    await build();

    expect(await run(join(output, "bin", "nft"))).toContain("nft");
  });

  test("buildDebianRecipe: fails with what the update said when that is why packages are not found", async () => {
    await apt.replace(
      "apt-get",
      'case "$*" in *update*) echo "E: no network" >&2 ;; *) echo "E: unable to locate" >&2 ;; esac; exit 100',
    );

    const error: unknown = await build().catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(ChildFailedError);
    expect((error as ChildFailedError).tail).toEqual(["E: no network"]);
  });
});
