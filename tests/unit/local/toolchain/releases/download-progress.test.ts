import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  downloadLine,
  trackDownloads,
} from "../../../../../local/toolchain/releases/download-progress.ts";

const MB = 1_000_000;

describe("downloadLine", () => {
  test("downloadLine: tells the time left at the speed so far when all sizes are known", () => {
    const files = [
      { have: 100 * MB, total: 200 * MB },
      { have: 20 * MB, total: 220 * MB },
    ];

    expect(downloadLine(files, { received: 30 * MB, milliseconds: 15_000, expected: 0 })).toBe(
      "Downloading: 120 of 420 MB, 2 min 30 s left",
    );
  });

  test("downloadLine: tells no time when nothing has come in this run", () => {
    const files = [{ have: MB, total: 2 * MB }];

    expect(downloadLine(files, { received: 0, milliseconds: 5_000, expected: 0 })).toBe(
      "Downloading: 1 of 2 MB",
    );
  });

  test("downloadLine: tells what has come when a size is not known yet", () => {
    const files = [
      { have: 100 * MB, total: 200 * MB },
      { have: 0, total: undefined },
    ];

    const course = { received: 100 * MB, milliseconds: 15_000 };
    expect(downloadLine(files, { ...course, expected: 0 })).toBe("Downloading: 100 MB so far");
    expect(downloadLine(files, { ...course, expected: 90 * MB })).toBe(
      "Downloading: 100 MB so far",
    );
  });

  test("downloadLine: tells about how much and how long when it is known about how much will come", () => {
    const files = [
      { have: 100 * MB, total: 200 * MB },
      { have: 0, total: undefined },
    ];

    expect(
      downloadLine(files, { received: 100 * MB, milliseconds: 10_000, expected: 400 * MB }),
    ).toBe("Downloading: 100 of about 400 MB, 30 s left");
  });
});

describe("trackDownloads", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("trackDownloads: tells one line every five seconds for all, and none when it is stopped", () => {
    const lines: string[] = [];
    const progress = trackDownloads(["https://a", "https://b"], 0, {
      report: (line) => lines.push(line),
    });

    progress.at("https://a", { have: 10 * MB, total: 30 * MB });
    vi.advanceTimersByTime(5_000);
    progress.at("https://a", { have: 20 * MB, total: 30 * MB });
    progress.at("https://b", { have: 5 * MB, total: 5 * MB });
    vi.advanceTimersByTime(5_000);
    progress.stop();
    vi.advanceTimersByTime(60_000);

    expect(lines).toEqual(["Downloading: 10 MB so far", "Downloading: 25 of 35 MB, 10 s left"]);
  });

  test("trackDownloads: shows it at once and several times a second, and says no lines, when a line moves", () => {
    const lines: string[] = [];
    const shown: (string | undefined)[] = [];
    const progress = trackDownloads(["https://a"], 0, {
      report: (line) => lines.push(line),
      show: (_, text) => shown.push(text),
    });

    vi.advanceTimersByTime(800);
    progress.at("https://a", { have: 10 * MB, total: 30 * MB });
    vi.advanceTimersByTime(200);
    progress.stop();
    vi.advanceTimersByTime(60_000);

    expect(lines).toEqual([]);
    expect(shown).toEqual([
      ...Array(5).fill("Downloading: 0 MB so far"),
      "Downloading: 10 of 30 MB",
      undefined,
    ]);
  });
});
