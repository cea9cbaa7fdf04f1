import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { escaped } from "../../support/escaped.ts";

/** A text of a refusal, as the source has it. */
export interface Text {
  /** The file and line. */
  readonly at: string;
  /** What matches the text with any values in it. */
  readonly pattern: RegExp;
  /** How many letters it has besides these values. */
  readonly letters: number;
}

const components = join(import.meta.dirname, "../../../../components");

/** Every text in the components that says what a value must be, but for those of load balancers, which their tables have. */
export function texts(): readonly Text[] {
  return globSync("**/*.ts", { cwd: components })
    .filter((file) => !file.startsWith("load-balancer/"))
    .flatMap((file) => textsIn(file, readFileSync(join(components, file), "utf8")));
}

/** The texts of one source. */
export function textsIn(file: string, source: string): readonly Text[] {
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: Text[] = [];
  const visit = (node: ts.Node): void => {
    const parts = partsOf(node);
    if (parts?.[0]?.startsWith("must ") === true) {
      const { line } = parsed.getLineAndCharacterOfPosition(node.getStart());
      const pattern = new RegExp(`^${parts.map(escaped).join("[\\s\\S]*")}`);
      found.push({ at: `${file}:${line + 1}`, pattern, letters: parts.join("").length });
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return found;
}

/** What stands between the values of a text. */
function partsOf(node: ts.Node): readonly string[] | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    return [node.text];
  }
  return ts.isTemplateExpression(node)
    ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]
    : undefined;
}
