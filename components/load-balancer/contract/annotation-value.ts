import * as pulumi from "@pulumi/pulumi";
import { isLate } from "../../validation/checks.ts";
import type { Texts } from "../../validation/string-map.ts";

/** The value of an annotation. Undefined where it is left out. */
export type Said = pulumi.Input<string> | undefined;

/** A number or a truth value, as annotations have it. */
export function text(value: number | boolean | undefined): Said {
  return value === undefined ? undefined : String(value);
}

/** Texts in one, with commas between them. It is as late as the latest of them. */
export function commaList(items: readonly pulumi.Input<string>[] | undefined): Said {
  if (items === undefined || items.length === 0) {
    return undefined;
  }
  return items.some(isLate)
    ? pulumi.all([...items]).apply((known) => known.join(","))
    : items.join(",");
}

/** Texts by key in one, `key=value` with commas between them. It is as late as the latest of them. */
export function keyValueList(texts: Texts | undefined): Said {
  return commaList(
    Object.entries(texts ?? {}).map(([key, value]) =>
      isLate(value) ? pulumi.output(value).apply((known) => `${key}=${known}`) : `${key}=${value}`,
    ),
  );
}
