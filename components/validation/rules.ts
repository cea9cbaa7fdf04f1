import type { Rule } from "./checks.ts";
import { nearest } from "./nearest.ts";

/** The longest names of a Service, a namespace, a label and a port, as the API server checks them. */
const LABEL_CHARACTERS = 63;
const PREFIX_CHARACTERS = 253;
const PORT_NAME_CHARACTERS = 15;

const QUANTITY = /^(\d+(\.\d*)?|\.\d+)(n|u|m|k|[MGTPE]|[KMGTPE]i|[eE][+-]?\d{1,2})?$/;
const ENVIRONMENT_NAME = /^(?!\.$|\.\.)[-._A-Za-z][-._A-Za-z0-9]*$/;
const CONFIGURATION_KEY = /^(?!\.$|\.\.)[-._A-Za-z0-9]+$/;
const LABEL_TEXT = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const DNS_1123_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_1035_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const DNS_1123_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function text(pattern: RegExp, longest: number, must: string): Rule {
  return (value) =>
    typeof value === "string" && value.length <= longest && pattern.test(value) ? undefined : must;
}

/**
 * A Service's name. The API server accepts a leading digit from version 1.36; older versions do not, so it is rejected
 * here.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names
 */
export const serviceName: Rule = text(
  DNS_1035_LABEL,
  LABEL_CHARACTERS,
  'must be at most 63 lower case letters, digits and "-", starting with a letter and ending with a letter or digit',
);

/**
 * A namespace.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
 */
export const namespaceName: Rule = text(
  DNS_1123_LABEL,
  LABEL_CHARACTERS,
  'must be at most 63 lower case letters, digits and "-", starting and ending with a letter or digit',
);

/**
 * A port's name. A Service's port may have a longer one than a container's; one name serves both, so the narrower
 * rule holds (an IANA service name).
 */
export const portName: Rule = (value) =>
  typeof value === "string" &&
  value.length <= PORT_NAME_CHARACTERS &&
  DNS_1123_LABEL.test(value) &&
  /[a-z]/.test(value) &&
  !value.includes("--")
    ? undefined
    : 'must be at most 15 lower case letters, digits and single "-", with a letter, starting and ending with a letter or digit';

/**
 * A label's value.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export const labelValue: Rule = (value) =>
  value === ""
    ? undefined
    : text(
        LABEL_TEXT,
        LABEL_CHARACTERS,
        'must be at most 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit',
      )(value);

/** A label's value that selects Pods, and so may not be empty. */
export const selectorValue: Rule = text(
  LABEL_TEXT,
  LABEL_CHARACTERS,
  'must be 1 to 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit',
);

/** The key of a label, the lower-case key of an annotation, and an `appProtocol`. */
export const qualifiedName: Rule = (value) => {
  const [name, prefix, ...rest] = typeof value === "string" ? value.split("/").reverse() : [];
  const right =
    name !== undefined &&
    rest.length === 0 &&
    name.length <= LABEL_CHARACTERS &&
    LABEL_TEXT.test(name) &&
    (prefix === undefined ||
      (prefix.length <= PREFIX_CHARACTERS && DNS_1123_SUBDOMAIN.test(prefix)));
  return right
    ? undefined
    : 'must be a name of at most 63 letters, digits, "-", "_" and ".", optionally after a DNS name and "/"';
};

/** The key of an annotation. The API server checks it in lower case. */
export const annotationKey: Rule = (value) =>
  qualifiedName(typeof value === "string" ? value.toLowerCase() : value);

/** The highest value of a 32-bit field, such as a replica count or the times of a probe. */
const INT32_MAX = 2 ** 31 - 1;

/** Configuration and environment variables are strings. */
const UNQUOTE_NUMBER = "remove the quotes; of configuration use getNumber";
const UNQUOTE_BOOLEAN = "remove the quotes; of configuration use getBoolean";

