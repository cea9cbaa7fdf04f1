import { once } from "node:events";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";

/** A command that runs another one, as soon as it does. */
async function running(lastSeconds: number) {
  const script = join(import.meta.dirname, "interrupted.ts");
  const command = execa(process.execPath, [script, String(lastSeconds)], {
    reject: false,
    timeout: 50_000,
  });
  await once(command.stdout, "data");
  return { command };
}

describe("interruptSignal", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "interruptSignal: lets a command end in good order when %s comes while it runs another",
    async (name) => {
      const { command } = await running(0);

      command.kill(name);

      const { exitCode, stderr, stdout } = await command;
      expect(stdout).toContain("ended in good order");
      expect(stderr).toBe(`Received ${name}: ending in good order. Once more ends it at once`);
      expect(exitCode).toBe(130);
    },
  );

  test("interruptSignal: ends the command at once when a second signal comes", async () => {
    const { command } = await running(600);
    command.kill("SIGINT");
    await once(command.stderr, "data");

    command.kill("SIGINT");

    const { signal, stdout } = await command;
    expect(signal).toBe("SIGINT");
    expect(stdout).not.toContain("ended in good order");
  });
});
