import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Manifest } from "../../testing/index.ts";

/** Where the package kubernetes-validate has the schemas, for each minor version: strict, so that a field without a schema is an error. */
const SCHEMAS = "site-packages/kubernetes_validate/kubernetes-json-schema";
const DEFINITIONS = "_definitions.json";

/**
 * Writes the schemas of the kinds of some objects, with their definitions, as kubeconform reads them: by name, and with references to the
 * file beside them. A kind that the package does not have is left out, and kubeconform says so.
 *
 * @param python - the interpreter of the environment that has the package
 * @returns kubeconform's `-schema-location`
 */
export function writeSchemas(
  python: string,
  minors: readonly string[],
  manifests: readonly Manifest[],
  folder: string,
): string {
  const library = join(dirname(python), "../lib");
  const [version = ""] = readdirSync(library).filter((name) => name.startsWith("python"));
  const names = new Set([DEFINITIONS, ...manifests.map(schemaOf)]);
  for (const minor of minors) {
    const from = join(library, version, SCHEMAS, `v${minor}.0-local-strict`);
    const into = join(folder, `v${minor}.0-strict`);
    mkdirSync(into, { recursive: true });
    for (const name of [...names].filter((it) => existsSync(join(from, it)))) {
      // An `$id` would be what references are relative to.
      const { $id, ...schema } = JSON.parse(readFileSync(join(from, name), "utf8"));
      const text = JSON.stringify(schema).replaceAll(`"/api/${DEFINITIONS}#`, `"${DEFINITIONS}#`);
      writeFileSync(join(into, name), text);
    }
  }
  const file = "{{.ResourceKind}}{{.KindSuffix}}.json";
  return `${folder}/{{.NormalizedKubernetesVersion}}{{.StrictSuffix}}/${file}`;
}

/** Such as `deployment-apps-v1.json`. */
function schemaOf({ apiVersion, kind }: Manifest): string {
  const [group = "", version] = apiVersion.split("/");
  const [first = ""] = group.split(".");
  return `${[kind, first, ...(version === undefined ? [] : [version])].join("-").toLowerCase()}.json`;
}
