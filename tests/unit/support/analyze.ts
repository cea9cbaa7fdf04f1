import { createHash } from "node:crypto";
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type AnalyzeResult,
  Analyzer,
  type PropertyDefinition,
} from "@pulumi/pulumi/provider/experimental/analyzer.js";
import { writeAtomically } from "../../../local/files/atomic-file.ts";

/** The checkout's top folder. */
export const checkout = fileURLToPath(new URL("../../../", import.meta.url));
/** The package's manifest. */
export const manifest = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8"));
/** The components that the package exports. */
export const COMPONENTS = ["Backend", "LoadBalancerService", "NodePortService"] as const;

/** What Pulumi's analyzer makes of an entry point, when it reads the sources as the package's compiler does. */
export function analyze(entry: string, names: readonly string[], sources?: string): AnalyzeResult {
  const folder = mkdtempSync(join(tmpdir(), "schema-"));
  try {
    symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"));
    const include = [sources ?? folder];
    const config = { extends: join(checkout, "tsconfig.json"), include };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const path = sources === undefined ? join(folder, "index.ts") : entry;
    if (sources === undefined) writeFileSync(path, entry);
    const described = { ...manifest, exports: path };
    return new Analyzer(folder, manifest.name, described, new Set(names)).analyze();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What decides how the components are analyzed. */
const ANALYZED = ["components/**/*.ts", "package.json", "package-lock.json", "tsconfig.json"];

/**
 * What Pulumi's analyzer makes of an entry point of the components. It takes some seconds of a processor, so each process that asks
 * reads what an earlier one found in the same sources.
 */
export function analyzeComponents(entry: string, names: readonly string[]): AnalyzeResult {
  const hash = createHash("sha256").update(JSON.stringify([entry, names]));
  for (const file of globSync(ANALYZED, { cwd: checkout }).sort()) {
    hash.update(`\n${file}\n`).update(readFileSync(join(checkout, file)));
  }
  const folder = join(checkout, "node_modules/.cache/analyzed");
  const file = join(folder, `${hash.digest("hex")}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  const sources = join(checkout, "components");
  const analyzed = analyze(join(sources, entry), names, sources);
  mkdirSync(folder, { recursive: true });
  writeAtomically(file, JSON.stringify(analyzed));
  return analyzed;
}

/** What Pulumi's analyzer makes of the package. */
export const analyzePackage = (): AnalyzeResult => analyzeComponents("index.ts", COMPONENTS);

/** A field of a component's arguments, or of an object in them. */
export interface ArgsField {
  /** Where it is: `[]` for the items of a list, `{}` for the values of a map, such as `ports[].name`. */
  readonly path: string;
  /** Whether it may arrive late. */
  readonly late: boolean;
  /** Whether it is an object, a list or a map, and its parts are fields of their own. */
  readonly composed: boolean;
}

/** Every field of a component's arguments, nested ones included. */
export function argsFields(analyzed: AnalyzeResult, component: string): ArgsField[] {
  const inputs = analyzed.components[component]?.inputs ?? {};
  return Object.entries(inputs).flatMap(([name, field]) => fieldsBelow(analyzed, name, field));
}

function fieldsBelow(
  analyzed: AnalyzeResult,
  path: string,
  field: PropertyDefinition,
): ArgsField[] {
  const name = "$ref" in field ? field.$ref.split(":").at(-1) : undefined;
  const properties = Object.entries(
    (name === undefined ? undefined : analyzed.typeDefinitions[name]?.properties) ?? {},
  ).map(([key, it]) => [`${path}.${key}`, it] as const);
  const parts = [
    ...properties,
    ...(field.items === undefined ? [] : [[`${path}[]`, field.items] as const]),
    ...(field.additionalProperties === undefined
      ? []
      : [[`${path}{}`, field.additionalProperties] as const]),
  ];
  const own = { path, late: field.plain !== true, composed: parts.length > 0 };
  return [own, ...parts.flatMap(([at, it]) => fieldsBelow(analyzed, at, it))];
}
