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

/** Pages of every kind: text, tables, long code, another language, and what the reference has of each kind of export. */
const PAGES = [
  "",
  "README.ko.html",
  "docs/arguments.html",
  "docs/comparison.html",
  "docs/guide/backend.html",
  "docs/guide/controllers.html",
  "docs/guide/troubleshooting.html",
  "api/",
  "api/components/classes/Backend.html",
  "api/components/interfaces/LoadBalancerServiceArgs.html",
  "api/components/variables/Exposure.html",
  "api/testing/functions/renderManifests.html",
];
const WIDTHS = { phone: 390, desk: 1280 } as const;
const SCHEMES = ["light", "dark"] as const;
const HEIGHT = 844;

/**
 * Opens pages of a site in Chromium, at the widths of a phone and a desk, in light and dark, and takes a picture of each.
 *
 * @param pictures - the folder that the pictures are written to
 * @returns everything that is wrong: a page that is wider than the screen, asks another host, misses a file, has an error in its
 * console, or breaks a rule of accessibility that axe knows
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
        const name = path.replace(/\/$/, "") || "index";
        const picture = join(pictures, `${name.replaceAll("/", "-")}-${kind}`);
        const found = await problemsOf(page, new URL(path, url), picture);
        problems.push(...found.map((problem) => `${name} on a ${kind}: ${problem}`));
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

async function problemsOf(page: Page, address: URL, picture: string): Promise<string[]> {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (!["data:", "blob:"].includes(protocol) && origin !== address.origin) {
      problems.push(`asks ${request.url()}`);
    }
  });
  page.on("response", (response) => {
    if (!response.ok()) problems.push(`misses ${response.url()}`);
  });
  await page.goto(address.href, { waitUntil: "networkidle0" });
  const tooWide = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
  if (tooWide === true) problems.push("is wider than the screen");
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8"));
  for (const scheme of SCHEMES) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.evaluate(SETTLED);
    await page.screenshot({ path: `${picture}-${scheme}.png` });
    problems.push(...(await violationsIn(page)).map((problem) => `in ${scheme}, ${problem}`));
  }
  return problems;
}

/** Ends when a page has its new colours: after what it does in the next frame, and the transitions that this begins. */
const SETTLED = `new Promise(requestAnimationFrame).then(() =>
  Promise.allSettled(document.getAnimations().map((it) => it.finished)).then(() => undefined))`;

async function violationsIn(page: Page): Promise<string[]> {
  const { violations } = (await page.evaluate("axe.run()")) as AxeResults;
  return violations.map(({ id, nodes }) => {
    const places = nodes.map(({ target }) => target);
    return `${id}: ${places.slice(0, 3).join(", ")}`;
  });
}
