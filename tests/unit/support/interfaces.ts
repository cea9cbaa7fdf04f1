import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** A field of an interface, as its source states it. */
export interface Field {
  readonly name: string;
  readonly optional: boolean;
  /** Its type in TypeScript, on one line. */
  readonly type: string;
  /** What the field is, in the words of its documentation, on one line. */
  readonly summary: string;
  /** What its documentation says of its absence. */
  readonly absent: string | undefined;
}

interface Found {
  readonly own: readonly Field[];
  readonly bases: readonly string[];
}

/** The fields of every interface in a folder, those it extends included, read from the sources alone. */
export function interfacesIn(folder: string): ReadonlyMap<string, readonly Field[]> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const sources = names.filter((name) => name.endsWith(".ts"));
  return interfacesOf(sources.map((name) => readFileSync(join(folder, name), "utf8")));
}

/** The same of some sources. */
export function interfacesOf(sources: readonly string[]): ReadonlyMap<string, readonly Field[]> {
  const found = new Map<string, Found>();
  for (const text of sources) {
    const source = ts.createSourceFile("source.ts", text, ts.ScriptTarget.Latest, true);
    for (const node of source.statements.filter(ts.isInterfaceDeclaration)) {
      const own = node.members.filter(ts.isPropertySignature).map((it) => fieldOf(it, source));
      const bases = (node.heritageClauses ?? []).flatMap(({ types }) =>
        types.flatMap(({ expression }) => (ts.isIdentifier(expression) ? [expression.text] : [])),
      );
      found.set(node.name.text, { own, bases });
    }
  }
  return new Map([...found.keys()].map((name) => [name, fieldsOf(found, name)]));
}

/** An interface's fields, its own first. */
function fieldsOf(found: ReadonlyMap<string, Found>, name: string): readonly Field[] {
  const { bases, own } = found.get(name) ?? { bases: [], own: [] };
  const all = [...own, ...bases.flatMap((base) => fieldsOf(found, base))];
  return [...new Map(all.reverse().map((field) => [field.name, field])).values()].reverse();
}

function fieldOf(node: ts.PropertySignature, source: ts.SourceFile): Field {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tag = doc?.tags?.find((it) => it.tagName.text === "default");
  return {
    name: node.name.getText(source),
    optional: node.questionToken !== undefined,
    type: oneLine(node.type?.getText(source)),
    summary: oneLine(ts.getTextOfJSDocComment(doc?.comment)),
    absent: tag === undefined ? undefined : oneLine(ts.getTextOfJSDocComment(tag.comment)),
  };
}

function oneLine(text = ""): string {
  return text.replace(/\s+/g, " ").trim();
}
