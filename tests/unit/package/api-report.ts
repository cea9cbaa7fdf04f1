import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { checkout } from "../support/analyze.ts";

/** A name that an entry point exports, and the module that declares it. */
interface Exported {
  readonly name: string;
  readonly file: string;
}

const printer = ts.createPrinter({ removeComments: true });
const parse = (file: string, text = readFileSync(file, "utf8")) =>
  ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);

/** The declarations that programs see of each entry point, in the order of their names, without comments. */
export function apiReport(entries: Readonly<Record<string, string>>): string {
  return Object.entries(entries)
    .map(([entry, file]) => {
      // A constant and the type of its values have one name.
      const names = new Map(exportsOf(join(checkout, file)).map((it) => [it.name, it]));
      const exported = [...names.values()].sort(byName);
      return `// ${entry}\n\n${exported.flatMap(declarationsOf).join("\n")}`;
    })
    .join("\n");
}

const byName = (one: Exported, other: Exported): number => (one.name < other.name ? -1 : 1);

/** What modules export, by their paths. */
const known = new Map<string, readonly Exported[]>();

/** What a module exports: by name from others, or what it declares itself. */
function exportsOf(file: string): readonly Exported[] {
  const exported = known.get(file) ?? parse(file).statements.flatMap((it) => exportedBy(it, file));
  known.set(file, exported);
  return exported;
}

function exportedBy(statement: ts.Statement, file: string): readonly Exported[] {
  if (ts.isExportDeclaration(statement)) return reExports(statement, file);
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  const declares = modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  return declares ? namesOf(statement).map((name) => ({ name, file })) : [];
}

function reExports(statement: ts.ExportDeclaration, file: string): readonly Exported[] {
  const { exportClause, moduleSpecifier } = statement;
  const named = exportClause !== undefined && ts.isNamedExports(exportClause);
  if (!named || moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) {
    throw new Error(`${file} exports something that is not named: ${statement.getText()}`);
  }
  const from = join(dirname(file), moduleSpecifier.text);
  const wanted = exportClause.elements.map(({ name }) => name.text);
  return exportsOf(from).filter(({ name }) => wanted.includes(name));
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const { name } = statement as ts.DeclarationStatement;
  return name === undefined ? [] : [name.getText()];
}

/** The declarations of a module as the compiler writes them for users, by the path of the module. */
const declared = new Map<string, ts.SourceFile>();

function declarationFile(file: string): ts.SourceFile {
  const before = declared.get(file);
  if (before !== undefined) return before;
  const compilerOptions = { target: ts.ScriptTarget.ESNext, isolatedDeclarations: true };
  const text = readFileSync(file, "utf8");
  const { outputText } = ts.transpileDeclaration(text, { fileName: file, compilerOptions });
  const made = parse(`${file}.d.ts`, outputText);
  declared.set(file, made);
  return made;
}

/** The declarations of a name: a constant and the type of its values are two. */
function declarationsOf({ file, name }: Exported): readonly string[] {
  const source = declarationFile(file);
  const where = `// ${relative(checkout, file)}\n`;
  return source.statements
    .filter((statement) => namesOf(statement).includes(name))
    .map((it) => `${where}${printer.printNode(ts.EmitHint.Unspecified, it, source)}\n`);
}
