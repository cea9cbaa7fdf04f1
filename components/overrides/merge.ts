import { type Finding, isDeferred, isRecord } from "../validation/checks.ts";
import { HIDDEN } from "../validation/secrets/without-secrets.ts";
import { type ApiType, fieldsOf } from "./api-schema.ts";
import { KEY_DEFAULTS, LIST_KEYS } from "./list-keys.ts";
import { alternativeFindings, excludedFields } from "./one-of.ts";
import {
  fieldRuleFindings,
  missingFieldFindings,
  unknownFieldFindings,
  valueFindings,
} from "./shape-findings.ts";

type Item = Record<string, unknown>;

/** A merged value, and the parts of the change that could not be merged. */
export interface Merged {
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** What does not go together in the merged object. */
  readonly ruleFindings: readonly Finding[];
}

/** Has a value judged when it resolves; `before` stays where it resolves to undefined. */
export type JudgeLate = (
  value: unknown,
  before: unknown,
  findingsOf: (known: unknown) => readonly Finding[],
) => unknown;

/** Where a change is merged. */
interface Where {
  /** The path inside the object, without the numbers of items. */
  readonly place: string;
  /** The path at which the change was given. */
  readonly path: string;
  /** The path to show if the value is secret, as the keys of its map are then. */
  readonly hiddenPath?: string;
  /** What the API has there, if that is known. */
  readonly type: ApiType | undefined;
}

/**
 * Merges a change into a Kubernetes object: objects by field and lists by the keys of their items; every other value is
 * replaced. `null` removes a field, `undefined` changes nothing, and a field removes its alternatives. The arguments are
 * not modified.
 *
 * @param path - where the change was given
 * @param definition - what the object is by the API's document, such as `Deployment`; otherwise its fields are not judged
 */
export function merge(
  base: unknown,
  change: unknown,
  path: string,
  definition?: string,
  judgeLate: JudgeLate = (value) => value,
): Merged {
  const type = definition === undefined ? undefined : { name: definition };
  const merging = new Merging(judgeLate);
  const value = merging.at({ place: "", path, type }, base, change);
  return { value, findings: merging.findings, ruleFindings: merging.ruleFindings };
}

/** One merge, with what it finds on the way. */
class Merging {
  readonly findings: Finding[] = [];
  readonly ruleFindings: Finding[] = [];
  readonly #judgeLate: JudgeLate;

  constructor(judgeLate: JudgeLate) {
    this.#judgeLate = judgeLate;
  }

  at(where: Where, base: unknown, change: unknown): unknown {
    const { hiddenPath, path, type } = where;
    if (isDeferred(change)) return type === undefined ? change : this.#late(where, base, change);
    if (type !== undefined) {
      const found = valueFindings(type, change, path);
      this.findings.push(...found.map((it) => (hiddenPath ? { ...it, hiddenPath } : it)));
    }
    if (isPlainRecord(change)) return this.#record(where, base, change);
    return Array.isArray(change) ? this.#list(where, base, change) : change;
  }

  /** A value that is judged alone when it resolves: it replaces what was there. */
  #late(where: Where, base: unknown, change: unknown): unknown {
    return this.#judgeLate(change, base, (known) => {
      const merging = new Merging(this.#judgeLate);
      merging.at(where, undefined, known);
      return [...merging.findings, ...merging.ruleFindings];
    });
  }

  #record({ path, place, type }: Where, base: unknown, given: Item): Item {
    const before = isPlainRecord(base) ? base : {};
    const change = Object.fromEntries(Object.entries(given).filter(([, it]) => it !== undefined));
    const definition = type?.many === undefined ? type?.name : undefined;
    const fields = definition === undefined ? undefined : fieldsOf(definition);
    const changed = Object.entries(change).map(([key, value]) => {
      const inside = place === "" ? key : `${place}.${key}`;
      const isMap = type?.many === "map";
      const below = {
        ...{ place: inside, path: `${path}.${key}` },
        ...(isMap ? { hiddenPath: `${path}.${HIDDEN}` } : {}),
        type: isMap ? itemOf(type) : fields?.get(key)?.type,
      };
      return [key, this.at(below, before[key], value)];
    });
    const excluded = excludedFields(definition, before, change);
    const kept = Object.entries(before).filter(([field]) => !excluded.includes(field));
    const all = { ...Object.fromEntries(kept), ...Object.fromEntries(changed) };
    const merged = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
    this.findings.push(...alternativeFindings(definition, before, change, merged, path));
    if (definition !== undefined && fields !== undefined) {
      this.findings.push(...unknownFieldFindings(definition, change, path));
      this.findings.push(...missingFieldFindings(definition, merged, path));
      this.ruleFindings.push(...fieldRuleFindings(definition, change, merged, path));
    }
    return merged;
  }

  #list({ path, place, type }: Where, base: unknown, given: readonly unknown[]): unknown {
    const item = type?.many === "list" ? itemOf(type) : undefined;
    const keys = Object.hasOwn(LIST_KEYS, place) ? LIST_KEYS[place] : undefined;
    const change = statedItems(given);
    const mergeItem = (index: number, before: unknown, wanted: unknown) =>
      this.at({ place, path: `${path}[${index}]`, type: item }, before, wanted);
    if (keys === undefined) {
      return change.map(({ index, wanted }) => mergeItem(index, undefined, wanted));
    }
    // Only an empty list removes all items; one with nothing stated removes none.
    const items = given.length > 0 && Array.isArray(base) ? base.filter(isPlainRecord) : [];
    const odd = identityFindings(keys, items, change, path);
    this.findings.push(...odd);
    return odd.length > 0 ? base : mergeItems(keys, items, change as Given<Item>[], mergeItem);
  }
}

