import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { remembered, rememberedLater } from "../../../../local/files/remembered.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "remembered-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "a.ts"), "1");
});

const ask = (compute: () => unknown, about: unknown = "a") =>
  remembered({ kind: "answers", about, files: ["*.ts"] }, compute, folder);

/** The file of the one answer that is kept. */
function keptFile(): string {
  const answers = join(folder, "node_modules/.cache/answers");
  const names = readdirSync(answers);
  expect(names).toHaveLength(1);
  return join(answers, names.join());
}

test("remembered: computes nothing when the same was asked about the same files", () => {
  const compute = vi.fn(() => ["answer"]);

  expect([ask(compute), ask(compute)]).toEqual([["answer"], ["answer"]]);
  expect(compute).toHaveBeenCalledTimes(1);
});

test.each([
  ["a file has changed", () => writeFileSync(join(folder, "a.ts"), "2")],
  ["there is another file", () => writeFileSync(join(folder, "b.ts"), "")],
  ["a file has gone", () => rmSync(join(folder, "a.ts"))],
  ["a package has another version", () => writeFileSync(join(folder, "package-lock.json"), "{}")],
])("remembered: computes anew when %s", (_, change) => {
  ask(() => "before");
  change();

  expect(ask(() => "after")).toBe("after");
});

test("remembered: computes anew when something else is asked", () => {
  ask(() => "before");

  expect(ask(() => "after", "b")).toBe("after");
});

test("remembered: remembers no failure", () => {
  expect(() =>
    ask(() => {
      throw new Error("broken");
    }),
  ).toThrow("broken");

  expect(ask(() => "answer")).toBe("answer");
});

test("remembered: keeps the last eight answers of a kind", () => {
  for (let number = 0; number < 12; number += 1) ask(() => number, number);

  expect(readdirSync(join(folder, "node_modules/.cache/answers"))).toHaveLength(8);
});

test("remembered: yields the first time what it yields from then on", () => {
  const compute = () => ({ kept: 1, dropped: undefined });

  const answers = [ask(compute), ask(compute)];

  expect(answers[0]).toStrictEqual({ kept: 1 });
  expect(answers[1]).toStrictEqual(answers[0]);
});

test.each([
  ["is damaged", (file: string) => writeFileSync(file, '["bef')],
  ["is empty", (file: string) => writeFileSync(file, "")],
])("remembered: computes anew, and keeps that, when what was kept %s", (_, damage) => {
  ask(() => ["before"]);
  damage(keptFile());

  expect(ask(() => ["after"])).toEqual(["after"]);
  expect(readFileSync(keptFile(), "utf8")).toBe('["after"]');
});

// Root may read and write the files of all others, but nobody a folder as if it were a file.
test("remembered: computes every time when what was kept can be neither read nor written", () => {
  ask(() => "before");
  const file = keptFile();
  rmSync(file);
  mkdirSync(file);

  expect([ask(() => "second"), ask(() => "third")]).toEqual(["second", "third"]);
});

test("remembered: computes every time when nothing can be kept", () => {
  mkdirSync(join(folder, "node_modules"));
  writeFileSync(join(folder, "node_modules/.cache"), "");

  expect([ask(() => "first"), ask(() => "second")]).toEqual(["first", "second"]);
});

test("rememberedLater: computes nothing when the same was asked about the same files", async () => {
  const question = { kind: "answers", about: "later", files: ["*.ts"] };
  const compute = vi.fn(async () => "answer");

  const first = await rememberedLater(question, compute, folder);

  expect([first, await rememberedLater(question, compute, folder)]).toEqual(["answer", "answer"]);
  expect(compute).toHaveBeenCalledTimes(1);
});

test("rememberedLater: computes anew when what was kept is damaged", async () => {
  const later = (answer: string) =>
    rememberedLater({ kind: "answers", about: "a", files: [] }, async () => answer, folder);
  await later("before");
  writeFileSync(keptFile(), '"bef');

  expect([await later("after"), await later("again")]).toEqual(["after", "after"]);
});
