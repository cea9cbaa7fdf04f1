import { globSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { remembered } from "../../../local/files/remembered.ts";
import { checkout } from "./analyze.ts";
import type { Example } from "./examples.ts";

/** Where a program of the package's user would find the package. */
const PATHS = {
  "pulumi-kubernetes-services": ["./components/index.ts"],
  "pulumi-kubernetes-services/components": ["./components/index.ts"],
  "pulumi-kubernetes-services/aws": ["./components/aws/index.ts"],
  "pulumi-kubernetes-services/testing": ["./testing/index.ts"],
  "pulumi-kubernetes-services/testing/matchers": ["./testing/matchers.ts"],
};

/** What examples can import: the package, and what the tests of a controller are made of. */
const FILES = ["{components,testing}/**/*.ts", "tests/unit/{load-balancer,support}/**/*.ts"];

/** What the compiler has to say about examples: it is as strict with them as with the package. */
export const typeErrors = (examples: readonly Example[]): string[] =>
  remembered({ kind: "examples", about: examples, files: FILES }, () => compile(examples));

function compile(examples: readonly Example[]): string[] {
  const config = ts.readConfigFile(join(checkout, "tsconfig.json"), ts.sys.readFile).config;
  const whole = { ...config, files: [], include: [] };
  const { options } = ts.parseJsonConfigFileContent(whole, ts.sys, checkout);
  const titles = new Map<string, string>();
  const texts = new Map<string, string>();
  for (const { file, program, tested, title } of examples) {
    const folder = join(checkout, `example-${titles.size}`);
    const path = file === undefined ? join(folder, "index.ts") : join(checkout, file);
    const own = tested === undefined ? path : path.replace(/\.ts$/, ".test.ts");
    titles.set(own, title);
    texts.set(own, program);
    if (tested !== undefined) texts.set(path, tested);
  }
  const host = ts.createCompilerHost(options);
  const { directoryExists, fileExists, readFile } = host;
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.directoryExists = (path) =>
    [...texts.keys()].some((text) => dirname(text) === path) || directoryExists?.(path) === true;
  const program = ts.createProgram([...texts.keys()], { ...options, paths: PATHS }, host);
  const known = new Set(globSync(FILES, { cwd: checkout }).map((it) => join(checkout, it)));
  const others = program
    .getSourceFiles()
    .filter(({ fileName }) => !fileName.includes("/node_modules/"));
  const unasked = others.filter(({ fileName }) => !known.has(fileName) && !texts.has(fileName));
  if (unasked.length > 0)
    throw new Error(`Examples import ${unasked[0]?.fileName}, which FILES leaves out`);
  return [...titles].flatMap(([path, title]) => {
    const source = program.getSourceFile(path);
    const found = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ];
    return found.map((it) => `${title}: ${ts.flattenDiagnosticMessageText(it.messageText, " ")}`);
  });
}
