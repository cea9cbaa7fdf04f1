import ts from "typescript";

/** A source with one thing changed. */
export interface Mutant {
  /** Where and what, for the report. */
  readonly change: string;
  readonly source: string;
}

const OPPOSITES = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, "!=="],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, "==="],
  [ts.SyntaxKind.AmpersandAmpersandToken, "||"],
  [ts.SyntaxKind.BarBarToken, "&&"],
  [ts.SyntaxKind.LessThanToken, "<="],
  [ts.SyntaxKind.GreaterThanToken, ">="],
  [ts.SyntaxKind.LessThanEqualsToken, "<"],
  [ts.SyntaxKind.GreaterThanEqualsToken, ">"],
]);

/** Every key, word, number and condition of a source, changed one at a time. */
export function mutantsOf(source: string): readonly Mutant[] {
  const file = ts.createSourceFile("source.ts", source, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const change = (node: ts.Node, text: string) => {
    const [start, end] = [node.getStart(file), node.getEnd()];
    const line = file.getLineAndCharacterOfPosition(start).line + 1;
    const was = source.slice(start, end);
    mutants.push({
      change: `line ${line}: ${was} becomes ${text === "" ? "nothing" : text}`,
      source: source.slice(0, start) + text + source.slice(end),
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) {
      return;
    }
    mutate(node, change);
    node.forEachChild(visit);
  };
  visit(file);
  return mutants;
}

function mutate(node: ts.Node, change: (node: ts.Node, text: string) => void): void {
  if (ts.isStringLiteral(node)) {
    change(node, JSON.stringify(`${node.text}~`));
  } else if (ts.isNoSubstitutionTemplateLiteral(node)) {
    change(node, `\`${node.rawText ?? node.text}~\``);
  } else if (isTemplatePiece(node) && node.text !== "") {
    change(node, node.getText().replace(/(\$\{|`)$/, "~$1"));
  } else if (ts.isNumericLiteral(node)) {
    change(node, String(Number(node.text) + 1));
  } else if (node.kind === ts.SyntaxKind.TrueKeyword) {
    change(node, "false");
  } else if (node.kind === ts.SyntaxKind.FalseKeyword) {
    change(node, "true");
  } else if (ts.isRegularExpressionLiteral(node)) {
    change(node, "/(?:)/");
  } else if (ts.isBinaryExpression(node)) {
    const opposite = OPPOSITES.get(node.operatorToken.kind);
    if (opposite !== undefined) {
      change(node.operatorToken, opposite);
    }
  } else if (isRemovable(node)) {
    change(node, "...{}");
  }
}

/** A property that says something: one that says undefined is as good as none. */
function isRemovable(node: ts.Node): boolean {
  return (
    ts.isSpreadAssignment(node) ||
    (ts.isPropertyAssignment(node) && node.initializer.getText() !== "undefined")
  );
}

function isTemplatePiece(node: ts.Node): node is ts.TemplateLiteralLikeNode {
  return ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
}
