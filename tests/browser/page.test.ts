import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findChromium, startChromium } from "../../local/docs/chromium.ts";
import { localPaths } from "../../local/paths.ts";
import { pathOf, type ServedShop, serveShop } from "../shared/where/served-shop.ts";
import { appObjects, podOf, shopObjects } from "../shared/where/shop.ts";
import { breakages, example } from "./example.ts";

const chromium = findChromium();
if (chromium === undefined) {
  console.warn("Skipped: there is no Chromium on PATH; install one, or name it in CHROMIUM");
}
const screenshots = join(localPaths().root, "test", "page");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

describe.skipIf(chromium === undefined)("the page in Chromium", () => {
  let browser: Browser;
  let shop: ServedShop;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    browser = await startChromium(chromium ?? "");
    mkdirSync(screenshots, { recursive: true });
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    await page.close();
    await shop.close();
    expect(problems).toEqual([]);
  });
  beforeEach(async () => {
    shop = await serveShop(example(), breakages);
    page = await browser.newPage();
    problems = [];
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(shop.page.url) && !url.startsWith("data:")) problems.push(`asks ${url}`);
    });
    await page.setViewport({ width: 1280, height: 900 });
  });

  const open = async () => {
    await page.goto(shop.page.url);
    await page.waitForSelector(".cell");
  };
  const labels = (selector: string) =>
    page.$$eval(selector, (found) => found.map((it) => it.getAttribute("aria-label") ?? ""));
  const places = () =>
    page.$$eval(".box", (found) =>
      found.map((it) => `${it.getAttribute("data-id")} ${it.getAttribute("transform")}`),
    );

  test("paints Services, Pods and nodes, and asks nothing of another host", async () => {
    await open();

    expect(
      await page.$$eval(".box.broken", (found) => found.map((it) => it.getAttribute("data-id"))),
    ).toContain("Service/payments");
    expect(await page.$eval(".summary p", (it) => it.textContent)).toBe(
      "2 of 4 Services broken: payments, redis",
    );
  });

  test("shows a killed Pod as gone and its successor beside it, and moves no box", async () => {
    await open();
    const before = await places();

    shop.api.remove(pathOf("pods"), "redis-redis0");
    shop.api.put(pathOf("pods"), podOf("redis", "next") as never);

    await page.waitForSelector('.cell.gone[data-id="redis0"]');
    await page.waitForSelector('.cell.fine[data-id="next"]');
    expect(await places()).toEqual(before);
    expect(await labels('.cell[data-id="redis0"]')).toEqual(["Pod redis-redis0, gone"]);
  });

  test("draws the broken link in red, with its sentence", async () => {
    await open();
    const colours = await page.evaluate(`[
      ...new Set([
        ...[...document.querySelectorAll(".link.broken path")].map((it) => getComputedStyle(it).stroke),
        ...[...document.querySelectorAll(".sentence.broken")].map((it) => getComputedStyle(it).fill),
      ]),
    ]`);

    expect(colours).toEqual(["rgb(180, 35, 24)"]);
    expect(
      await page.$$eval(".sentence.broken", (found) => found.map((it) => it.textContent).join()),
    ).toContain("3 Pods have app=redis-master");
  });

  test("lays what a program declares over the picture", async () => {
    await shop.close();
    const service = { kind: "Service", namespace: "shop", name: "payments" };
    const absent = { kind: "Deployment", namespace: "shop", name: "audit" };
    const connections = [{ from: absent, to: service }];
    shop = await serveShop(example(), breakages, { objects: [service, absent], connections });
    await open();

    const dashed = await page.$$eval(".box.undeclared", (found) =>
      found.map((it) => it.getAttribute("data-id")),
    );
    expect(dashed).toContain("Service/redis");
    expect(dashed).not.toContain("Service/payments");
    expect(
      await page.$eval('.box[data-id="Service/payments"] title', (it) => it.textContent),
    ).toContain("declared to be called by audit");
    expect(await page.$eval(".differences", (it) => it.textContent)).toContain(
      "Deployment shop/audit is declared, and absent",
    );
  });

  test("has the content of the picture in its tables", async () => {
    await open();

    const picture = await page.$$eval(".box .title, .box .line", (found) =>
      found.map((it) => it.textContent ?? ""),
    );
    const pods = await page.$$eval(".cell", (found) =>
      found.map((it) => it.getAttribute("data-id")),
    );
    const words = await page.$eval(".tables", (it) => it.textContent ?? "");
    const rows = await page.$$eval(".tables tr[data-id]", (found) =>
      found.map((it) => it.getAttribute("data-id")),
    );

    // What was cut off in the picture ends with "…".
    const shown = picture.map((it) => it.replace(/…$/, "")).filter((it) => it !== "Endpoints");
    expect(shown.length).toBeGreaterThan(30);
    for (const text of shown) expect(words).toContain(text);
    expect(rows).toEqual(expect.arrayContaining(pods));
  });

  test("opens the YAML of a Pod with the keyboard alone, and gives the focus back", async () => {
    await open();
    await page.$eval('.cell[data-box="Deployment/redis"]', (cell) =>
      (cell as unknown as { focus(): void }).focus(),
    );

    await page.keyboard.press("ArrowRight");
    const focused = () => page.evaluate("document.activeElement?.getAttribute('data-id')");
    expect(await focused()).toBe("redis1");
    await page.keyboard.press("Enter");
    await page.waitForFunction(
      "document.querySelector('dialog pre')?.textContent.includes('name: redis-redis1')",
    );
    await page.keyboard.press("Escape");

    await page.waitForFunction("document.querySelector('dialog') === null");
    expect(await focused()).toBe("redis1");
  });

  test("reaches every box, and one Pod of each owner, with the tab key", async () => {
    await open();

    await page.focus(".picture");
    const stops: unknown[] = [];
    for (;;) {
      await page.keyboard.press("Tab");
      if (await page.evaluate("document.activeElement.closest('svg') === null")) break;
      stops.push(await page.evaluate("document.activeElement.getAttribute('data-id')"));
    }

    const ids = await page.$$eval('.box[role="button"]', (found) =>
      found.map((it) => it.getAttribute("data-id")),
    );
    expect(stops).toEqual(expect.arrayContaining(ids));
    expect(stops).toHaveLength(ids.length + 4);
    expect(new Set(stops).size).toBe(stops.length);
  });

  test("dims what is not searched for, and keeps it where it is", async () => {
    await open();
    const before = await places();

    await page.type('input[type="search"]', "redis");

    await page.waitForSelector('.box.dim[data-id="Service/payments"]');
    expect(await page.$('.box.dim[data-id="Service/redis"]')).toBeNull();
    expect(await places()).toEqual(before);
  });

  test("shows another namespace when it is chosen", async () => {
    await open();
    shop.api.put(pathOf("pods").replace("shop", "billing"), podOf("other", "1") as never);

    await page.select("select", "billing");

    await page.waitForFunction(
      "document.querySelector('svg')?.getAttribute('aria-label').includes('billing')",
    );
    expect(await labels(".cell")).toEqual(["Pod other-1, ready, on node-1"]);
    expect(page.url()).toContain("?namespace=billing");
  });

  test("works after the API server restarts, and says meanwhile that it cannot see", async () => {
    await open();

    await shop.api.stop();
    await page.waitForSelector(".not-seen");
    shop.api.put(pathOf("pods"), podOf("redis", "next") as never);
    await shop.api.start();

    await page.waitForSelector('.cell[data-id="next"]');
    await page.waitForFunction("document.querySelector('.not-seen') === null");
  });

  test("draws again only what has changed among 500 Pods", async () => {
    const many = Array.from({ length: 500 }, (_, index) => podOf("many", String(index)));
    await shop.close();
    shop = await serveShop(shopObjects(appObjects("many", many)));
    await open();
    await page.waitForFunction("document.querySelectorAll('.cell').length === 500");
    await page.evaluate(`
      globalThis.touched = new Set();
      new MutationObserver((list) => {
        for (const { target } of list) touched.add((target.closest ? target : target.parentElement).closest("[data-id]")?.getAttribute("data-id"));
      }).observe(document.querySelector("svg"), { subtree: true, attributes: true, characterData: true });
    `);

    shop.api.put(
      pathOf("pods"),
      podOf("many", "250", { metadata: { deletionTimestamp: "2026-11-30T10:00:00Z" } }) as never,
    );
    await page.waitForSelector('.cell.stopping[data-id="250"]');

    const touched = (await page.evaluate("[...touched]")) as string[];
    expect(touched.filter((id) => /^[0-9]+$/.test(id))).toEqual(["250"]);
  });

  describe.each(["light", "dark"])("%s", (scheme) => {
    test.each([1280, 390])("is accessible and fits at %i pixels", async (width) => {
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.setViewport({ width, height: 844 });
      await open();

      await page.screenshot({
        path: join(screenshots, `${scheme}-${width}.png`) as `${string}.png`,
        fullPage: true,
      });
      expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(
        true,
      );
      expect(await seriousProblems()).toEqual([]);
    });
  });

  test("is accessible while an object's YAML is open", async () => {
    await open();
    await page.click('[data-id="Service/redis"]');
    await page.waitForFunction(
      "document.querySelector('dialog pre')?.textContent.includes('name: redis')",
    );

    expect(await seriousProblems()).toEqual([]);
  });

  test("would find a page that is not accessible", async () => {
    await open();
    await page.evaluate(
      "document.querySelector('.cell').removeAttribute('aria-label'); document.querySelector('.cell title').remove(); document.querySelector('select').closest('label').replaceWith(document.querySelector('select'))",
    );

    expect(await seriousProblems()).not.toEqual([]);
  });

  async function seriousProblems(): Promise<readonly string[]> {
    await page.evaluate(axe);
    const { violations } = (await page.evaluate("axe.run()")) as AxeResults;
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map(({ html }) => html.slice(0, 120))
            .slice(0, 3)
            .join(" | ")}`,
      );
  }
});
