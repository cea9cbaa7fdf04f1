import type {
  AnalyzeResult,
  PropertyDefinition,
} from "@pulumi/pulumi/provider/experimental/analyzer.js";

export {
  analyze,
  analyzeComponents,
  analyzePackage,
  COMPONENTS,
  checkout,
  manifest,
  schemaOf,
} from "../../../local/package/analyze.ts";

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
