import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as components from "../../components/index.ts";
import { type Manifest, renderManifests } from "../../testing/index.ts";
import { matchers } from "../../testing/matchers.ts";

expect.extend(matchers);

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const [library = "", kit = ""] = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(
  ([, code]) => code,
);

/** A snippet as the body of a function: what it imports comes in as arguments, and nobody takes what it exports. */
const body = (snippet: string) =>
  snippet.replace(/^import .*? from ".*?";$/gms, "").replaceAll(/^export /gm, "");

const rendered = () =>
  renderManifests(
    () => new Function(...Object.keys(components), body(library))(...Object.values(components)),
    { project: "web", stack: "dev" },
  );

test("README: makes a Deployment and its three Services when the library's example is run", async () => {
  const manifests = await rendered();

  const services = manifests.filter(({ kind }) => kind === "Service");
  expect(services.map(({ metadata }) => metadata.name)).toEqual(["web", "web-dev", "web-front"]);
});

test("README: passes when the test kit's example is run on the library's", async () => {
  let run: (() => Promise<void>) | undefined;
  const example = body(kit).replace('() => import("./index.ts")', "program");
  const names = ["expect", "test", "matchers", "renderManifests", "program"];
  const define = (_: string, callback: () => Promise<void>) => {
    run = callback;
  };
  const render = (): Promise<Manifest[]> => rendered();

  new Function(...names, example)(expect, define, matchers, render, undefined);

  await run?.();
  expect.assertions(2);
});

test("README: names every setting of the program", () => {
  const settings = readFileSync(new URL("../../config.ts", import.meta.url), "utf8");
  const fields = [...settings.matchAll(/^ {2}readonly (\w+):/gm)].map(([, name]) => name);

  const named = fields.filter((name) => readme.includes(`| \`${name}\` |`));

  expect(named).toEqual(fields);
  expect(fields).toContain("sourceRanges");
});
