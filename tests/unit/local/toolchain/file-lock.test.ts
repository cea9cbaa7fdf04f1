import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { thisProcess } from "../../../../local/processes/holder.ts";
import { withFileLock } from "../../../../local/toolchain/file-lock.ts";

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "file-lock-"));
  path = join(directory, "test.lock");
});

afterEach(() => rm(directory, { recursive: true, force: true }));

/** Another process that takes the lock and keeps it until it is killed or its input ends. */
async function startHolder() {
  const script = join(import.meta.dirname, "hold-lock.ts");
  const holder = spawn(process.execPath, [script, path], { stdio: ["pipe", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  return holder;
}

describe("withFileLock", () => {
  test("withFileLock: yields what the function yields when the lock is free", async () => {
    expect(await withFileLock(path, {}, async () => 42)).toBe(42);
  });

  test("withFileLock: runs one function at a time when several ask in one process", async () => {
    const events: string[] = [];
    const [holding, waiting] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];

    // Nothing orders two that ask at once: b asks when a holds the lock, and a lets go when b has been told to wait.
    const first = withFileLock(path, {}, async () => {
      events.push("a begins");
      holding.resolve();
      await waiting.promise;
      events.push("a ends");
    });
    await holding.promise;
    const second = withFileLock(path, { onWait: () => waiting.resolve() }, async () => {
      events.push("b begins");
      await new Promise(setImmediate);
      events.push("b ends");
    });
    await Promise.all([first, second]);

    expect(events).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  });

  test("withFileLock: frees the lock when the function throws", async () => {
    const failing = withFileLock(path, {}, async () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");

    expect(await withFileLock(path, { waitSeconds: 0 }, async () => "free")).toBe("free");
  });

  test("withFileLock: fails naming the holder when another process keeps the lock", async () => {
    const holder = await startHolder();

    const attempt = withFileLock(path, { waitSeconds: 0 }, async () => "taken");

    await expect(attempt).rejects.toThrow(`process ${holder.pid} (started in ${process.cwd()}`);
    holder.stdin.end();
    await once(holder, "exit");
  });

  test("withFileLock: tells once whom it waits for and goes on when that one is done", async () => {
    const holder = await startHolder();
    const waits: string[] = [];
    const onWait = (who: string): void => {
      waits.push(who);
      holder.stdin.end();
    };

    expect(await withFileLock(path, { onWait }, async () => "mine")).toBe("mine");
    expect(waits).toEqual([expect.stringContaining(`process ${holder.pid} `)]);
  });

  test("withFileLock: takes the lock over when its holder is killed", async () => {
    const holder = await startHolder();
    holder.kill("SIGKILL");
    await once(holder, "exit");

    expect(await withFileLock(path, { waitSeconds: 0 }, async () => "mine")).toBe("mine");
  });

  test("withFileLock: stops waiting when the signal aborts", async () => {
    const holder = await startHolder();
    const interrupt = new AbortController();
    const onWait = (): void => interrupt.abort(new Error("Ctrl-C"));

    const attempt = withFileLock(path, { onWait, signal: interrupt.signal }, async () => "mine");

    await expect(attempt).rejects.toThrow();
    holder.stdin.end();
    await once(holder, "exit");
  });

  test("withFileLock: fails naming the way out when a process of another host holds the lock", async () => {
    const note = { host: "there", pid: 1, start: "1", folder: "/shop", since: "12:00:00" };
    await writeFile(`${path}.holder`, JSON.stringify(note));

    await expect(withFileLock(path, {}, async () => "mine")).rejects.toThrow(
      `Cannot lock ${path}: process 1 on the host there (started in /shop at 12:00:00) holds it, as ${path}.holder says; wait for it to end or end it there; if it has ended, remove the note (rm ${path}.holder)`,
    );
    await rm(`${path}.holder`);
    expect(await withFileLock(path, {}, async () => "mine")).toBe("mine");
  });

  test("withFileLock: takes the lock when the note of a killed holder has a pid that is another's now", async () => {
    await writeFile(
      `${path}.holder`,
      JSON.stringify({ ...thisProcess(), pid: process.ppid, start: "1" }),
    );

    expect(await withFileLock(path, { waitSeconds: 0 }, async () => "mine")).toBe("mine");
  });

  test("withFileLock: waits for a holder from under which the lock was removed", async () => {
    const holder = await startHolder();
    await rm(path);

    const attempt = withFileLock(path, { waitSeconds: 0 }, async () => "taken");

    await expect(attempt).rejects.toThrow(`process ${holder.pid} (started in`);
    holder.stdin.end();
    await once(holder, "exit");
  });

  test("withFileLock: takes the lock when the note is damaged", async () => {
    await writeFile(`${path}.holder`, '{"host": "th');

    expect(await withFileLock(path, { waitSeconds: 0 }, async () => "mine")).toBe("mine");
  });

  test("withFileLock: fails naming the file when it is none of a lock", async () => {
    await writeFile(path, "x".repeat(5000));

    await expect(withFileLock(path, {}, async () => "mine")).rejects.toThrow(
      /^Cannot lock .*test\.lock: file is not a database; .* remove it \(rm .*test\.lock\)$/,
    );
  });
});