/** An integer in a range. */
export function integer(first: number, last = Number.MAX_SAFE_INTEGER, fix?: string): Rule {
  const range = last === Number.MAX_SAFE_INTEGER ? `from ${first} up` : `from ${first} to ${last}`;
  const must = `must be an integer ${range}${fix === undefined ? "" : `; ${fix}`}`;
  const within = (value: unknown) =>
    Number.isSafeInteger(value) && Number(value) >= first && Number(value) <= last;
  return (value) => {
    const quoted = typeof value === "string" && /^\d+$/.test(value) && within(Number(value));
    return within(value) ? undefined : `${must}${quoted ? `; ${UNQUOTE_NUMBER}` : ""}`;
  };
}

/** An integer of a 32-bit field. */
export const int32 = (first: number, fix?: string): Rule => integer(first, INT32_MAX, fix);

/** The number of a port. */
export const portNumber: Rule = integer(1, 65535);

/** So many choices are too many to find a misspelt one at a glance. */
const LONG_LIST = 4;

/** One of a closed set of strings. */
export function oneOf(values: Readonly<Record<string, string>>): Rule {
  const allowed = Object.values(values);
  const must = `must be ${allowed.map((choice) => `"${choice}"`).join(" or ")}`;
  return (value) =>
    allowed.some((choice) => choice === value) ? undefined : `${must}${meant(value, allowed)}`;
}

/** The choice that a misspelt one may stand for, where the list alone does not show it. */
function meant(value: unknown, allowed: readonly string[]): string {
  const [found, ...others] =
    typeof value === "string" && allowed.length >= LONG_LIST ? nearest(value, allowed) : [];
  return found === undefined || others.length > 0 ? "" : `; did you mean "${found}"?`;
}

/** One of the names that were given elsewhere. A name that is not a string has already been reported there. */
export function among(names: readonly unknown[]): Rule {
  const texts = names.filter((name) => typeof name === "string");
  return texts.length === 0
    ? () => undefined
    : oneOf(Object.fromEntries(texts.map((name) => [name, name])));
}

/** A non-empty string. */
export const nonEmptyString: Rule = (value) =>
  typeof value === "string" && value.trim() !== "" ? undefined : "must be a non-empty string";

/** A string, which may be empty. */
export const anyString: Rule = (value) => {
  if (typeof value === "string") return undefined;
  return value === undefined
    ? "must be a string, but is undefined: set it, or leave its key out"
    : "must be a string; quote numbers and booleans";
};

/** True or false. */
export const trueOrFalse: Rule = (value) =>
  typeof value === "boolean"
    ? undefined
    : `must be true or false${value === "true" || value === "false" ? `; ${UNQUOTE_BOOLEAN}` : ""}`;

/** The path of an HTTP probe. */
export const httpPath: Rule = (value) =>
  typeof value === "string" && value.startsWith("/") ? undefined : 'must start with "/"';

/**
 * An amount of a resource.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export const quantity: Rule = text(
  QUANTITY,
  PREFIX_CHARACTERS,
  'must be a Kubernetes quantity as a string, such as "250m" or "128Mi"',
);

/** The name of an environment variable, as every Kubernetes version accepts it. */
export const environmentName: Rule = text(
  ENVIRONMENT_NAME,
  PREFIX_CHARACTERS,
  'must be letters, digits, "-", "_" and ".", not starting with a digit or ".."',
);

/** A key of a Secret or a ConfigMap. */
export const configurationKey: Rule = text(
  CONFIGURATION_KEY,
  PREFIX_CHARACTERS,
  'must be at most 253 letters, digits, "-", "_" and ".", not starting with ".."',
);

/**
 * The name of most objects: a ServiceAccount, a Secret, a ConfigMap, a claim, a PriorityClass.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export const objectName: Rule = text(
  DNS_1123_SUBDOMAIN,
  PREFIX_CHARACTERS,
  'must be at most 253 lower case letters, digits, "-" and ".", starting and ending with a letter or digit',
);

/** A path inside a container. */
export const absolutePath: Rule = (value) =>
  typeof value === "string" && /^\/[^:]*$/.test(value)
    ? undefined
    : 'must be an absolute path without ":", such as /etc/my-backend';
