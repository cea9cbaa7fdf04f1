import type { Asked } from "./table.ts";
import { everyCell } from "./table.ts";

/** A path of a problem; of a problem with a key, the path of what has the key. */
export function pathOf(path: string): string {
  return path.replace(/^(.*) key is "(.*)"$/, '$1["$2"]');
}

/** The steps of a path below the arguments. A length is of the list before it. */
function stepsOf(path: string): readonly string[] {
  return [...path.replace(/^args\.?/, "").matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, key, index, field]) => key ?? index ?? field ?? "",
  );
}

/** What stands at a path. */
export function valueAt(asked: Asked, path: string): unknown {
  return stepsOf(path).reduce<unknown>((found, step) => Object(found)[step], asked);
}

/** The same with another value at a path. A list that gets another length is cut. */
export function replacedAt(asked: Asked, path: string, value: unknown): Asked {
  return changed({ ports: everyCell.ports, ...asked }, stepsOf(path), value) as Asked;
}

/** The same without what stands at a path. */
export function removed(asked: Asked, path: string): Asked {
  const steps = stepsOf(path);
  const [first = "", ...inner] = steps;
  const rest = changed({ ports: everyCell.ports, ...asked }, steps, undefined) as Asked;
  // Below the arguments undefined would be a value; among them it takes the place of what every cell asks.
  return inner.length === 0 ? rest : { ...rest, [first]: withoutUndefined(valueAt(rest, first)) };
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(withoutUndefined);
    return items.length === 0 ? undefined : items;
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, it]) => it !== undefined)
          .map(([key, it]) => [key, withoutUndefined(it)]),
      )
    : value;
}

function changed(from: unknown, [step = "", ...rest]: readonly string[], value: unknown): unknown {
  if (Array.isArray(from) && step === "length") {
    return from.slice(0, value as number);
  }
  const next = rest.length === 0 ? value : changed(Object(from)[step], rest, value);
  if (Array.isArray(from)) {
    return from.with(Number(step), next).filter((item) => item !== undefined);
  }
  return { ...Object(from), [step]: next };
}
