import { isIP, isIPv4 } from "node:net";
import { UserError } from "../errors.ts";

const SHOWN_CHARACTERS = 60;
const LONGEST_NAME = 63;
const LONGEST_HOST_NAME = 253;
const LONGEST_PATH = 1024;
const LONGEST_TEXT = 4096;
const LAST_PORT = 65_535;

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;
const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
/** https://www.rfc-editor.org/rfc/rfc3986#section-3.3, with a query. */
const URL_PATH = /^\/(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;
const STATUS_CODES = /^\d{3}(?:-\d{3})?(?:,\d{3}(?:-\d{3})?)*$/;
const PRINTABLE = /^[ -~]*$/;

/**
 * Judges the fields of one generated file, and gives back those that its format can express. Every other one is an error that names
 * the file, the field, its value and the rule, so that nothing of it is written.
 */
export class Fields {
  readonly #action: string;

  /** @param file - what is written, for messages */
  constructor(file: string) {
    this.#action = `Cannot write ${file}`;
  }

  /** Refuses a value that does not pass. @throws UserError */
  refuse(field: string, value: unknown, rule: string): never {
    throw new UserError(`${this.#action}: ${field} is ${shown(value)}, must be ${rule}`);
  }

  /** A value that matches; it is a text and no longer than `longest` characters. */
  matching(field: string, value: string, pattern: RegExp, rule: string, longest: number): string {
    const fits = typeof value === "string" && value.length <= longest && value.isWellFormed();
    if (!fits || !pattern.test(value)) {
      return this.refuse(field, value, `${rule}, ${longest} characters at most`);
    }
    return value;
  }

  /** A name of something, which no format takes for anything else. */
  name(field: string, value: string): string {
    const rule = "letters, digits, '.' and '-', with a letter or digit at both ends";
    return this.matching(field, value, NAME, rule, LONGEST_NAME);
  }

  /** A name that DNS can hold: https://www.rfc-editor.org/rfc/rfc1123#page-13 */
  hostName(field: string, value: string): string {
    const fits = typeof value === "string" && value.length <= LONGEST_HOST_NAME;
    if (fits && value.split(".").every((label) => LABEL.test(label)) && isIP(value) === 0) {
      return value;
    }
    return this.refuse(field, value, "a host name of letters, digits and '-' between dots");
  }

  /** An IP address of either family, without a zone. */
  ip(field: string, value: string): string {
    if (typeof value === "string" && isIP(value) !== 0 && !value.includes("%")) return value;
    return this.refuse(field, value, "an IP address");
  }

  /** An IPv4 address. */
  ipv4(field: string, value: string): string {
    return isIPv4(value) ? value : this.refuse(field, value, "an IPv4 address");
  }

  /** A whole number between two others. */
  integer(field: string, value: number, first: number, last: number): number {
    if (Number.isInteger(value) && value >= first && value <= last) return value;
    return this.refuse(field, value, `an integer from ${first} to ${last}`);
  }

  /** The number of a port. */
  port(field: string, value: number): number {
    return this.integer(field, value, 1, LAST_PORT);
  }

  /** A number that is written as text. */
  digits(field: string, value: string, first: number, last: number): number {
    if (typeof value !== "string" || !/^\d{1,9}$/.test(value)) {
      return this.refuse(field, value, `an integer from ${first} to ${last}, in digits`);
    }
    return this.integer(field, Number(value), first, last);
  }

  /** A path of a URL, with its query. */
  urlPath(field: string, value: string): string {
    const rule = "a path of a URL: '/' first, and %XX for what a URL cannot hold";
    return this.matching(field, value, URL_PATH, rule, LONGEST_PATH);
  }

  /** Status codes of HTTP, such as `200,301-399`. */
  statusCodes(field: string, value: string): string {
    const rule = "status codes and ranges of them between commas";
    return this.matching(field, value, STATUS_CODES, rule, LONGEST_PATH);
  }

  /** One of a few words. */
  oneOf<T extends string>(field: string, value: string, words: readonly T[]): T {
    const found = words.find((word) => word === value);
    return found ?? this.refuse(field, value, `one of ${words.join(", ")}`);
  }

  /** A text of one line, in printable ASCII. */
  line(field: string, value: string): string {
    return this.matching(field, value, PRINTABLE, "one line of printable ASCII", LONGEST_TEXT);
  }

  /** A text that UTF-8 can hold and no C string ends within. */
  text(field: string, value: string): string {
    if (typeof value === "string" && value.isWellFormed() && !value.includes("\0")) return value;
    return this.refuse(field, value, "a text without NUL and without half a character");
  }
}

/** A value as JSON in ASCII on one line, cut where it is long. */
export function shown(value: unknown): string {
  const json = ascii(JSON.stringify(value) ?? String(value));
  return json.length <= SHOWN_CHARACTERS
    ? json
    : `${json.slice(0, SHOWN_CHARACTERS)}… (${json.length} characters)`;
}

const ascii = (text: string): string =>
  text.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
