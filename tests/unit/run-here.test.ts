import { expect, test, vi } from "vitest";
import { runHere } from "./support/run-here.ts";

const prints = (text: string) => async () => {
  process.stdout.write(`${text}\n`);
  return 0;
};

test("runHere: leaves the variables that a test has set as they are, and its own as they were", async () => {
  vi.stubEnv("OF_THE_TEST", "kept");
  vi.stubEnv("OF_BOTH", "before");
  const seen: unknown[] = [];
  const env = { OF_BOTH: "during", OF_THE_COMMAND: "during" };
  const values = () => ["OF_THE_TEST", "OF_BOTH", "OF_THE_COMMAND"].map((it) => process.env[it]);

  await runHere(async () => seen.push(...values()), [], { env });

  expect(seen).toEqual(["kept", "during", "during"]);
  expect(values()).toEqual(["kept", "before", undefined]);
  vi.unstubAllEnvs();
});

test("runHere: fails while another command line runs, and works when it has ended", async () => {
  const first = runHere(prints("first"), []);

  await expect(runHere(prints("second"), [])).rejects.toThrow("Another command line runs");
  expect((await first).stdout).toBe("first");
  expect((await runHere(prints("third"), [])).stdout).toBe("third");
});

test("runHere: works again when a command line has failed, in the folder and with the streams of before", async () => {
  const before = [process.cwd(), process.stdout.write];
  const fails = () => Promise.reject(new Error("broken"));

  await expect(runHere(fails, [], { cwd: "/" })).rejects.toThrow("broken");

  expect([process.cwd(), process.stdout.write]).toEqual(before);
  expect((await runHere(prints("after"), [])).stdout).toBe("after");
});
