import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { terminalPicture } from "../../../../local/docs/terminal-picture.ts";
import { checkout } from "../../../../local/paths.ts";

const pictures = join(checkout, "docs/pictures");
const recorded = readFileSync(join(pictures, "terminal.txt"), "utf8");
const TITLE = "A terminal after npm start and two steps of npm run tour";

describe("docs/pictures/terminal.svg", () => {
  test("is drawn from what was recorded", async () => {
    await expect(terminalPicture(recorded, TITLE)).toMatchFileSnapshot(
      join(pictures, "terminal.svg"),
    );
  });

  test("was recorded of both commands, and has no path of the machine", () => {
    expect(recorded).toContain("$ npm start\n");
    expect(recorded).toContain("$ npm run tour\n");
    expect(recorded).toContain("    holds (");
    expect(recorded).not.toMatch(/\/(home|root|work|tmp|Users)\b/);
  });
});

describe("terminalPicture", () => {
  test("has a line of text for each line that is not empty, at its row and column", () => {
    const svg = terminalPicture("$ a\n\n  b < c\n", "Title & more");
    const texts = [...svg.matchAll(/<text(.*?) x="(.*?)" y="(.*?)".*?>(.*?)<\/text>/g)];

    expect(texts.map(([, style, x, y, text]) => [style, x, y, text])).toEqual([
      [' class="command"', "18.0", "31", "$ a"],
      ["", "33.6", "69", "b &lt; c"],
    ]);
    expect(svg).toContain("<title>Title &amp; more</title>");
  });

  test("goes on in the next line where a line is wider than the terminal", () => {
    const svg = terminalPicture("x".repeat(117), "Title");

    expect([...svg.matchAll(/>(x+)</g)].map(([, text]) => text?.length)).toEqual([116, 1]);
  });
});
