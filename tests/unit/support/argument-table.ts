import { COMPONENT_ARGS, type Interfaces, shapesOf } from "./argument-shapes.ts";
import type { Field } from "./interfaces.ts";

/** The page with every argument of every component, in Markdown. */
export function argumentTables(interfaces: Interfaces): string {
  const shapes = shapesOf(interfaces);
  const components = Object.entries(COMPONENT_ARGS);
  const own = new Set<string>(components.map(([, name]) => name));
  const nested = Object.keys(shapes).filter((name) => !own.has(name));
  const table = (name: string) => tableOf(interfaces.get(name) ?? [], shapes[name] ?? {});
  return [
    "# All arguments",
    "",
    "Written from the interfaces by `npx vitest run --project unit tests/unit/argument-tables.test.ts -u`. An argument without a default is",
    "required. *Output* says that the value may be a Pulumi Output. What a `LoadBalancerService` takes depends on the controller:",
    "[what each supports](guide/controllers.md).",
    "",
    ...components.flatMap(([component, name]) => [`## ${component}`, "", ...table(name), ""]),
    "## Objects inside them",
    "",
    ...nested.flatMap((name) => [`### ${name}`, "", ...table(name), ""]),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

function tableOf(fields: readonly Field[], shape: Readonly<Record<string, string>>): string[] {
  const rows = fields.map((field) => {
    const { absent, name, optional, summary, type } = field;
    const otherwise = optional ? (absent ?? "").replace(/^- /, "") : "required";
    return `| \`${name}\` | ${typeText(type, shape[name] ?? "")} | ${cell(otherwise)} | ${cell(firstSentence(summary))} |`;
  });
  return ["| argument | type | default | what it is |", "| --- | --- | --- | --- |", ...rows];
}

/** A type without Pulumi's wrappers, with a link to the interface of an object. */
function typeText(type: string, shape: string): string {
  const late = type.includes("pulumi.Input<");
  const bare = type.replaceAll("pulumi.Input<", "").replace(/>(?=$|\[|>)/g, "");
  const map = /^Record<string, (.*?)>?$/.exec(bare)?.[1];
  const item = (map ?? bare).replace(/[[\]>]/g, "");
  const name = shape.replace("{}", "");
  const linked = name === "" ? `\`${item}\`` : `[\`${name}\`](#${name.toLowerCase()})`;
  const whole = map === undefined ? linked : `map of ${linked}`;
  const listed = map === undefined && bare.includes("[]") ? `list of ${linked}` : whole;
  return `${listed}${late ? ", Output" : ""}`;
}

function firstSentence(text: string): string {
  return /^.*?\.(?= |$)/.exec(text)?.[0] ?? text;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("{@link ", "").replaceAll("}", "");
}
