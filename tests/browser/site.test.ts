import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { buildSite } from "../../local/docs/build-site.ts";
import { problemsInBrowser } from "../../local/docs/check-in-browser.ts";
import { findChromium, NO_CHROMIUM } from "../../local/docs/chromium.ts";
import { localPaths } from "../../local/paths.ts";

const browser = findChromium();
// Its pictures stay, to be looked at.
const folder = join(localPaths().root, "test", "docs");
const wrong = mkdtempSync(join(tmpdir(), "wrong-site-"));

afterAll(() => rmSync(wrong, { recursive: true }));

/** Shows a page that has one thing in its body. */
async function problemsWith(body: string): Promise<string[]> {
  const head = '<head><title>Wrong</title><link rel="icon" href="data:,"></head>';
  writeFileSync(
    join(wrong, "index.html"),
    `<!doctype html><html lang="en">${head}<body><main><h1>Wrong</h1>${body}</main></body></html>`,
  );
  return problemsInBrowser(wrong, wrong, [""]);
}

describe("documentation site", () => {
  test("is readable on a phone and a desk, accessible, and asks no other host", {
    timeout: 600_000,
  }, async ({ skip }) => {
    skip(browser === undefined, NO_CHROMIUM);
    const site = await buildSite(folder);
    const pictures = join(folder, "pictures");
    mkdirSync(pictures, { recursive: true });

    expect(await problemsInBrowser(site, pictures)).toEqual([]);
  });

  test("control: a page without a fault has no problems", async ({ skip }) => {
    skip(browser === undefined, NO_CHROMIUM);

    expect(await problemsWith("<p>Right</p>")).toEqual([]);
  });

  test.for([
    ["is wider than a phone", '<p style="width: 600px">Wide</p>', "on a phone: is wider than"],
    ["has an image without a text", '<img src="data:," />', "on a desk: in light, image-alt"],
    ["asks another host", '<p><img alt="" src="http://127.0.0.1:9/a.png" /></p>', "asks http:"],
    ["misses a file", '<p><img alt="" src="/gone.png" /></p>', "misses http:"],
    [
      "cannot be read in dark",
      "<style>@media (prefers-color-scheme: dark) { p { color: #ddd; background: #fff } }</style><p>Grey on white</p>",
      "on a phone: in dark, color-contrast",
    ],
    ["has an error", "<script>console.error('wrong')</script>", "console: wrong"],
  ] as const)("control: finds a page that %s", async ([, body, problem], { skip }) => {
    skip(browser === undefined, NO_CHROMIUM);

    expect(await problemsWith(body)).toContainEqual(expect.stringContaining(problem));
  });
});
