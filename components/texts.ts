import type * as pulumi from "@pulumi/pulumi";
import type { Checks, Rule } from "./validation.ts";

/** Texts by key, each possibly late. */
export type Texts = Record<string, pulumi.Input<string>>;

/** Reads labels, annotations and their like: texts by key. */
export function readTexts(
  checks: Checks,
  path: string,
  given: Texts | undefined,
  keyRule: Rule,
  valueRule: Rule,
): Texts {
  const texts = given === undefined ? {} : checks.object(path, given);
  const entries = Object.entries(texts).map(([key, value]) => {
    checks.plain(`${path} key`, key, keyRule);
    return [key, checks.input(`${path}["${key}"]`, value, valueRule)] as const;
  });
  return Object.fromEntries(entries);
}

/** Reads a list of texts, each possibly late. */
export function readTextList(
  checks: Checks,
  path: string,
  given: readonly pulumi.Input<string>[] | undefined,
  item: string,
  rule: Rule,
): pulumi.Input<string>[] {
  return checks
    .list(path, given ?? [], 0, item)
    .map((text, index) => checks.input(`${path}[${index}]`, text, rule));
}
