import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { askEngine } from "../../../preview/collect/engine.ts";

/** An engine that says its process and then works for ten seconds. */
function slowEngine() {
  const cwd = mkdtempSync(join(tmpdir(), "engine-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const pulumi = join(cwd, "pulumi");
  writeFileSync(pulumi, "#!/bin/sh\necho done\nexec sleep 10\n", { mode: 0o700 });
  return { cwd, pulumi };
}

test("askEngine: interrupts the engine when it has worked for the seconds that are given", async () => {
  await expect(askEngine(slowEngine(), ["refresh"], 0.1)).rejects.toThrow(
    "Cannot run pulumi refresh",
  );
});
