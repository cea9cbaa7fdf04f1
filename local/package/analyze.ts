import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AnalyzeResult, Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer.js";
import { generateSchema, type PackageSpec } from "@pulumi/pulumi/provider/experimental/schema.js";
import { remembered } from "../files/remembered.ts";
import { typesOf } from "./breaking-changes.ts";

/** The checkout's top folder. */
export const checkout = join(import.meta.dirname, "../..");
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

/**
 * What Pulumi's analyzer makes of an entry point of the components. It takes some seconds of a processor, so each process that asks
 * reads what an earlier one found in the same sources.
 */
export function analyzeComponents(entry: string, names: readonly string[]): AnalyzeResult {
  const sources = join(checkout, "components");
  return remembered(
    {
      kind: "analyzed",
      about: [entry, names],
      files: ["components/**/*.ts", "local/package/analyze.ts"],
    },
    () => analyze(join(sources, entry), names, sources),
  );
}

/** What Pulumi's analyzer makes of the package. */
export const analyzePackage = (): AnalyzeResult => analyzeComponents("index.ts", COMPONENTS);

/** The schema that Pulumi makes of analyzed components. */
export function schemaOf({
  components,
  dependencies,
  typeDefinitions,
}: AnalyzeResult): PackageSpec {
  const { description, name, version } = manifest;
  return generateSchema(name, version, description, components, typeDefinitions, dependencies);
}

/** The schema by which programs in other languages use the package. */
export function packageSchema(): PackageSpec {
  const schema = schemaOf(analyzePackage());
  return {
    ...schema,
    types: withoutEnumsOfOutputs(schema),
    language: { ...schema.language, python: PYTHON },
  };
}

/** Without these, Python's package would be pulumi_pulumi_kubernetes_services, with a setup.py. */
const PYTHON = {
  packageName: "pulumi_kubernetes_services",
  pyproject: { enabled: true },
  respectSchemaVersion: true,
};

/**
 * The types of a schema. What outputs alone are made of has plain values in place of enums: a program in YAML can pass an enum of
 * an output to no input, not even to one of the same enum (pulumi-yaml 1.30.0, pkg/pulumiyaml/analyser.go).
 */
function withoutEnumsOfOutputs({ resources, types }: PackageSpec): PackageSpec["types"] {
  const given = typesOf({ resources, types }, "inputs");
  const plain = ({ $ref = "", ...rest }: { $ref?: string }) => {
    const { enum: values, type } = types[$ref.replace("#/types/", "")] ?? {};
    return values === undefined ? ($ref === "" ? rest : { ...rest, $ref }) : { ...rest, type };
  };
  const entries = Object.entries(types).map(([token, type]) => {
    if (given.has(token) || type.properties === undefined) return [token, type];
    const fields = Object.entries(type.properties).map(([key, field]) => [
      key,
      plain(field as object),
    ]);
    return [token, { ...type, properties: Object.fromEntries(fields) }];
  });
  return Object.fromEntries(entries);
}
