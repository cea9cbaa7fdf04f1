import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
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

test("rememberedLater: computes nothing when the same was asked about the same files", async () => {
  const question = { kind: "answers", about: "later", files: ["*.ts"] };
  const compute = vi.fn(async () => "answer");

  const first = await rememberedLater(question, compute, folder);

  expect([first, await rememberedLater(question, compute, folder)]).toEqual(["answer", "answer"]);
  expect(compute).toHaveBeenCalledTimes(1);
});
