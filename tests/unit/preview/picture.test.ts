import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkout } from "../../../local/paths.ts";
import { renderMarkdown } from "../../../preview/render/markdown.ts";
import { threeStacks } from "../../preview/three-stacks.ts";

const read = (path: string) => readFileSync(join(checkout, path), "utf8");

test("the picture in the guide: shows the comment as it is written today; npm run record:comment takes it anew", () => {
  expect(read("docs/guide/preview-in-ci.md")).toContain("](../pictures/preview-comment.png)");
  expect(renderMarkdown(threeStacks())).toBe(read("tests/preview/three-stacks.md"));
});

test("renderMarkdown: names the stack that is blocked first", () => {
  const stacks = [...renderMarkdown(threeStacks()).matchAll(/^#### (\S+)$/gm)];

  expect(threeStacks().stacks.map(({ stack }) => stack)).toEqual(["dev", "staging", "prod"]);
  expect(stacks.map(([, name]) => name)).toEqual(["shop/prod", "shop/dev", "shop/staging"]);
});
