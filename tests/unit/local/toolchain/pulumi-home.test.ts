import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { placeInPulumiHome, pulumiHomeFor } from "../../../../local/toolchain/pulumi-home.ts";
import { versions } from "../../../../local/toolchain/versions.ts";

let directory: string;
let home: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "pulumi-home-"));
  home = join(directory, "home");
});

afterEach(() => rm(directory, { recursive: true, force: true }));

async function program(content: string): Promise<string> {
  const path = join(directory, content);
  await writeFile(path, content);
  return path;
}

describe("pulumiHomeFor", () => {
  test("pulumiHomeFor: names another folder when one of the entries changes", () => {
    const first = pulumiHomeFor("/cache", ["/cache/pulumi/3-a", "/cache/host/3-b"]);
    const second = pulumiHomeFor("/cache", ["/cache/pulumi/3-a", "/cache/host/3-c"]);

    expect(first).toMatch(/^\/cache\/pulumi-home\/[\d.]+-[0-9a-f]{12}$/);
    expect(first).toContain(`/${versions.pulumi}-`);
    expect(second).not.toBe(first);
  });
});

describe("placeInPulumiHome", () => {
  test("placeInPulumiHome: puts the provider where an installed plugin is when asked for it", async () => {
    const path = await placeInPulumiHome(home, "pulumi-resource-kubernetes", await program("one"));

    expect(path).toBe(join(home, "plugins/resource-kubernetes-v4.25.0/pulumi-resource-kubernetes"));
    expect(await readFile(path, "utf8")).toBe("one");
  });

  test("placeInPulumiHome: gives pulumi a real file beside its language host when both are placed", async () => {
    const target = await program("engine");
    const pulumi = await placeInPulumiHome(home, "pulumi", target);
    const host = await placeInPulumiHome(home, "pulumi-language-nodejs", await program("host"));

    expect(dirname(pulumi)).toBe(join(home, `versions/${versions.pulumi}/bin`));
    expect(dirname(host)).toBe(dirname(pulumi));
    expect((await stat(pulumi)).ino).toBe((await stat(target)).ino);
  });

  test("placeInPulumiHome: leaves nothing else behind when it is called again", async () => {
    const target = await program("engine");
    await placeInPulumiHome(home, "pulumi", target);
    const path = await placeInPulumiHome(home, "pulumi", target);

    expect(await readdir(dirname(path))).toEqual(["pulumi"]);
  });

  test("placeInPulumiHome: mends the home when what it held is gone", async () => {
    const path = await placeInPulumiHome(home, "pulumi-resource-kubernetes", await program("one"));
    await rm(path);
    await symlink(join(directory, "gone"), path);

    await placeInPulumiHome(home, "pulumi-resource-kubernetes", await program("two"));

    expect(await readFile(path, "utf8")).toBe("two");
  });
});