/** An item of a list in a change, with its number there. */
interface Given<T> {
  readonly index: number;
  readonly wanted: T;
}

function statedItems(list: readonly unknown[]): readonly Given<unknown>[] {
  return list.flatMap((wanted, index) => (wanted === undefined ? [] : [{ index, wanted }]));
}

/** What the items of a list or the values of a map are. */
function itemOf({ name, values }: ApiType): ApiType {
  return values === undefined ? { name } : { name, values };
}

/** Existing items keep their places; new items follow them. */
function mergeItems(
  keys: readonly string[],
  items: readonly Item[],
  change: readonly Given<Item>[],
  mergeItem: (index: number, item: Item | undefined, wanted: Item) => unknown,
): unknown[] {
  const targets = change.map(({ wanted }) => items.findIndex((it) => isSame(keys, it, wanted)));
  const kept = items.map((item, place) => {
    const found = change[targets.indexOf(place)];
    return found === undefined ? item : mergeItem(found.index, item, found.wanted);
  });
  const added = change.flatMap(({ index, wanted }, place) =>
    targets[place] === -1 ? [mergeItem(index, undefined, wanted)] : [],
  );
  return [...kept, ...added];
}

/** Each item must state its keys, and no two items may have the same keys. */
function identityFindings(
  keys: readonly string[],
  items: readonly Item[],
  change: readonly Given<unknown>[],
  path: string,
): readonly Finding[] {
  const known: Given<Item>[] = [];
  return change.flatMap(({ index, wanted }) => {
    const at = `${path}[${index}]`;
    if (!isPlainRecord(wanted)) {
      return [{ path: at, value: wanted, must: "must be an object" }];
    }
    const unstated = keys.find((key) => !isStated(keyOf(wanted, key)));
    const byName = items.some((item) => isNamed(item, wanted));
    if (unstated !== undefined && !byName) {
      const must = `must be stated: Kubernetes tells the items of this list by ${keys.join(" and ")}`;
      return [{ path: `${at}.${unstated}`, value: wanted[unstated], must }];
    }
    const first = known.find((other) => isSame(keys, other.wanted, wanted));
    known.push({ index, wanted });
    const must = `must differ from ${path}[${first?.index}] in ${keys.join(" or ")}, or Kubernetes takes both for one`;
    return first === undefined ? [] : [{ path: at, value: wanted, must }];
  });
}

/** An item without its keys may refer to an existing item by name. */
function isSame(keys: readonly string[], item: Item, wanted: Item): boolean {
  const stated = keys.every((key) => isStated(keyOf(wanted, key)));
  return stated
    ? keys.every((key) => keyOf(item, key) === keyOf(wanted, key))
    : isNamed(item, wanted);
}

const isNamed = (item: Item, wanted: Item): boolean =>
  isStated(wanted["name"]) && item["name"] === wanted["name"];

const keyOf = (item: Item, key: string): unknown => item[key] ?? KEY_DEFAULTS[key];

const isStated = (value: unknown): boolean =>
  value !== undefined && value !== null && !isDeferred(value);

function isPlainRecord(value: unknown): value is Item {
  return isRecord(value) && !isDeferred(value);
}
