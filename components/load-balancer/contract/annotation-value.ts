import * as pulumi from "@pulumi/pulumi";
import { isDeferred } from "../../validation/checks.ts";
import type { StringMap } from "../../validation/string-map.ts";

/** The value of an annotation. Undefined if the annotation is omitted. */
export type AnnotationValue = pulumi.Input<string> | undefined;

/** A number or a boolean as the value of an annotation. */
export function text(value: number | boolean | undefined): AnnotationValue {
  return value === undefined ? undefined : String(value);
}

/** Strings joined by commas. The result is an Output if any of them is. */
export function commaList(items: readonly pulumi.Input<string>[] | undefined): AnnotationValue {
  if (items === undefined || items.length === 0) {
    return undefined;
  }
  return items.some(isDeferred)
    ? pulumi.all([...items]).apply((known) => known.join(","))
    : items.join(",");
}

/** Strings by key, joined as `key=value` by commas. The result is an Output if any of them is. */
export function keyValueList(texts: StringMap | undefined): AnnotationValue {
  return commaList(
    Object.entries(texts ?? {}).map(([key, value]) =>
      isDeferred(value)
        ? pulumi.output(value).apply((known) => `${key}=${known}`)
        : `${key}=${value}`,
    ),
  );
}
