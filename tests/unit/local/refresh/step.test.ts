import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { UserError } from "../../../../local/errors.ts";
import { carryOut, type Step } from "../../../../local/refresh/step.ts";
import { ChildFailedError } from "../../../../local/toolchain/run-child.ts";

let root: string;
const said: string[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "step-"));
  said.length = 0;
  writeFileSync(join(root, "a"), "as before");
});

afterEach(() => rmSync(root, { recursive: true }));

const write = (name: string, text: string): void => writeFileSync(join(root, name), text);
const read = (name: string): string => readFileSync(join(root, name), "utf8");

/** A step on the files a and new. */
const step = (run: Step["run"]): Step => ({
  name: "the letters",
  files: ["a", "new"],
  cure: "write them by hand",
  run,
});

const failing = (error: unknown): Step =>
  step(async () => {
    write("a", "changed");
    write("new", "made");
    throw error;
  });

const carry = (...steps: Step[]) => carryOut(steps, root, (line) => said.push(line));

describe("carryOut", () => {
  test("carryOut: says in one line what each step has done when all succeed", async () => {
    await carry(
      step(async () => "did one"),
      step(async () => "did two"),
    );

    expect(said).toEqual(["did one", "did two"]);
  });

  test("carryOut: has every file as before the step when the step fails", async () => {
    const first = step(async () => {
      write("a", "of the first step");
      return "done";
    });
    const last = step(async () => "never");

    await expect(carry(first, failing(new UserError("no room")), last)).rejects.toThrow(
      "Cannot refresh the letters: no room; a, new stayed as before; write them by hand",
    );

    expect(read("a")).toBe("of the first step");
    expect(existsSync(join(root, "new"))).toBe(false);
    expect(said).toEqual(["done"]);
  });

  test("carryOut: shows the end of what a command printed when the command fails", async () => {
    const lines = ["1", "2", "3", "4", "5", "6"];
    const error = new ChildFailedError("go", "ended with exit code 1", lines);

    await expect(carry(failing(error))).rejects.toThrow(
      "Cannot refresh the letters: go ended with exit code 1; a, new stayed as before; write them by hand\n  2\n  3\n  4\n  5\n  6",
    );
  });

  test.each(["an interruption", "a mistake of the program"])(
    "carryOut: has every file as before, and the error as it is, when %s ends the step",
    async (what) => {
      const error = new Error(what);

      await expect(carry(failing(error))).rejects.toBe(error);

      expect(read("a")).toBe("as before");
    },
  );
});
