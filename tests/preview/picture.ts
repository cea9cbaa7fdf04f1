// Takes the picture of a comment in the guide: `npm run record:comment`. GitHub's style sheet, in a real browser that has a font with emoji.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import MarkdownIt from "markdown-it";
import { startChromium } from "../../local/docs/chromium.ts";
import { checkout } from "../../local/paths.ts";
import { renderMarkdown } from "../../preview/render/markdown.ts";
import { threeStacks } from "./three-stacks.ts";

const PICTURE = "docs/pictures/preview-comment.png";
const WIDTH = 900;

const markdown = renderMarkdown(threeStacks());
const require = createRequire(import.meta.url);
const style = readFileSync(
  require.resolve("github-markdown-css/github-markdown-light.css"),
  "utf8",
);
const html = new MarkdownIt({ html: true }).render(markdown);

const browser = await startChromium();
try {
  const page = await browser.newPage();
  await page.setViewport({ width: WIDTH, height: 600, deviceScaleFactor: 1.5 });
  await page.setContent(
    `<style>${style} body { margin: 24px }</style><article class="markdown-body">${html}</article>`,
  );
  const path = join(checkout, PICTURE) as `${string}.png`;
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, fullPage: true, optimizeForSpeed: false });
  writeFileSync(join(import.meta.dirname, "three-stacks.md"), markdown);
} finally {
  await browser.close();
}
