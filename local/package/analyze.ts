import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AnalyzeResult, Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer.js";
import { generateSchema, type PackageSpec } from "@pulumi/pulumi/provider/experimental/schema.js";

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

let analyzed: AnalyzeResult | undefined;

/** What Pulumi's analyzer makes of the package: of the files of a process the first one to ask waits for it, some seconds. */
export function analyzePackage(): AnalyzeResult {
  const folder = join(checkout, "components");
  analyzed ??= analyze(join(folder, "index.ts"), COMPONENTS, folder);
  return analyzed;
}

/** The schema by which programs in other languages use the package. */
export function packageSchema(): PackageSpec {
  const { components, dependencies, typeDefinitions } = analyzePackage();
  const { description, name, version } = manifest;
  const { language, ...schema } = generateSchema(
    name,
    version,
    description,
    components,
    typeDefinitions,
    dependencies,
  );
  return { ...schema, language: { ...language, python: PYTHON } } as PackageSpec;
}

/** Without these, Python's package would be pulumi_pulumi_kubernetes_services, with a setup.py. */
const PYTHON = {
  packageName: "pulumi_kubernetes_services",
  pyproject: { enabled: true },
  respectSchemaVersion: true,
};
