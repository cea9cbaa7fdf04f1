import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { breakingChanges, type PackageSchema } from "../../../local/package/breaking-changes.ts";

const releases = join(import.meta.dirname, "../../schemas");
const read = (file: string): PackageSchema => parse(readFileSync(file, "utf8"));
const current = read(join(import.meta.dirname, "schema.golden.yaml"));

const NOT_RELEASED =
  "Programs in other languages break by these. Until the version is released, copy tests/unit/package/schema.golden.yaml over its schema";

describe("the schema of the package", () => {
  test.each(readdirSync(releases))(
    "schema: breaks no program that was written against %s",
    (file) => {
      const changes = breakingChanges(read(join(releases, file)), current);

      expect(changes, NOT_RELEASED).toEqual([]);
    },
  );
});

// biome-ignore lint/suspicious/noExplicitAny: schemas are changed at will here
type Changeable = any;

/** A change of a copy of the schema, and the sentence that it has to be told by. */
type Mutation = readonly [change: (schema: Changeable) => void, sentence: string];

const resources = Object.entries(current.resources);
const types = Object.entries(current.types);
const fields = (given: object | undefined) => Object.entries(given ?? {}) as [string, Changeable][];

/** Every field of the schema: what it is called, and where it is. */
const places = [
  ...resources.flatMap(([token, it]) => [
    ...fields(it.inputProperties).map(([name, field]) => ({
      field,
      label: `input ${token}.${name}`,
      name,
      of: (schema: Changeable) => schema.resources[token].inputProperties,
    })),
    ...fields(it.properties).map(([name, field]) => ({
      field,
      label: `output ${token}.${name}`,
      name,
      of: (schema: Changeable) => schema.resources[token].properties,
    })),
  ]),
  ...types.flatMap(([token, it]) =>
    fields(it.properties).map(([name, field]) => ({
      field,
      label: `field ${token}.${name}`,
      name,
      of: (schema: Changeable) => schema.types[token].properties,
    })),
  ),
];

const another = ({ type }: Changeable) => ({ type: type === "boolean" ? "string" : "boolean" });

const breaking: Readonly<Record<string, readonly Mutation[]>> = {
  "a resource is removed": resources.map(([token]) => [
    (schema) => delete schema.resources[token],
    `resource ${token} is gone`,
  ]),
  "a type is removed": types.map(([token]) => [
    (schema) => delete schema.types[token],
    `type ${token} is gone`,
  ]),
  "a type becomes one of another kind": types.map(([token]) => [
    (schema) => Object.assign(schema.types[token], { type: "integer" }),
    `type ${token} was `,
  ]),
  "a field is removed": places.map(({ label, name, of }) => [
    (schema) => delete of(schema)[name],
    `${label} is gone`,
  ]),
  "a field is renamed": places.map(({ label, name, of }) => [
    (schema) => {
      of(schema)[`${name}Renamed`] = of(schema)[name];
      delete of(schema)[name];
    },
    `${label} is gone`,
  ]),
  "a field has another type": places.map(({ field, label, name, of }) => [
    (schema) => {
      of(schema)[name] = { ...another(field), ...(field.plain && { plain: true }) };
    },
    `${label} was `,
  ]),
  "a list or a map has parts of another type": places.flatMap(({ field, label, name, of }) => {
    const key = field.items ? "items" : "additionalProperties";
    if (field[key] === undefined) return [];
    return [
      [
        (schema) => Object.assign(of(schema)[name], { [key]: another(field[key]) }),
        `${label} was `,
      ],
    ];
  }),
  "a field takes outputs no longer, or takes them now": places.map(({ field, label, name, of }) => [
    (schema) => Object.assign(of(schema)[name], { plain: !field.plain }),
    `${label} was `,
  ]),
  "an input that was optional is required": resources.flatMap(([token, it]) =>
    fields(it.inputProperties)
      .filter(([name]) => !it.requiredInputs?.includes(name))
      .map(
        ([name]): Mutation => [
          (schema) => schema.resources[token].requiredInputs.push(name),
          `input ${token}.${name} is required now`,
        ],
      ),
  ),
  "a new input is required": resources.map(([token]) => [
    (schema) => {
      schema.resources[token].inputProperties.novel = { type: "string" };
      schema.resources[token].requiredInputs.push("novel");
    },
    `input ${token}.novel is required now`,
  ]),
  "an output that was there always may be absent": resources.flatMap(([token, it]) =>
    (it.required ?? []).map(
      (name): Mutation => [
        (schema) => without(schema.resources[token], "required", name),
        `output ${token}.${name} may be absent now`,
      ],
    ),
  ),
  "a field of an object that programs give is required": [
    ["pulumi-kubernetes-services:index:AdoptArgs", "deploymentUrn"],
    ["pulumi-kubernetes-services:index:AutoscalingArgs", "cpuAverageUtilizationPercent"],
  ].map(([token = "", name = ""]) => [
    (schema) => schema.types[token].required.push(name),
    `field ${token}.${name} is required now`,
  ]),
  "a field of an object that programs read may be absent": [
    ["pulumi-kubernetes-services:index:Address", "host"],
  ].map(([token = "", name = ""]) => [
    (schema) => without(schema.types[token], "required", name),
    `field ${token}.${name} may be absent now`,
  ]),
  "a value of an enum is removed": types.flatMap(([token, it]) =>
    (it.enum ?? []).map(
      ({ value }, index): Mutation => [
        (schema) => schema.types[token].enum.splice(index, 1),
        `value ${token}.${value} is gone`,
      ],
    ),
  ),
  "a value of an enum is renamed": types.flatMap(([token, it]) =>
    (it.enum ?? []).map(
      ({ value }, index): Mutation => [
        (schema) => Object.assign(schema.types[token].enum[index], { name: "Renamed" }),
        `value ${token}.${value} has another name`,
      ],
    ),
  ),
};

