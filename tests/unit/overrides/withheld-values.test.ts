import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { type ApiType, fieldsOf } from "../../../components/overrides/api-schema.ts";
import { refusalOf } from "../support/deployment.ts";
import { later } from "../support/run-program.ts";

const PASSWORD = "hunter2hunter2";
const PIN = 12_345_678;
const WITHHELD = ["args", "command", "env", "httpHeaders", "options", "volumeAttributes"];

/** Wrong values with a password in them, for any field. */
const VALUES: readonly unknown[] = [
  PASSWORD,
  PIN,
  [PASSWORD],
  [PIN],
  { a: PIN },
  [{ name: "A", vale: PASSWORD }],
  [{ name: "A", value: PIN }],
  [{ name: "A", valueFrom: PASSWORD }],
];

interface Place {
  readonly path: string;
  readonly patch: (value: unknown) => object;
}

/** The places of a definition, and of those inside it, that have one of the fields. */
function placesOf(definition: string, path: string, patch: Place["patch"]): readonly Place[] {
  return [...(fieldsOf(definition) ?? [])].flatMap(([field, { type }]) => {
    const below = `${path}.${field}`;
    if (WITHHELD.includes(field)) return [{ path: below, patch: (it) => patch({ [field]: it }) }];
    const inside = (value: unknown) => patch({ [field]: wrapped(type, value) });
    const at = type.many === "list" ? `${below}[0]` : below;
    return type.many === "map" ? [] : placesOf(type.name, at, inside);
  });
}

/** A value of a type with what it needs beside, so that nothing else is refused. */
function wrapped({ many, name }: ApiType, value: unknown): unknown {
  const needed = [...(fieldsOf(name) ?? [])].filter(([, { required }]) => required);
  const texts = needed.filter(([, { type }]) => ["string", "IntOrString"].includes(type.name));
  const item = {
    ...Object.fromEntries(texts.map(([field]) => [field, "http"])),
    ...(name.endsWith("Container") ? { name: "web", image: "web" } : {}),
    ...(value as object),
  };
  return many === "list" ? [item] : item;
}

const places = placesOf("PodSpec", "template.spec", (spec) => ({
  deployment: { spec: { template: { spec } } },
})).filter(({ path }) => !path.includes("ephemeralContainers"));

async function refusal(patches: object): Promise<string> {
  return refusalOf({ patches }).catch((error: Error) => `taken: ${error.message}`);
}

const shows = (text: string): boolean => text.includes(PASSWORD) || text.includes(String(PIN));

describe("what a patch may have of passwords", () => {
  test.each<[string, (value: unknown) => unknown]>([
    ["plain", (value) => value],
    ["late", later],
  ])("Backend: is in no message, whatever the field has: %s", async (_, given) => {
    const all = places.flatMap(({ patch, path }) =>
      VALUES.map((it) => ({ path, patch: patch(given(it)) })),
    );
    const shown: string[] = [];
    let refused = 0;
    for (const { patch, path } of all) {
      const text = await refusal(patch);
      if (text.includes(path)) refused += 1;
      if (shows(text)) shown.push(text);
    }

    expect(places.length).toBeGreaterThan(15);
    expect(shown).toEqual([]);
    expect(refused).toBeGreaterThan((all.length * 2) / 3);
  });

  test.each([
    { secret: { stringDate: { P: PASSWORD } } },
    { secret: { stringDate: PASSWORD } },
    { secret: { stringData: { P: PIN } } },
    { secret: { stringData: later({ P: PIN }) } },
    { secret: { data: { P: later("hunter2hunter2!") } } },
    { secret: { stringData: PASSWORD, immutable: PASSWORD } },
    { secret: { type: BigInt(PIN) } },
  ])("Backend: is in no message about a Secret: %#", async (patches) => {
    const text = await refusalOf({ secretEnv: { A: "1" }, patches });

    expect(text).toContain("args.patches.secret.");
    expect(shows(text)).toBe(false);
  });

  test.each([[{ [PASSWORD]: 5 }], [{ a: 5, [PASSWORD]: {} }]])(
    "Backend: is no key in a message if a map is secret: %#",
    async (map) => {
      const pod = { nodeSelector: pulumi.secret(map) };
      const text = await refusalOf({
        patches: { deployment: { spec: { template: { spec: pod } } } },
      });

      expect(text).toContain("template.spec.nodeSelector.[secret] is refused, must be a string");
      expect(shows(text)).toBe(false);
    },
  );

  test("Backend: is no unknown field in a message if an object is secret", async () => {
    const strategy = pulumi.secret({ [PASSWORD]: 5 });
    const text = await refusalOf({ patches: { deployment: { spec: { strategy } } } });

    expect(text).toContain("strategy.[secret] is refused, must not be set");
    expect(shows(text)).toBe(false);
  });

  test("control: a value elsewhere is shown", async () => {
    const text = await refusalOf({ patches: { deployment: { spec: { paused: PASSWORD } } } });

    expect(shows(text)).toBe(true);
  });
});
