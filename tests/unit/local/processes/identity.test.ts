import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { identityOf, processStart } from "../../../../local/processes/identity.ts";

test("identityOf: tells when a process started that has ended and was not reaped", async () => {
  const child = spawn(process.execPath, ["-e", ""]);
  const { pid = Number.NaN } = child;
  const before = identityOf(pid);

  // Nothing is reaped before the event loop goes on.
  while (identityOf(pid)?.runs) {}
  const after = identityOf(pid);

  expect(after).toEqual({ start: before?.start, runs: false });
  expect(processStart(pid)).toBeUndefined();
  await once(child, "exit");
  expect(identityOf(pid)).toBeUndefined();
});
