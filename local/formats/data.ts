import { stringify as stringifyToml } from "smol-toml";
import { stringify as stringifyYaml } from "yaml";
import { Fields } from "./fields.ts";

const KEY = /^[ -~]+$/;
const LONGEST_KEY = 253;

/**
 * Writes a value as YAML that versions 1.1 and 1.2 read alike: Kubernetes and Pulumi read 1.1, where a bare `no` or `012` is no text.
 *
 * @param file - name of the file, for messages
 * @throws UserError for a text that is not Unicode, or has a NUL, on which the programs that read it end a text
 */
export function yamlText(file: string, value: unknown): string {
  checkTexts(new Fields(file), "value", value);
  const text = stringifyYaml(value, {
    aliasDuplicateObjects: false,
    defaultStringType: "QUOTE_DOUBLE", // keys too
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER, // all on one line
    lineWidth: 0,
  });
  return text.replaceAll(/[^\n -~]/gu, escaped);
}

/** Some readers refuse characters that others keep, and each escaped: https://yaml.org/spec/1.1/#id872840 */
function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const [letter, digits] = code > 0xffff ? ["U", 8] : ["u", 4];
  return `\\${letter}${code.toString(16).padStart(digits, "0")}`;
}

/** Writes a value as TOML. @throws UserError as {@link yamlText} does */
export function tomlText(file: string, value: object): string {
  checkTexts(new Fields(file), "value", value);
  return `${stringifyToml(value)}\n`;
}

/** Writes a value as JSON. @throws UserError as {@link yamlText} does */
export function jsonText(file: string, value: unknown): string {
  checkTexts(new Fields(file), "value", value);
  return JSON.stringify(value);
}

function checkTexts(fields: Fields, field: string, value: unknown): void {
  if (typeof value === "string") fields.text(field, value);
  if (typeof value !== "object" || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    fields.matching(`key of ${field}`, key, KEY, "one line of printable ASCII", LONGEST_KEY);
    checkTexts(fields, field === "value" ? key : `${field}.${key}`, child);
  }
}
