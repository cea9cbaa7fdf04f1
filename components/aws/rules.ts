import type { Rule } from "../validation/checks.ts";

const DOMAIN_CHARACTERS = 253;
const LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
const DOMAIN = new RegExp(`^${LABEL}(\\.${LABEL})+$`);
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;
const TAG_KEY_CHARACTERS = 128;
const TAG_VALUE_CHARACTERS = 256;
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** A domain's name in lower case, without a dot at its end. */
export const domainName: Rule = (value) =>
  typeof value === "string" && value.length <= DOMAIN_CHARACTERS && DOMAIN.test(value)
    ? undefined
    : "must be a domain name in lower case without a dot at its end, such as shop.example";

/** A domain's name, or all names directly below one: `*.shop.example`. */
export const domainNameOrWildcard: Rule = (value) =>
  domainName(typeof value === "string" ? withoutWildcard(value) : value);

/** The domain of a wildcard; any other name unchanged. */
export function withoutWildcard(name: string): string {
  return name.replace(/^\*\./, "");
}

/** A region. */
export const region: Rule = (value) =>
  typeof value === "string" && REGION.test(value)
    ? undefined
    : "must be a region of AWS, such as eu-central-1";

/** The number of an account. */
export const accountId: Rule = (value) =>
  typeof value === "string" && /^\d{12}$/.test(value)
    ? undefined
    : 'must be the 12 digits of an AWS account as a string, such as "111122223333"';

/** The id of a resource, whose prefix names its kind. */
export function idOf(kind: string, what: string): Rule {
  const pattern = new RegExp(`^${kind}-[0-9a-z]+$`);
  return (value) =>
    typeof value === "string" && pattern.test(value)
      ? undefined
      : `must be the id of ${what}, such as ${kind}-0a1b2c3d4e5f67890`;
}

/**
 * The key of a tag.
 *
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html (read 2026)
 */
export const tagKey: Rule = (value) =>
  isTagText(value, TAG_KEY_CHARACTERS) && value !== "" && !String(value).startsWith("aws:")
    ? undefined
    : `must be 1 to ${TAG_KEY_CHARACTERS} letters, digits, spaces and "_.:/=+-@", not starting with "aws:"`;

/** The value of a tag. */
export const tagValue: Rule = (value) =>
  isTagText(value, TAG_VALUE_CHARACTERS)
    ? undefined
    : `must be a string of at most ${TAG_VALUE_CHARACTERS} letters, digits, spaces and "_.:/=+-@"`;

function isTagText(value: unknown, longest: number): boolean {
  return typeof value === "string" && value.length <= longest && TAG_TEXT.test(value);
}
