import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "./analyze.ts";

/** A fenced block of a document. */
export interface Block {
  /** The language, and whatever else is said behind the fence. */
  readonly info: string;
  readonly text: string;
}

/** A text with examples. */
export interface Document {
  /** Its path in the package. */
  readonly path: string;
  readonly blocks: readonly Block[];
}

/** The headings of a page that its own links lead to and that are not there. The others' links are typedoc's to check. */
export function missingHeadings(path: string): string[] {
  const text = readFileSync(join(checkout, path), "utf8");
  const slugs = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
  const links = [...text.matchAll(/\]\(#([^)]*)\)/g)].map(([, slug = ""]) => slug);
  return links.filter((slug) => !slugs.includes(slug)).map((slug) => `${path}#${slug}`);
}

/** Every page of the guide with examples in TypeScript, in the order of their names. */
export function guidePages(): Document[] {
  // The index of the guide has no examples, and tests/engine/languages.test.ts runs the programs in other languages.
  const files = readdirSync(join(checkout, "docs/guide")).filter((it) => it.endsWith(".md"));
  const names = files.filter((it) => !["README.md", "other-languages.md"].includes(it));
  return names.sort().map((name) => page(`docs/guide/${name}`));
}

/** A page by its path. */
export function page(path: string): Document {
  return { path, blocks: blocksOf(readFileSync(join(checkout, path), "utf8")) };
}

/** The doc comments of the components' classes in a folder, as far as they show a call. */
export function classComments(folder = "components"): Document[] {
  const names = readdirSync(join(checkout, folder)).filter((name) => name.endsWith(".ts"));
  return names.sort().flatMap((name) => {
    const source = readFileSync(join(checkout, folder, name), "utf8");
    const [before, after] = source.split(/^export class .* extends pulumi\.ComponentResource/m);
    const comment =
      before
        ?.split("/**")
        .at(-1)
        ?.replaceAll(/^ \* ?/gm, "") ?? "";
    return after === undefined ? [] : [{ path: `${folder}/${name}`, blocks: blocksOf(comment) }];
  });
}

function blocksOf(text: string): Block[] {
  const fenced = text.matchAll(/^```(?<info>[^\n]*)\n(?<text>.*?)^```$/gms);
  return [...fenced].map(({ groups }) => ({
    info: groups?.["info"] ?? "",
    text: groups?.["text"] ?? "",
  }));
}
