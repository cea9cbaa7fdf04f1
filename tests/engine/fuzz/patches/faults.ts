import { type ApiType, fieldsOf } from "../../../../components/overrides/api-schema.ts";
import { OTHERS } from "./vocabulary.ts";

/** What can be wrong with a patch. */
export type Fault =
  | "a wrong type"
  | "an unknown field"
  | "a missing field"
  | "an item twice"
  | "two alternatives"
  | "a value that is not in the list"
  | "a number out of range"
  | "a value that cannot be read"
  | "a field taken away";

/** A place of a drawn patch: an object, or a field of one. */
export interface Node {
  readonly holder: Record<string, unknown>;
  readonly definition?: string;
  readonly key?: string;
  readonly type?: ApiType;
}

interface Possible {
  readonly fault: Fault;
  readonly make: (pick: <T>(values: readonly T[]) => T) => void;
}

const WRONG: readonly unknown[] = ["text", 1.5, 7, true, ["a"], { a: 1 }, 2 ** 40];

/** What can be made wrong at a place. */
export function faults({ definition, holder, key, type }: Node): readonly Possible[] {
  if (definition !== undefined) return faultsOfObject(definition, holder);
  return key === undefined || type === undefined ? [] : faultsOfField(holder, key, type);
}

function faultsOfObject(definition: string, holder: Record<string, unknown>): readonly Possible[] {
  const fields = [...(fieldsOf(definition) ?? [])];
  const required = fields.filter(([, it]) => it.required).map(([name]) => name);
  const others = (OTHERS[definition] ?? []).filter(([name]) => !(name in holder));
  return [
    {
      fault: "an unknown field",
      make: (pick) => {
        const [name] = pick(fields);
        holder[pick([`${name}s`, name.slice(0, -1), name.toUpperCase(), "replica"])] = "a";
      },
    },
    ...(required.length === 0
      ? []
      : [
          {
            fault: "a missing field" as const,
            make: (pick: <T>(values: readonly T[]) => T) => {
              delete holder[pick(required)];
            },
          },
        ]),
    ...(others.length === 0
      ? []
      : [
          {
            fault: "two alternatives" as const,
            make: (pick: <T>(values: readonly T[]) => T) => {
              const [name, value] = pick(others);
              holder[name] = value;
            },
          },
        ]),
  ];
}

function faultsOfField(
  holder: Record<string, unknown>,
  key: string,
  { many, name, values }: ApiType,
): readonly Possible[] {
  const becomes = (fault: Fault, ...wrong: readonly unknown[]): Possible => ({
    fault,
    make: (pick) => {
      holder[key] = pick(wrong);
    },
  });
  const wrongType = becomes("a wrong type", ...WRONG);
  const gone = becomes("a field taken away", null);
  if (many === "list") {
    const items = holder[key] as unknown[];
    return [wrongType, gone, becomes("an item twice", [...items, ...structuredClone(items)])];
  }
  if (many === "map") return [wrongType, gone];
  if (values !== undefined) {
    const [first = ""] = values.filter((it) => it !== "");
    return [
      wrongType,
      gone,
      becomes("a value that is not in the list", first.toLowerCase(), "Other"),
    ];
  }
  if (name === "int32" || name === "int64") {
    return [wrongType, gone, becomes("a number out of range", -1, 2 ** 31, -(2 ** 40), 0.5)];
  }
  if (["Quantity", "Time", "byte"].includes(name)) {
    return [wrongType, gone, becomes("a value that cannot be read", "much", "1 Gi", "=")];
  }
  return [wrongType, gone];
}
