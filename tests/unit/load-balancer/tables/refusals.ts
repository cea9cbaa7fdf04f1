import {
  type OptionName,
  optionNames,
} from "../../../../components/load-balancer/contract/option-names.ts";
import type { Asked, ControllerTable } from "./table.ts";

/** The options that mean nothing where no TLS ends. */
const OF_TLS: readonly OptionName[] = ["tlsPorts", "tlsPolicy", "alpnPolicy", "backendProtocol"];

/** The problems of options that a controller does not support: each names the controllers whose tables have it. */
export function unsupported(
  { controller, keys }: ControllerTable,
  all: readonly ControllerTable[],
  asked: Asked,
): readonly string[] {
  return optionsIn(asked)
    .filter((option) => keys[option] === undefined)
    .map((option) => {
      const value = asked[option];
      const must = `must not be set: it is not supported by ${controller}`;
      return `args.${option} is ${shown(value)}, ${must}${supportedBy(all, option, value)}`;
    });
}

/** The problems of options that mean nothing without certificates. */
export function withoutCertificates(asked: Asked): readonly string[] {
  return optionsIn(asked)
    .filter((option) => OF_TLS.includes(option) && asked.certificates === undefined)
    .map((option) => {
      return `args.${option} is ${shown(asked[option])}, must not be set without args.certificates`;
    });
}

/** The problem of a name that a controller does not accept for an enum. */
export function unacceptable(
  { controller, limits }: ControllerTable,
  all: readonly ControllerTable[],
  option: OptionName,
  value: string,
): string {
  const names = (limits?.[option]?.values ?? []).map((name) => `"${name}"`).join(" or ");
  return `args.${option} is "${value}", must be ${names} for ${controller}${supportedBy(all, option, value)}`;
}

/** The problem of an annotation that an argument decides. */
export function decided(
  { controller, keys, olderKeys = {} }: ControllerTable,
  annotation: string,
): string {
  // Several options may write one annotation: the first one of the table is named.
  const option = (Object.keys(keys) as OptionName[]).find((name) =>
    [...(keys[name] ?? []), ...(olderKeys[name] ?? [])].some((key) => isKey(key, annotation)),
  );
  const must =
    option === undefined
      ? `must not be set: other arguments decide it for ${controller}`
      : `must not be set; use args.${option}`;
  return `args.annotations key is ${shown(annotation)}, ${must}`;
}

/** Whether a controller accepts a value of an option that it supports. The contents of lists and objects do not count. */
export function accepts({ limits }: ControllerTable, option: OptionName, value: unknown): boolean {
  const { from = 1, to = Number.POSITIVE_INFINITY, values } = limits?.[option] ?? {};
  if (typeof value === "number") {
    return value >= from && value <= to;
  }
  return typeof value !== "string" || values === undefined || values.includes(value);
}

function supportedBy(all: readonly ControllerTable[], option: OptionName, value: unknown): string {
  const able = all
    .filter((table) => table.keys[option] !== undefined && accepts(table, option, value))
    .map(({ controller }) => controller);
  return able.length === 0 ? "" : `; supported by ${able.join(", ")}`;
}

function optionsIn(asked: Asked): readonly OptionName[] {
  return optionNames.filter((option) => asked[option] !== undefined);
}

/** A key that contains a port is stated up to the separator, or with a "*" for it. */
function isKey(key: string, annotation: string): boolean {
  const [before = "", after] = key.split("*");
  if (after !== undefined) {
    return annotation.startsWith(before) && annotation.endsWith(after);
  }
  return annotation === key || (/[._-]$/.test(key) && annotation.startsWith(key));
}

/** The characters of a string that errors show. */
const SHOWN = 80;

/** A value as errors show it. */
function shown(value: unknown): string {
  if (typeof value === "object") {
    return Array.isArray(value) ? "a list" : "an object";
  }
  if (typeof value === "string") {
    const text = `"${value}"`;
    return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  }
  return String(value);
}
