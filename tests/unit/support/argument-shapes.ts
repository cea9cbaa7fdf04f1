import type { Field } from "./interfaces.ts";

/** The interfaces of all arguments of a component or of an AWS component. */
export const COMPONENT_ARGS = {
  Backend: "BackendArgs",
  NodePortService: "NodePortServiceArgs",
  LoadBalancerService: "LoadBalancerServiceArgs",
  AccessLogBucket: "AccessLogBucketArgs",
  DnsRecords: "DnsRecordsArgs",
  ElasticIps: "ElasticIpsArgs",
  LoadBalancerSecurityGroup: "LoadBalancerSecurityGroupArgs",
  ValidatedCertificate: "ValidatedCertificateArgs",
} as const;

/** Interfaces by name. */
export type Interfaces = ReadonlyMap<string, readonly Field[]>;

/** The interfaces that can stand somewhere in the arguments of the components, in the order in which they are met. */
export function shapesOf(interfaces: Interfaces): Record<string, Record<string, string>> {
  const shapes: Record<string, Record<string, string>> = {};
  const add = (name: string) => {
    if (name in shapes) return;
    const fields = interfaces.get(name) ?? [];
    shapes[name] = Object.fromEntries(fields.map((it) => [it.name, below(it.type, interfaces)]));
    for (const shape of Object.values(shapes[name] ?? {})) {
      if (shape !== "") add(shape.replace("{}", ""));
    }
  };
  for (const name of Object.values(COMPONENT_ARGS)) add(name);
  return shapes;
}

/** The interface of a field's object, of its list's items or, after `{}`, of its map's values; otherwise nothing. */
function below(type: string, interfaces: Interfaces): string {
  const bare = type.replaceAll("pulumi.Input<", "").replace(/\[\]|>+$/g, "");
  const map = /^Record<string, (.*)$/.exec(bare)?.[1];
  const name = (map ?? bare).replace(/\[\]|>+$/g, "");
  return interfaces.has(name) ? `${map === undefined ? "" : "{}"}${name}` : "";
}

/** As wide as the formatter makes a line. */
const LINE_WIDTH = 100;

/** The modules of the library with all shapes: those of components, and those of what stands in them. */
export function shapesModules(
  shapes: Record<string, Record<string, string>>,
): Readonly<Record<string, string>> {
  const own: readonly string[] = Object.values(COMPONENT_ARGS);
  const some = (isOwn: boolean) =>
    Object.entries(shapes).filter(([name]) => own.includes(name) === isOwn);
  return {
    "argument-shapes.ts": shapesModule("COMPONENT_SHAPES", "of components", some(true)),
    "nested-shapes.ts": shapesModule("NESTED_SHAPES", "in arguments of components", some(false)),
  };
}

function shapesModule(
  name: string,
  what: string,
  shapes: readonly (readonly [string, Record<string, string>])[],
): string {
  const entries = shapes.flatMap(([of, fields]) => {
    const parts = Object.entries(fields).map(([key, shape]) => `${key}: ${JSON.stringify(shape)}`);
    const line = `  ${of}: { ${parts.join(", ")} },`;
    return line.length <= LINE_WIDTH
      ? [line]
      : [`  ${of}: {`, ...parts.map((part) => `    ${part},`), "  },"];
  });
  return [
    "/**",
    ` * The names of all arguments ${what}, by interface. Written from the interfaces by`,
    " * `npx vitest run --project unit tests/unit/argument-names.test.ts -u`.",
    " */",
    `export const ${name} = {`,
    ...entries,
    "} as const;",
    "",
  ].join("\n");
}
