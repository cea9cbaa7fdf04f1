/** A field of a schema: of a component's inputs or outputs, or of a type. */
export interface SchemaField {
  readonly type?: string;
  readonly $ref?: string;
  readonly plain?: boolean;
  readonly items?: SchemaField;
  readonly additionalProperties?: SchemaField;
}

/** Fields by their names. */
export type SchemaFields = Readonly<Record<string, SchemaField>>;

/** A component of a schema. */
export interface SchemaResource {
  readonly inputProperties?: SchemaFields;
  readonly requiredInputs?: readonly string[];
  readonly properties?: SchemaFields;
  readonly required?: readonly string[];
}

/** A type of a schema: an object, or an enum. */
export interface SchemaType {
  readonly type?: string;
  readonly properties?: SchemaFields;
  readonly required?: readonly string[];
  readonly enum?: readonly { readonly name?: string; readonly value: unknown }[];
}

/**
 * The parts of a Pulumi package schema by which programs in other languages are compiled.
 *
 * @see https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/
 */
export interface PackageSchema {
  readonly resources: Readonly<Record<string, SchemaResource>>;
  readonly types: Readonly<Record<string, SchemaType>>;
}

/** Where a type is used: only what is given can lack a field, only what is read can miss one. */
interface Uses {
  readonly given: ReadonlySet<string>;
  readonly read: ReadonlySet<string>;
}

/**
 * The changes of a schema by which a program that was written against the old one may no longer compile or run, one sentence
 * each; none for additions.
 */
export function breakingChanges(before: PackageSchema, after: PackageSchema): readonly string[] {
  const uses = { given: typesOf(before, "inputs"), read: typesOf(before, "outputs") };
  return [
    ...Object.entries(before.resources).flatMap(([token, old]) =>
      resourceChanges(token, old, after.resources[token]),
    ),
    ...Object.entries(before.types).flatMap(([token, old]) =>
      typeChanges(token, old, after.types[token], uses),
    ),
  ];
}

function resourceChanges(token: string, old: SchemaResource, now?: SchemaResource): string[] {
  if (now === undefined) return [`resource ${token} is gone`];
  return [
    ...fieldChanges(`input ${token}.`, old.inputProperties, now.inputProperties),
    ...added(old.requiredInputs, now.requiredInputs).map(
      (name) => `input ${token}.${name} is required now`,
    ),
    ...fieldChanges(`output ${token}.`, old.properties, now.properties),
    ...added(now.required, old.required)
      .filter((name) => now.properties?.[name] !== undefined)
      .map((name) => `output ${token}.${name} may be absent now`),
  ];
}

function typeChanges(token: string, old: SchemaType, now: SchemaType | undefined, uses: Uses) {
  if (now === undefined) return [`type ${token} is gone`];
  if (old.type !== now.type) return [`type ${token} was ${old.type} and is ${now.type}`];
  const kept = new Map(now.enum?.map(({ name, value }) => [value, name]));
  return [
    ...fieldChanges(`field ${token}.`, old.properties, now.properties),
    ...(uses.given.has(token) ? added(old.required, now.required) : []).map(
      (name) => `field ${token}.${name} is required now`,
    ),
    ...(uses.read.has(token) ? added(now.required, old.required) : [])
      .filter((name) => now.properties?.[name] !== undefined)
      .map((name) => `field ${token}.${name} may be absent now`),
    ...(old.enum ?? []).flatMap(({ name, value }) => {
      if (!kept.has(value)) return [`value ${token}.${value} is gone`];
      return kept.get(value) === name ? [] : [`value ${token}.${value} has another name`];
    }),
  ];
}

function fieldChanges(place: string, old: SchemaFields = {}, now: SchemaFields = {}): string[] {
  return Object.entries(old).flatMap(([name, was]) => {
    const is = now[name];
    if (is === undefined) return [`${place}${name} is gone`];
    const [from, to] = [typeOf(was), typeOf(is)];
    return from === to ? [] : [`${place}${name} was ${from} and is ${to}`];
  });
}

/** What decides the type of a field in a program: a plain value is not an output, and in Go has a type of its own. */
function typeOf({ $ref, additionalProperties, items, plain, type }: SchemaField): string {
  const inner = items ?? additionalProperties;
  // Types of another package are the same ones within its major version.
  const own = $ref?.replace(/^(\/.*\/v\d+)\.[^/]*/, "$1") ?? type ?? "any";
  const whole = inner === undefined ? own : `${own} of ${typeOf(inner)}`;
  return plain ? `plain ${whole}` : whole;
}

const added = (before: readonly string[] = [], after: readonly string[] = []): string[] =>
  after.filter((name) => !before.includes(name));

/** The types that inputs or outputs of components are made of. */
export function typesOf(schema: PackageSchema, side: "inputs" | "outputs"): Set<string> {
  const found = new Set<string>();
  const visit = ({ $ref = "", additionalProperties, items }: SchemaField): void => {
    const token = $ref.replace(/^#\/types\//, "");
    const type = schema.types[token];
    if (type !== undefined && !found.has(token)) {
      found.add(token);
      for (const field of Object.values(type.properties ?? {})) visit(field);
    }
    for (const inner of [items, additionalProperties]) if (inner !== undefined) visit(inner);
  };
  for (const { inputProperties = {}, properties = {} } of Object.values(schema.resources)) {
    for (const field of Object.values(side === "inputs" ? inputProperties : properties))
      visit(field);
  }
  return found;
}
