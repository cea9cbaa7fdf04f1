import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { writeAtomically } from "../../../../local/files/atomic-file.ts";
import { privateFolder } from "../../../../local/files/private-folder.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "write-whole-"));
  file = join(folder, "file");
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test("writeAtomically: writes for the owner alone, also over a file that others could read", () => {
  writeFileSync(file, "before", { mode: 0o644 });

  writeAtomically(file, "after");

  expect([readFileSync(file, "utf8"), modeOf(file)]).toEqual(["after", "600"]);
  expect(readdirSync(folder)).toEqual(["file"]);
});

test("writeAtomically: closes a file that says the same already but that others can read", () => {
  writeFileSync(file, "same", { mode: 0o644 });

  writeAtomically(file, "same");

  expect(modeOf(file)).toBe("600");
});

test("writeAtomically: gives the mode that was asked for, whatever the umask", () => {
  const before = process.umask(0o077);
  onTestFinished(() => void process.umask(before));

  writeAtomically(file, "#!/bin/sh\n", { mode: 0o755 });

  expect(modeOf(file)).toBe("755");
});

test("writeAtomically: leaves a file alone that says the same already", () => {
  writeAtomically(file, "same");
  const before = statSync(file).ino;

  writeAtomically(file, "same");

  expect(statSync(file).ino).toBe(before);
});

test("writeAtomically: replaces a link instead of writing through it", () => {
  const elsewhere = join(folder, "elsewhere");
  writeFileSync(elsewhere, "not ours");
  symlinkSync(elsewhere, file);

  writeAtomically(file, "ours");

  expect(readFileSync(elsewhere, "utf8")).toBe("not ours");
  expect(readFileSync(file, "utf8")).toBe("ours");
});

test("writeAtomically: removes what a killed writer of the same file has left, and nothing of one that still writes", async () => {
  const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const { processStart } = await import("../../../../local/processes/identity.ts");
  const writing = `.file.${other.pid}-${processStart(other.pid ?? 0)?.replaceAll(/\W+/g, "_")}-1.part`;
  const reused = `.file.${other.pid}-1-1.part`;
  const ofAnother = ".file2.999999999-1-1.part";
  for (const name of [writing, reused, ofAnother, ".file.999999999-1-1.part"]) {
    writeFileSync(join(folder, name), "cu");
  }

  writeAtomically(file, "whole");

  expect(readdirSync(folder).sort()).toEqual(["file", writing, ofAnother].sort());
  other.kill("SIGKILL");
  await once(other, "exit");
});

test("writeAtomically: fails with the file, the reason and the way out, and leaves the file as it was", () => {
  mkdirSync(file);
  writeFileSync(join(file, "something"), "");

  expect(() => writeAtomically(file, "text")).toThrow(
    `Cannot write ${file}: a folder of this name is in the way; remove it, then run the same command again`,
  );
  expect(readdirSync(folder)).toEqual(["file"]);
});

/** Writes with a limit of 1 KiB a file, and says what came of it. */
async function underLimit(code: string): Promise<string> {
  const script = `ulimit -f 1; exec "$0" --input-type=module -e "$1"`;
  const child = spawn("sh", ["-c", script, process.execPath, code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const chunks: string[] = [];
  child.stdout.on("data", (chunk) => chunks.push(String(chunk)));
  await once(child, "close");
  return chunks.join("");
}

const big = `"x".repeat(10_000)`;

test("writeAtomically: keeps the file before whole where the new one cannot be written to its end", async () => {
  writeFileSync(file, "before", { mode: 0o600 });
  const module = join(import.meta.dirname, "../../../../local/files/atomic-file.ts");

  const said = await underLimit(`
    const { writeAtomically } = await import(${JSON.stringify(module)});
    try { writeAtomically(${JSON.stringify(file)}, ${big}) } catch (error) { console.log(error.message) }`);

  expect(said).toContain(`Cannot write ${file}: it is larger than this shell lets files be`);
  expect(readFileSync(file, "utf8")).toBe("before");
  expect(readdirSync(folder)).toEqual(["file"]);
});

test("control: a plain write leaves half a file there", async () => {
  writeFileSync(file, "before");

  await underLimit(`
    const { writeFileSync } = await import("node:fs");
    try { writeFileSync(${JSON.stringify(file)}, ${big}) } catch {}`);

  expect(readFileSync(file, "utf8")).toMatch(/^x+$/);
  expect(statSync(file).size).toBeLessThan(10_000);
});

test("privateFolder: makes a folder for the owner alone, and closes one that others can look into", () => {
  const inner = join(folder, "a", "b");

  privateFolder(inner);
  const made = [join(folder, "a"), inner].map(modeOf);
  chmodSync(inner, 0o755);
  privateFolder(inner);

  expect([...made, modeOf(inner)]).toEqual(["700", "700", "700"]);
});

test("privateFolder: fails with the way out where a file is in the way", () => {
  writeFileSync(file, "");

  expect(() => privateFolder(join(file, "inner"))).toThrow(
    `Cannot make the folder ${file}/inner: a file is in the way where a folder must be; remove it`,
  );
});
