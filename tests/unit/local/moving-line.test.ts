import { Writable } from "node:stream";
import type { WriteStream } from "node:tty";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { canMove, fitted, movingLine } from "../../../local/moving-line.ts";

/** A terminal that shows what is printed to it, as far as a line that moves needs it. */
class FakeTerminal extends Writable {
  readonly isTTY = true;
  readonly columns = 60;
  readonly rows = 24;
  readonly #lines = [""];
  #column = 0;

  override _write(chunk: Buffer, _: string, done: () => void): void {
    for (const character of stripVTControlCharacters(String(chunk))) this.#put(character);
    done();
  }

  cursorTo(column: number): void {
    this.#column = column;
  }

  clearLine(): void {
    this.#lines.push((this.#lines.pop() ?? "").slice(0, this.#column));
  }

  lines(): string[] {
    return this.#lines;
  }

  #put(character: string): void {
    if (character === "\n") {
      this.#lines.push("");
      this.#column = 0;
      return;
    }
    const line = this.#lines.pop() ?? "";
    this.#lines.push(line.slice(0, this.#column) + character + line.slice(this.#column + 1));
    this.#column += 1;
  }
}

let terminal: FakeTerminal;
const open = () => movingLine(terminal as unknown as WriteStream, { TERM: "xterm" });

beforeEach(() => {
  terminal = new FakeTerminal();
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe("movingLine", () => {
  test("movingLine: shows the newest text of each part in one line, and none at the end", () => {
    const show = open();

    show?.("downloads", "Downloading: 10 of 30 MB");
    show?.("builds", "Building etcd");
    show?.("downloads", "Downloading: 20 of 30 MB");
    vi.advanceTimersByTime(500);
    const meanwhile = terminal.lines().join("|");
    show?.("downloads", undefined);
    vi.advanceTimersByTime(500);
    const later = terminal.lines().join("|");
    show?.("builds", undefined);
    vi.advanceTimersByTime(500);

    expect(meanwhile.slice(2)).toBe("Downloading: 20 of 30 MB · Building etcd");
    expect(later.slice(2)).toBe("Building etcd");
    expect(terminal.lines()).toEqual([""]);
  });

  test("movingLine: keeps above it what is printed meanwhile", () => {
    const show = open();

    show?.("downloads", "Downloading: 10 of 30 MB");
    terminal.write("Downloaded etcd in 3 s\n");
    terminal.write("Cannot build kwok\n");
    vi.advanceTimersByTime(500);
    const meanwhile = terminal.lines();

    expect(meanwhile.slice(0, 2)).toEqual(["Downloaded etcd in 3 s", "Cannot build kwok"]);
    expect(meanwhile.at(-1)).toContain("Downloading: 10 of 30 MB");
    show?.("downloads", undefined);
    expect(terminal.lines()).toEqual(["Downloaded etcd in 3 s", "Cannot build kwok", ""]);
  });

  test("movingLine: leaves the signals to whoever takes them", () => {
    const before = process.listeners("SIGINT");

    const show = open();
    show?.("builds", "Building etcd");

    expect(process.listeners("SIGINT")).toEqual(before);
    show?.("builds", undefined);
  });
});

describe("canMove", () => {
  test.each([
    ["it is a terminal", { isTTY: true, columns: 80 }, { TERM: "xterm" }, true],
    ["it is a terminal without colours", { isTTY: true, columns: 80 }, { NO_COLOR: "1" }, true],
    ["it is a file or a pipe", {}, {}, false],
    ["a CI system runs it", { isTTY: true, columns: 80 }, { CI: "true" }, false],
    ["the terminal knows no movements", { isTTY: true, columns: 80 }, { TERM: "dumb" }, false],
    ["the terminal tells no width", { isTTY: true, columns: 0 }, { TERM: "xterm" }, false],
  ])("canMove: tells it when %s", (_, stream, env, expected) => {
    expect(canMove(stream as WriteStream, env)).toBe(expected);
  });
});

describe("fitted", () => {
  test.each([
    ["as it is when it fits", 16, "Building etcd"],
    ["cut when the terminal is narrower", 15, "Building et…"],
    ["without an end when the terminal has hardly any columns", 1, "…"],
  ])("fitted: yields a text %s", (_, columns, expected) => {
    expect(fitted("Building etcd", columns)).toBe(expected);
  });
});
