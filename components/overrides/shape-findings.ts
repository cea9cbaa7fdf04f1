import { type Finding, isDeferred, isRecord, type Rule } from "../validation/checks.ts";
import { nearest } from "../validation/nearest.ts";
import { HIDDEN } from "../validation/secrets/without-secrets.ts";
import { type ApiType, fieldsOf } from "./api-schema.ts";
import { FIELD_RULES } from "./field-rules.ts";
import { ITEM_RULES } from "./item-rules.ts";

const INT32 = 2 ** 31;

/** So many names are repeated in an error where none is like the unknown one. */
const FEW_NAMES = 8;

/** The fields with whole numbers below zero. */
const MAY_BE_NEGATIVE: readonly string[] = ["priority", "tolerationSeconds"];

const QUANTITY = /^[+-]?(\d+\.?\d*|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
/** Go's decoder, which the API server uses, skips line ends. */
const BASE64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const isInt32 = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= -INT32 && Number(value) < INT32;
const isText = (value: unknown): value is string => typeof value === "string";

const needs =
  (must: string, isRight: (value: unknown) => boolean): Rule =>
  (value) =>
    isRight(value) ? undefined : must;

/** The rules of the plain types. */
const RULES: Readonly<Record<string, Rule>> = {
  string: (value) =>
    isText(value)
      ? undefined
      : `must be a string${["number", "boolean"].includes(typeof value) ? "; put quotes around it" : ""}`,
  boolean: needs("must be true or false", (value) => typeof value === "boolean"),
  int32: needs("must be a whole number of 32 bits", isInt32),
  int64: needs("must be a whole number", Number.isSafeInteger),
  byte: needs(
    "must be base64",
    (value) => isText(value) && BASE64.test(value.replaceAll(/[\r\n]/g, "")),
  ),
  Time: needs("must be a time, such as 2026-01-31T12:00:00Z", (value) =>
    isText(value) ? TIME.test(value) : false,
  ),
  Quantity: needs('must be a quantity, such as "500m" or "1Gi"', (value) =>
    isText(value) ? QUANTITY.test(value) : typeof value === "number",
  ),
  IntOrString: needs(
    "must be a string or a whole number of 32 bits",
    (value) => isText(value) || isInt32(value),
  ),
};

/** What is wrong with a value of a patch by its type. Deferred values are not judged. */
export function valueFindings(type: ApiType, value: unknown, path: string): readonly Finding[] {
  if (value === undefined || value === null || isDeferred(value)) return [];
  const field = path.slice(path.lastIndexOf(".") + 1);
  const isNegative = typeof value === "number" && value < 0 && !MAY_BE_NEGATIVE.includes(field);
  const must = ruleOf(type)(value) ?? (isNegative ? "must not be negative" : idRule(path, value));
  return must === undefined ? [] : [{ path, value, must }];
}

/** Users and groups have 31 bits, though their fields have 64. */
function idRule(path: string, value: unknown): string | undefined {
  const isId = /\.(fsGroup|runAsGroup|runAsUser|supplementalGroups\[\d+\])$/.test(path);
  return isId && Number(value) >= INT32 ? "must be at most 2147483647" : undefined;
}

function ruleOf({ many, name, values }: ApiType): Rule {
  if (many === "list") return needs("must be a list", Array.isArray);
  if (many === "map") return needs("must be an object", isRecord);
  if (values !== undefined) {
    const stated = values.filter((it) => it !== "");
    return needs(`must be ${stated.join(" or ")}`, (it) => values.includes(it as string));
  }
  return (
    (fieldsOf(name) === undefined ? RULES[name] : undefined) ?? needs("must be an object", isRecord)
  );
}

/** The fields of a patch that the object does not have: the API server refuses them or, worse, leaves them out. */
export function unknownFieldFindings(
  definition: string,
  change: Readonly<Record<string, unknown>>,
  path: string,
): readonly Finding[] {
  const names = [...(fieldsOf(definition)?.keys() ?? [])];
  return Object.keys(change)
    .filter((key) => change[key] !== undefined && !names.includes(key))
    .map((key) => {
      const found = nearest(key, names);
      const all = names.length > FEW_NAMES ? "" : `; there is ${names.join(", ")}`;
      const cure = found.length === 0 ? all : `; did you mean ${found.join(" or ")}?`;
      const must = `must not be set: ${definition} of Kubernetes 1.36 has no such field${cure}`;
      const hiddenPath = `${path}.${HIDDEN}`;
      return { path: `${path}.${key}`, hiddenPath, value: change[key], must };
    });
}

/** The fields that a patched object has to have, and has not. */
export function missingFieldFindings(
  definition: string,
  merged: Readonly<Record<string, unknown>>,
  path: string,
): readonly Finding[] {
  return [...(fieldsOf(definition) ?? [])]
    .filter(([field, { required }]) => required && (merged[field] ?? undefined) === undefined)
    .map(([field]) => {
      const must = `must be stated: ${definition} of Kubernetes needs it`;
      return { path: `${path}.${field}`, value: undefined, must };
    });
}

/** The rules beside types that a patched object breaks. */
export function fieldRuleFindings(
  definition: string,
  change: Readonly<Record<string, unknown>>,
  merged: Readonly<Record<string, unknown>>,
  path: string,
): readonly Finding[] {
  const broken = (FIELD_RULES[definition] ?? [])
    .filter(({ isBroken }) => isBroken(merged))
    .map(({ field, must }) => ({ path: field, value: merged[field], must }));
  const odd = (ITEM_RULES[definition] ?? []).flatMap((findingsOf) => findingsOf(merged, change));
  return [...broken, ...odd].map((it) => ({ ...it, path: `${path}.${it.path}` }));
}
