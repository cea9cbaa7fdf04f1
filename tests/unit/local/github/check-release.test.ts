import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { checkRelease } from "../../../../local/github/check-release.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "release-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, ".changeset"));
  writeFileSync(join(folder, ".changeset/README.md"), "");
  writeFileSync(join(folder, "package.json"), '{ "version": "1.2.3", "repository": {} }');
  writeFileSync(join(folder, "CHANGELOG.md"), "# Changelog\n\n## 1.2.3\n");
});

test("checkRelease: passes when tag, version and changelog agree", () => {
  expect(() => checkRelease(folder, "v1.2.3")).not.toThrow();
});

test("checkRelease: fails with every problem at once", () => {
  writeFileSync(join(folder, ".changeset/lazy-dogs.md"), "");
  writeFileSync(join(folder, "CHANGELOG.md"), "# Changelog\n\n## 1.2.30\n");
  writeFileSync(join(folder, "package.json"), '{ "version": "1.2.3" }');

  expect(() => checkRelease(folder, "v1.2.4")).toThrow(
    [
      "Cannot release:",
      "  the tag is v1.2.4, must be v1.2.3, the version",
      "  .changeset has lazy-dogs.md; run npm run changeset -- version and commit it",
      '  package.json has no repository; set it as CONTRIBUTING.md says under "A release"',
      "  CHANGELOG.md has no ## 1.2.3",
    ].join("\n"),
  );
});
