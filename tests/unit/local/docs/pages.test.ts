import { describe, expect, test } from "vitest";
import { brokenLinks } from "../../../../local/docs/broken-links.ts";
import { DeadLinkError, forSite, sitePath } from "../../../../local/docs/pages.ts";

const pages = ["README.md", "docs/guide/README.md", "docs/guide/backend.md"];
const exists = (path: string) => path === "components/backend.ts";
const inGuide = (text: string) => forSite({ path: "docs/guide/backend.md", text }, pages, exists);

describe("sitePath", () => {
  test("makes a README the index of its folder", () => {
    expect(pages.map(sitePath)).toEqual([
      "index.md",
      "docs/guide/index.md",
      "docs/guide/backend.md",
    ]);
  });
});

describe("forSite", () => {
  test("leads to pages, keeps other sites, and makes a file that the site does not have a text", () => {
    expect(
      inGuide("[a](README.md#use) [b](https://x.example) [`c`](../../components/backend.ts)"),
    ).toBe("[a](index.md#use) [b](https://x.example) `c`");
  });

  test("keeps a picture that is there", () => {
    const picture = "![a](../../components/backend.ts)";

    expect(inGuide(picture)).toBe(picture);
    expect(() => inGuide("![a](gone.png)")).toThrow(DeadLinkError);
  });

  test("fails with every link that leads nowhere", () => {
    expect(() => inGuide("[a](gone.md) [b](also-gone.md)")).toThrow(
      new DeadLinkError("docs/guide/backend.md has links that lead nowhere: gone.md, also-gone.md"),
    );
  });

  test("keeps pictures, and fails where there is none", () => {
    expect(inGuide("![a](../../components/backend.ts)")).toBe("![a](../../components/backend.ts)");
    expect(() => inGuide("![a](gone.svg)")).toThrow(DeadLinkError);
  });

  test("leaves code alone", () => {
    const code = "```ts\nconst it = list[0](gone.md);\n```\n";

    expect(inGuide(code)).toBe(code);
  });
});

describe("brokenLinks", () => {
  test("finds pages and headings that are not there, and no others", () => {
    const site = new Map([
      ["index.html", '<a href="/docs/a.html#there">a</a><a href="docs/a.html#gone">b</a>'],
      [
        "docs/a.html",
        '<h2 id="there"></h2><a href="../index.html">c</a><a href="b.html">d</a><a href="c.png">e</a>',
      ],
    ]);

    expect(brokenLinks(site, ["docs/c.png"])).toEqual([
      "index.html: docs/a.html#gone",
      "docs/a.html: b.html",
    ]);
  });
});
