import { describe, expect, test } from "vitest";
import { atMost, persist } from "../../../../../local/toolchain/releases/attempts.ts";
import {
  ReleaseUnavailable,
  Trouble,
} from "../../../../../local/toolchain/releases/unavailable.ts";
import { shortLimits } from "./short-limits.ts";

const trouble = (kind: Trouble) => new ReleaseUnavailable("https://x", kind, kind);

describe("persist", () => {
  test("persist: yields what an attempt yields when those before failed in passing", async () => {
    let attempts = 0;
    const work = async () => {
      attempts += 1;
      if (attempts < 3) throw trouble(Trouble.Passing);
      return "done";
    };

    expect(await persist(work, shortLimits)).toBe("done");
  });

  test.each([
    [trouble(Trouble.Passing), 3],
    [trouble(Trouble.Lasting), 1],
    [trouble(Trouble.Missing), 1],
    [new Error("other"), 1],
  ])(
    "persist: fails with what an attempt fails with when it is %s, after %d",
    async (error, count) => {
      let attempts = 0;
      const work = async () => {
        attempts += 1;
        throw error;
      };

      await expect(persist(work, shortLimits)).rejects.toBe(error);
      expect(attempts).toBe(count);
    },
  );

  test("persist: ends in the pause when it is interrupted", async () => {
    const interrupt = new AbortController();
    const limits = { ...shortLimits, pauseMilliseconds: 3_600_000 };
    const work = async () => {
      setImmediate(() => interrupt.abort(new Error("Ctrl-C")));
      throw trouble(Trouble.Passing);
    };

    await expect(persist(work, limits, interrupt.signal)).rejects.toThrow("Ctrl-C");
  });
});

describe("atMost", () => {
  test("atMost: runs so many at a time and all in the end, also when one fails", async () => {
    let running = 0;
    let most = 0;
    const run = atMost(2);
    const work = (index: number) => async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      if (index === 1) throw new Error("one");
      return index;
    };

    const results = await Promise.allSettled([0, 1, 2, 3, 4].map((index) => run(work(index))));

    expect(most).toBe(2);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
  });
});
