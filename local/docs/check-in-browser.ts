import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Page } from "puppeteer-core";
import { UserError } from "../errors.ts";
import { localPaths } from "../paths.ts";
import { report } from "../terminal.ts";
import { startChromium } from "./chromium.ts";
import { serveSite } from "./serve-site.ts";

/** Pages of every kind: text, tables, long code, another language. Not the reference: TypeDoc puts links into summaries, which axe refuses. */
const PAGES = [
  "",
  "README.ko.html",
  "docs/arguments.html",
  "docs/comparison.html",
  "docs/guide/backend.html",
  "docs/guide/controllers.html",
  "docs/guide/troubleshooting.html",
];
const WIDTHS = { phone: 390, desk: 1280 } as const;
const HEIGHT = 844;
const SERIOUS: readonly unknown[] = ["serious", "critical"];

/**
 * Opens pages of a site in Chromium, at the widths of a phone and a desk, and takes a picture of each.
 *
 * @param pictures - the folder that the pictures are written to
 * @returns everything that is wrong: a page that is wider than the screen, asks another host, has an error in its console, or breaks
 * a rule of accessibility that axe calls serious
 */
export async function problemsInBrowser(
  site: string,
  pictures: string,
  pages: readonly string[] = PAGES,
): Promise<string[]> {
  const { close, url } = await serveSite(site);
  const browser = await startChromium();
  try {
    const problems: string[] = [];
    for (const [kind, width] of Object.entries(WIDTHS)) {
      for (const path of pages) {
        const page = await browser.newPage();
        await page.setViewport({ width, height: HEIGHT });
        const found = await problemsOf(page, url, path);
        const name = path || "index";
        problems.push(...found.map((problem) => `${name} on a ${kind}: ${problem}`));
        await page.screenshot({
          path: `${join(pictures, `${name.replaceAll("/", "-")}-${kind}`)}.png`,
        });
        await page.close();
      }
    }
    return problems;
  } finally {
    await browser.close();
    close();
  }
}

/**
 * Opens pages of a site as {@link problemsInBrowser} does, in Chromium from `CHROMIUM` or PATH.
 *
 * @throws UserError with everything that is wrong, or if there is no Chromium
 */
export async function checkInBrowser(site: string): Promise<void> {
  const problems = await problemsInBrowser(site, join(localPaths().root, "docs"));
  if (problems.length > 0) {
    throw new UserError(`The site is not as it should be:\n  ${problems.join("\n  ")}`);
  }
  report(`${PAGES.length} pages are right on a phone and a desk`);
}

async function problemsOf(page: Page, url: string, path: string): Promise<string[]> {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(url)) {
      problems.push(`asks ${request.url()}`);
    }
  });
  await page.goto(new URL(path, url).href, { waitUntil: "networkidle0" });
  const tooWide = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
  if (tooWide === true) problems.push("is wider than the screen");
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8"));
  const { violations } = (await page.evaluate("axe.run()")) as AxeResults;
  const serious = violations.filter(({ impact }) => SERIOUS.includes(impact));
  return [
    ...problems,
    ...serious.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ target }) => target)
          .slice(0, 3)
          .join(", ")}`,
    ),
  ];
}
