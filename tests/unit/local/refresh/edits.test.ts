import { describe, expect, test } from "vitest";
import {
  addressesIn,
  linksToOthers,
  requires,
  withVersion,
} from "../../../../local/refresh/edits.ts";

describe("withVersion", () => {
  const text = 'export const versions = {\n  pulumi: "3.259.0",\n  etcd: "3.6.16",\n} as const;\n';

  test("withVersion: changes the version of its key alone", () => {
    expect(withVersion(text, "pulumi", "3.276.0")).toBe(text.replace("3.259.0", "3.276.0"));
  });

  test("withVersion: changes nothing when the version is there already", () => {
    expect(withVersion(text, "pulumi", "3.259.0")).toBe(text);
  });

  test.each([
    ["0", "kwok", text],
    ["2", "etcd", text + text],
  ])("withVersion: fails when %s lines have the key", (count, key, file) => {
    expect(() => withVersion(file, key, "1.0.0")).toThrow(
      `versions.ts has ${count} lines of the form ${key}: "…", must have one`,
    );
  });
});

describe("requires", () => {
  const goMod = `module local/pulumi
require github.com/pulumi/pulumi/sdk/v3 v3.259.0
require (
\tgithub.com/pulumi/pulumi/sdk/v3 v3.276.0
\tgithub.com/pulumi/pulumi/pkg/v3 v3.276.0 // indirect
\tgithub.com/pulumi/esc v0.25.0 // indirect
)
`;
  const modules = ["github.com/pulumi/pulumi/pkg/v3", "github.com/pulumi/pulumi/sdk/v3"];

  test.each([
    [true, modules, "3.276.0"],
    [false, modules, "3.276"],
    [false, modules, "3.27.0"],
    [false, [...modules, "github.com/pulumi/esc"], "3.276.0"],
  ])("requires: is %s of %j in %s", (expected, wanted, version) => {
    expect(requires(goMod, wanted, version)).toBe(expected);
  });
});

describe("addressesIn", () => {
  test("addressesIn: finds where a package was got, and no folder of the checkout", () => {
    const lock = {
      packages: {
        "node_modules/ours": { resolved: "local/node", link: true },
        "node_modules/theirs": { resolved: "https://registry.example/theirs.tgz" },
      },
    };

    expect(addressesIn(JSON.stringify(lock, undefined, 2))).toEqual([
      "https://registry.example/theirs.tgz",
    ]);
  });
});

describe("linksToOthers", () => {
  const link = (tag: string, kind = "blob") =>
    `https://github.com/pulumi/pulumi/${kind}/${tag}/pkg/backend/diy/lock.go`;

  test("linksToOthers: names the places of links to another version, and no other", () => {
    const lines = [
      `local/engine/a.ts:7:/** As in ${link("v3.259.0")} */`,
      `local/engine/b.ts:9:/** As in ${link("v3.276.0")} */`,
      `docs/c.md:1:${link("v3.276.0")} and ${link("v3.259.0", "tree")}`,
      "docs/d.md:2:https://github.com/pulumi/pulumi/blob/master/CHANGELOG.md",
      "",
    ];

    expect(linksToOthers(lines, "3.276.0")).toEqual(["local/engine/a.ts:7", "docs/c.md:1"]);
  });
});
