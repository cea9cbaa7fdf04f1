import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { readSource } from "../../../preview/collect/source.ts";

let folder: string;
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "source-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const git = (...args: readonly string[]) =>
    execa("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], {
      cwd: folder,
    });
  await git("init", "--quiet");
  write("index.ts", "1");
  await git("add", ".");
  await git("commit", "--quiet", "-m", "A program");
});

describe("readSource", () => {
  test("readSource: sees a file that is not committed", async () => {
    const clean = await readSource(folder);
    write("more.ts", "1");
    const one = await readSource(folder);
    write("more.ts", "2");
    const other = await readSource(folder);

    expect(clean.uncommitted).toBe("");
    expect(new Set([clean, one, other].map(({ uncommitted }) => uncommitted)).size).toBe(3);
    expect(one.tree).toBe(clean.tree);
  });

  test("readSource: does not see the gate's own reports, so that an approval does not change what it approves", async () => {
    const clean = await readSource(folder);
    write("approved.json", "{}");

    expect(await readSource(folder, [join(folder, "approved.json")])).toEqual(clean);
    expect(await readSource(folder, [join(folder, "other.json")])).not.toEqual(clean);
  });
});
