import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makePrivateFolder } from "../../../local/private-folder.ts";

test.each([
  ["is not there", () => {}],
  ["everybody may look into", (path: string) => makeOpenFolder(path)],
])("makePrivateFolder: lets its owner alone into a folder that %s", (_, prepare) => {
  const parent = mkdtempSync(join(tmpdir(), "private-folder-"));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const path = join(parent, "cluster");
  prepare(path);

  makePrivateFolder(path);

  expect(statSync(path).mode & 0o777).toBe(0o700);
});

function makeOpenFolder(path: string): void {
  mkdirSync(path);
  chmodSync(path, 0o755);
}
