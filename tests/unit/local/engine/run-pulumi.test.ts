import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runPulumi } from "../../../../local/engine/run-pulumi.ts";
import { UserError } from "../../../../local/errors.ts";

/** Runs an engine that does what a shell script says. */
function runEngine(script: string, output: "return" | "show" = "return"): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "run-pulumi-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const pulumi = join(folder, "pulumi");
  writeFileSync(pulumi, `#!/bin/sh\n${script}\n`, { mode: 0o700 });
  return runPulumi(["up"], { pulumi, environment: {}, output });
}

test("runPulumi: yields what an engine prints that ends well", async () => {
  expect(await runEngine('echo "$1"')).toBe("up");
});

// Of an update, as npm start makes one: that its engine is gone must not pass for an update that is done.
test.each(["return", "show"] as const)(
  "runPulumi: fails when the engine was killed, whose output it is to %s",
  async (output) => {
    const killed = runEngine("kill -KILL $$", output);

    await expect(killed).rejects.toThrow(UserError);
    await expect(killed).rejects.toThrow("pulumi up failed with exit code none");
  },
);

test.each([
  ["exit 3", "pulumi up failed with exit code 3"],
  ["exit 8", "pulumi up failed with exit code 8: it was cancelled"],
  ["echo why >&2; exit 1", "why"],
])("runPulumi: says what the engine failed with when it ends by %j", async (script, message) => {
  await expect(runEngine(script)).rejects.toThrow(message);
});
