import { globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const checkout = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(checkout, path), "utf8");

/** The messages in the first column of the tables of a page. Those of other programs begin with the program's name. */
function messagesOf(text: string): string[] {
  return [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, message = ""]) => message);
}

const sources = globSync("components/**/*.ts", { cwd: checkout }).map(read).join("\n");
/** The parts of a message that no source has: a template's values stand between them. */
const missing = (message: string) => message.split("…").filter((part) => !sources.includes(part));

describe("docs/guide/troubleshooting.md", () => {
  const messages = messagesOf(read("docs/guide/troubleshooting.md"));

  test("has messages of the components alone", () => {
    expect(messages.length).toBeGreaterThan(10);
    expect(messages.flatMap(missing)).toEqual([]);
  });

  test("control: a message that nobody writes is found", () => {
    expect(missing("there is no such argument…as the moon")).toEqual(["as the moon"]);
  });
});

describe("docs/architecture.md", () => {
  const text = read("docs/architecture.md");

  test("names every folder of components and of the checkout that has sources", () => {
    const named = (name: string) => text.includes(name);
    const folders = readdirSync(join(checkout, "components"), { withFileTypes: true }).flatMap(
      (entry) => (entry.isDirectory() ? [entry.name] : []),
    );

    expect(folders.filter((name) => !named(name))).toEqual([]);
    const others = readdirSync(checkout, { withFileTypes: true })
      .filter(
        (entry) => entry.isDirectory() && !/^\.|^(dist|node_modules|reports)$/.test(entry.name),
      )
      .map(({ name }) => name);
    expect(others.filter((name) => !text.includes(`\`${name}`))).toEqual([]);
    expect(others).toContain("preview");
  });

  test("has a glossary of at most 25 words", () => {
    const [, glossary = ""] = text.split("## Glossary");
    const words = [...glossary.matchAll(/^\| (\w+) \|/gm)].map(([, word]) => word);

    expect(words.length - 1).toBeLessThanOrEqual(25);
    expect(words).toContain("entrance");
  });
});

test("README.md: has the seconds that were measured", () => {
  const { medianSeconds } = JSON.parse(read("bench/results/one-backend.json"));
  const [own, plain] = [medianSeconds.backend, medianSeconds.plain].map((it) => it.toFixed(1));

  expect(read("README.md")).toContain(
    `takes ${own} s; with plain \`@pulumi/kubernetes\` and the same objects ${plain} s`,
  );
});

test("docs/guide/README.md: leads to every page of the guide", () => {
  const index = read("docs/guide/README.md");
  const pages = readdirSync(join(checkout, "docs/guide")).filter(
    (name) => name.endsWith(".md") && name !== "README.md",
  );

  expect(pages.filter((name) => !index.includes(`(${name}`))).toEqual([]);
});
