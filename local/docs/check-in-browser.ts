import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import { launch, type Page } from "puppeteer-core";
import { UserError } from "../errors.ts";
import { localPaths } from "../paths.ts";
import { report } from "../terminal.ts";
import { serveSite } from "./serve-site.ts";

/** Pages of every kind: text, tables, long code, another language, the reference. */
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
const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/**
 * Opens pages of a site in Chromium, from `CHROMIUM` or PATH, at the widths of a phone and a desk.
 *
 * @throws UserError with everything that is wrong: a page that is wider than the screen, asks another host, has an error
 * in its console, or breaks a rule of accessibility that axe calls serious
 */
export async function checkInBrowser(site: string): Promise<void> {
  const { close, url } = await serveSite(site);
  const browser = await launch({
    executablePath: chromium(),
    // The pages are our own; as root there is no sandbox.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    const problems: string[] = [];
    for (const [kind, width] of Object.entries(WIDTHS)) {
      for (const path of PAGES) {
        const page = await browser.newPage();
        await page.setViewport({ width, height: HEIGHT });
        const found = await problemsOf(page, url, path);
        problems.push(...found.map((problem) => `${path || "index"} on a ${kind}: ${problem}`));
        const picture = `${(path || "index").replaceAll("/", "-")}-${kind}.png` as const;
        await page.screenshot({
          path: join(localPaths().root, "docs", picture) as `${string}.png`,
        });
        await page.close();
      }
    }
    if (problems.length > 0) {
      throw new UserError(`The site is not as it should be:\n  ${problems.join("\n  ")}`);
    }
    report(`${PAGES.length} pages are right on a phone and a desk`);
  } finally {
    await browser.close();
    close();
  }
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

/** The path of Chromium: from `CHROMIUM`, or on PATH. */
export function chromium(): string {
  const stated = process.env["CHROMIUM"];
  if (stated !== undefined) return stated;
  const folders = (process.env["PATH"] ?? "").split(":");
  const found = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return found.find(isProgram) ?? missing();
}

function isProgram(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function missing(): never {
  throw new UserError(
    `Cannot open the site: there is no ${NAMES.join(", ")} on PATH; install one, or name it in CHROMIUM`,
  );
}
