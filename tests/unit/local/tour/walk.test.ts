import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { tour } from "../../../../local/commands/tour.ts";
import { localPaths } from "../../../../local/paths.ts";
import { processStart } from "../../../../local/processes/identity.ts";
import { writeRecord } from "../../../../local/processes/record.ts";
import { Interrupted } from "../../../../local/terminal.ts";
import { requireRealNodes } from "../../../../local/tour/preconditions.ts";
import { heading, outcome, summary } from "../../../../local/tour/print.ts";
import { askWhile } from "../../../../local/tour/request-loop.ts";
import { type Step, walk } from "../../../../local/tour/step.ts";
import { steps } from "../../../../local/tour/steps.ts";
import type { World } from "../../../../local/tour/world.ts";
import { page } from "../../support/documents.ts";

const world = {} as World;
const step: Step<string> = {
  number: "S0",
  truth: "Water is wet.",
  act: async () => "a puddle",
  judge: () => [],
  describe: (evidence) => [`seen: ${evidence}`],
};
const failing = (error: Error): Step<string> => ({ ...step, act: () => Promise.reject(error) });
const plain = (text: string) => stripVTControlCharacters(text);

test("walk: holds with what was seen when nothing speaks against it", async () => {
  const result = await walk(step, world);

  expect(result).toMatchObject({ holds: true, evidence: "a puddle", lines: ["seen: a puddle"] });
  expect(plain(heading(step) + outcome({ ...result, seconds: 1.5 }))).toBe(
    "\nS0  Water is wet.\n    seen: a puddle\n    holds (1.5 s)\n",
  );
});

test("walk: fails with the problems when something does", async () => {
  const result = await walk({ ...step, judge: (seen) => [`${seen} is dry`] }, world);

  expect(result).toMatchObject({ holds: false, problems: ["a puddle is dry"] });
  expect(plain(outcome({ ...result, seconds: 1.5 }))).toBe(
    "    seen: a puddle\n    does not hold (1.5 s)\n    - a puddle is dry\n",
  );
});

test("walk: fails with the message when the step does not come to its end", async () => {
  const result = await walk(failing(new Error("no puddle")), world);

  expect(result).toMatchObject({ holds: false, problems: ["no puddle"], lines: [] });
});

test("walk: ends when it is interrupted", async () => {
  await expect(walk(failing(new Interrupted("SIGINT")), world)).rejects.toThrow("SIGINT");
});

test("summary: names the steps that do not hold", async () => {
  const good = await walk(step, world);
  const bad = { ...good, number: "S9", holds: false };

  expect(plain(summary([good]))).toBe("\nIt holds.\n");
  expect(plain(summary([good, good]))).toBe("\nAll 2 hold.\n");
  expect(plain(summary([good, bad]))).toBe("\nS9 does not hold.\n");
  expect(plain(summary([bad, bad]))).toBe("\nS9, S9 do not hold.\n");
});

test("askWhile: asks until the work is done, and ends when it fails", async () => {
  let asked = 0;
  const ask = async () => {
    asked += 1;
    return { pod: "web" };
  };
  const enough = async () => {
    while (asked < 5) await new Promise(setImmediate);
    return "done";
  };

  const { answers, result } = await askWhile(ask, enough);

  expect(result).toBe("done");
  expect(answers.length).toBeGreaterThanOrEqual(5);
  const failed = askWhile(ask, () => Promise.reject(new Error("broken")));
  await expect(failed).rejects.toThrow("broken");
});

test("steps: are S1 to S8", () => {
  expect(steps.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `S${n}`));
});

test("tour: fails with the steps there are when another is asked for", async () => {
  await expect(tour({ step: "S9" })).rejects.toThrow(
    'Cannot walk step "S9": must be one of S1, S2, S3, S4, S5, S6, S7, S8',
  );
});

function folder() {
  const root = mkdtempSync(join(tmpdir(), "tour-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  return localPaths(root);
}

test("requireRealNodes: fails with the way out when nothing runs", async () => {
  await expect(requireRealNodes(folder())).rejects.toThrow(
    "Cannot walk the tour: no cluster runs here; run npm start first",
  );
});

test("requireRealNodes: fails with the way out when the nodes are simulated", async () => {
  const paths = folder();
  const start = processStart(process.pid) ?? "";
  const record = { name: "kube-apiserver", pid: process.pid, start, digest: "", order: 1 };
  mkdirSync(paths.run);
  writeFileSync(paths.kubeconfig, "");
  writeRecord(paths.run, record);

  await expect(requireRealNodes(paths)).rejects.toThrow(
    /^Cannot walk the tour: the nodes are simulated, and no packet reaches a Pod; (run npm start -- --nodes real|real ones are not possible here: .+)$/,
  );

  writeRecord(paths.run, { ...record, name: "connect-proxy" });
  await expect(requireRealNodes(paths)).resolves.toBeUndefined();
});

test("guide: states every truth as the tour does", () => {
  const { blocks } = page("docs/guide/tour.md");
  const shown = blocks.filter(({ info }) => info === "console").map(({ text }) => text);

  expect(shown.map((text) => text.split("\n", 1)[0])).toEqual(
    steps.map((it) => plain(heading(it)).trim()),
  );
  expect(shown.filter((text) => / {4}holds \([\d.]+ s\)\n$/.test(text))).toEqual(shown);
});
