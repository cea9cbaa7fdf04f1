import { dirname, join } from "node:path/posix";
import ts from "typescript";

/** A source file: its path below the folder that is checked, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** What a folder of sources has to keep. */
export interface Structure {
  /**
   * The folders, lowest first. A file may import from its own folder and from lower layers, never from its own layer or above. Without
   * layers, folders may import from each other, and only files make no circles.
   */
  readonly layers?: readonly (readonly string[])[];
  /** The highest number of files and folders directly in the checked folder. */
  readonly rootEntries: number;
  /** The highest median of the files' lines. */
  readonly medianLines: number;
  /** The highest number of lines of a file. */
  readonly fileLines: number;
  /** The highest number of lines of a function, a method or an accessor. */
  readonly functionLines: number;
  /** The highest number of lines of a constructor. */
  readonly constructorLines: number;
}

/** The structure of `components/`. The root folder is `.`. */
export const COMPONENTS: Structure = {
  layers: [
    ["validation/secrets"],
    ["validation"],
    ["cluster"],
    ["cluster/deletion"],
    ["cluster/pin"],
    ["overrides"],
    ["service"],
    ["workload"],
    ["readiness", "readiness/pods"],
    ["readiness/controller", "readiness/endpoints", "readiness/reachable", "readiness/rollout"],
    ["backend", "node-port", "load-balancer/contract"],
    ["load-balancer/dialects"],
    ["load-balancer/dialects/aws"],
    ["load-balancer"],
    ["aws"],
    ["."],
  ],
  rootEntries: 14,
  medianLines: 70,
  fileLines: 300,
  functionLines: 40,
  constructorLines: 60,
};

const { layers: _layers, ...SIZES } = COMPONENTS;

/** The structure of `preview/`, whose root has what its commands and its judges share. */
export const PREVIEW: Structure = { ...SIZES, rootEntries: 17 };

/** The structure of `policy/`. */
export const POLICY: Structure = { ...SIZES, rootEntries: 7, medianLines: 100 };

/** Everything in which sources break a structure, one line each. */
export function structureProblems(
  sources: readonly Source[],
  structure: Structure,
): readonly string[] {
  const imports = importsOf(sources);
  return [
    ...rootProblems(sources, structure),
    ...sizeProblems(sources, structure),
    ...sources.flatMap((source) => functionProblems(source, structure)),
    ...circleProblems("files", imports),
    ...(structure.layers === undefined ? [] : folderProblems(imports, structure.layers)),
  ];
}

/** The files that each file imports, types included. Packages and files outside the checked folder are left out. */
function importsOf(sources: readonly Source[]): ReadonlyMap<string, readonly string[]> {
  const known = new Set(sources.map(({ path }) => path));
  return new Map(
    sources.map(({ path, text }) => {
      const { importedFiles } = ts.preProcessFile(text, true, true);
      const relative = importedFiles.filter(({ fileName }) => fileName.startsWith("."));
      const files = relative.map(({ fileName }) => join(dirname(path), fileName));
      return [path, files.filter((file) => known.has(file))];
    }),
  );
}

/** The folders that each folder imports from. */
function foldersOf(
  imports: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const [from, files] of imports) {
    const folder = dirname(from);
    const others = files.map(dirname).filter((other) => other !== folder);
    folders.set(folder, [...(folders.get(folder) ?? []), ...others]);
  }
  return folders;
}

/** One line for each circle: the shortest way from a node back to itself, starting with the first of its nodes. */
function circleProblems(
  what: string,
  next: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const found = new Set<string>();
  for (const start of [...next.keys()].sort()) {
    const way = wayBack(start, next);
    if (way?.every((node) => node >= start)) {
      found.add(`circle of ${what}: ${[...way, start].join(" → ")}`);
    }
  }
  return [...found];
}

function wayBack(
  start: string,
  next: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const seen = new Set<string>();
  for (let ways: (readonly [string, ...string[]])[] = [[start]]; ways.length > 0; ) {
    const longer: (readonly [string, ...string[]])[] = [];
    for (const way of ways) {
      for (const node of next.get(way.at(-1) ?? "") ?? []) {
        if (node === start) return way;
        if (!seen.has(node)) longer.push([...way, node]);
        seen.add(node);
      }
    }
    ways = longer;
  }
  return undefined;
}

function folderProblems(
  imports: ReadonlyMap<string, readonly string[]>,
  layers: readonly (readonly string[])[],
): readonly string[] {
  return [...circleProblems("folders", foldersOf(imports)), ...layerProblems(imports, layers)];
}

function layerProblems(
  imports: ReadonlyMap<string, readonly string[]>,
  layers: readonly (readonly string[])[],
): readonly string[] {
  const layerOf = (file: string) => layers.findIndex((layer) => layer.includes(dirname(file)));
  return [...imports].flatMap(([from, files]) => {
    if (layerOf(from) < 0) return [`${from} is in no layer; add its folder to the layers`];
    const climbing = files.filter(
      (to) => dirname(to) !== dirname(from) && layerOf(to) >= layerOf(from),
    );
    return climbing.map((to) => `${from} imports ${to}, which is not in a lower layer`);
  });
}

function rootProblems(sources: readonly Source[], { rootEntries }: Structure): readonly string[] {
  const entries = new Set(sources.map(({ path }) => path.split("/")[0]));
  return entries.size > rootEntries
    ? [`the root has ${entries.size} entries, at most ${rootEntries} are allowed`]
    : [];
}

function sizeProblems(
  sources: readonly Source[],
  { fileLines, medianLines }: Structure,
): readonly string[] {
  const lines = sources.map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }));
  const sorted = lines.map((it) => it.lines).sort((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return [
    ...(median > medianLines
      ? [`the median file has ${median} lines, at most ${medianLines} are allowed`]
      : []),
    ...lines
      .filter((it) => it.lines > fileLines)
      .map((it) => `${it.path} has ${it.lines} lines, at most ${fileLines} are allowed`),
  ];
}

function functionProblems(
  { path, text }: Source,
  { constructorLines, functionLines }: Structure,
): readonly string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const problems: string[] = [];
  const visit = (node: ts.Node): void => {
    const most = ts.isConstructorDeclaration(node) ? constructorLines : functionLines;
    if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined) {
      const first = file.getLineAndCharacterOfPosition(node.getStart(file)).line;
      const lines = file.getLineAndCharacterOfPosition(node.getEnd()).line - first + 1;
      if (lines > most) {
        problems.push(`${path}:${first + 1} has ${lines} lines, at most ${most} are allowed`);
      }
    }
    node.forEachChild(visit);
  };
  visit(file);
  return problems;
}