const harmless: Readonly<Record<string, (schema: Changeable) => void>> = {
  "nothing changes": () => undefined,
  "a resource is added": (schema) => {
    schema.resources["pulumi-kubernetes-services:index:Novel"] = { requiredInputs: ["novel"] };
  },
  "a type is added": (schema) => {
    schema.types["pulumi-kubernetes-services:index:Novel"] = {
      type: "object",
      required: ["novel"],
    };
  },
  "an optional input and an output are added": (schema) => {
    for (const resource of Object.values<Changeable>(schema.resources)) {
      resource.inputProperties.novel = { type: "string" };
      resource.properties.novel = { type: "string" };
      resource.required.push("novel");
    }
  },
  "an input that was required is optional": (schema) => {
    for (const resource of Object.values<Changeable>(schema.resources))
      resource.requiredInputs = [];
  },
  "a value is added to every enum": (schema) => {
    for (const type of Object.values<Changeable>(schema.types)) {
      type.enum?.push({ name: "Novel", value: "novel" });
    }
  },
  "everything has other descriptions": (schema) => {
    for (const type of Object.values<Changeable>(schema.types)) type.description = "novel";
    for (const { name, of } of places) of(schema)[name].description = "novel";
  },
  "the provider has another minor version": (schema) => {
    const text = JSON.stringify(schema).replaceAll("/kubernetes/v4.25.0/", "/kubernetes/v4.99.0/");
    Object.assign(schema, JSON.parse(text));
  },
};

describe("breakingChanges", () => {
  test.each(Object.entries(breaking))("breakingChanges: tells it when %s", (_, mutations) => {
    const told = mutations.map(([change, sentence]) => {
      const changed = structuredClone(current);
      change(changed);
      const changes = breakingChanges(current, changed);
      return { sentence, found: changes.some((it) => it.startsWith(sentence)) };
    });

    expect(told).not.toEqual([]);
    expect(told.filter(({ found }) => !found)).toEqual([]);
  });

  test.each(Object.entries(harmless))("breakingChanges: tells nothing when %s", (_, change) => {
    const changed = structuredClone(current);
    change(changed);

    expect(breakingChanges(current, changed)).toEqual([]);
  });
});

function without(of: Changeable, key: string, name: string): void {
  of[key] = of[key].filter((it: string) => it !== name);
}
