import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { about, duration, type Show, trackProgress } from "../../../../local/toolchain/progress.ts";

describe("duration", () => {
  test.each([
    [0, "0 s"],
    [59_400, "59 s"],
    [59_600, "1 min 00 s"],
    [754_000, "12 min 34 s"],
  ])("duration: reads well when it is %d ms", (milliseconds, expected) => {
    expect(duration(milliseconds)).toBe(expected);
  });
});

describe("about", () => {
  test.each([
    [[], "less than a minute"],
    [[30, 29], "less than a minute"],
    [[30, 30], "about 1 min"],
    [[300, 200, 50], "about 9 min"],
  ])("about: sums what builds of %j s take", (seconds, expected) => {
    expect(about(seconds.map((buildSeconds) => ({ buildSeconds })))).toBe(expected);
  });
});

const step = "etcd 3.6.16";

describe("trackProgress", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("trackProgress: tells every 20 s what is compiled when the step takes long", () => {
    const lines: string[] = [];
    const progress = trackProgress(step, { report: (line) => lines.push(line) });

    progress.onLine("runtime/internal/sys");
    progress.onLine("go.uber.org/zap");
    vi.advanceTimersByTime(25_000);
    progress.stop();
    vi.advanceTimersByTime(60_000);

    expect(lines).toEqual([
      "Still building etcd 3.6.16: 20 s, 2 packages compiled, now go.uber.org/zap",
    ]);
  });

  test("trackProgress: tells what is fetched when nothing is compiled yet", () => {
    const lines: string[] = [];
    const progress = trackProgress(step, { report: (line) => lines.push(line) });

    progress.onLine("go: downloading go.uber.org/zap v1.27.0");
    vi.advanceTimersByTime(20_000);
    progress.stop();

    expect(lines).toEqual(["Still building etcd 3.6.16: 20 s, downloading go.uber.org/zap"]);
  });

  test("trackProgress: shows all the time how far the step is when a line moves", () => {
    const lines: string[] = [];
    const shown: (string | undefined)[] = [];
    const show: Show = (part, text) => shown.push(text && `${part}: ${text}`);
    const progress = trackProgress(step, { report: (line) => lines.push(line), show });

    progress.onLine("go.uber.org/zap");
    vi.advanceTimersByTime(30_000);
    const latest = shown.at(-1);
    progress.stop();
    const count = shown.length;
    vi.advanceTimersByTime(60_000);

    expect(latest).toBe("etcd 3.6.16: etcd 3.6.16: 30 s, 1 packages compiled");
    expect([shown.at(-1), shown.length, lines]).toEqual([undefined, count, []]);
  });
});
