import type { Rule } from "./checks.ts";

const MUST = "must be a container image, such as registry.example/my-backend:1.4.2";

const ALPHANUMERIC = "[a-z0-9]+";
const PATH_COMPONENT = `${ALPHANUMERIC}(?:(?:\\.|_|__|-+)${ALPHANUMERIC})*`;
const DOMAIN_COMPONENT = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const DOMAIN = `(?:${DOMAIN_COMPONENT}(?:\\.${DOMAIN_COMPONENT})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const REFERENCE = new RegExp(
  `^(?:(?<domain>${DOMAIN})/)?(?<path>${PATH_COMPONENT}(?:/${PATH_COMPONENT})*)(?<tag>:[^:@/]*)?(?<digest>@.*)?$`,
);
const TAG = /^:[\w][\w.-]{0,127}$/;
const DIGEST = /^@(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;
/** Container runtimes take 64 hexadecimal digits for the identifier of an image, not for a name. */
const IDENTIFIER = /^[a-f0-9]{64}$/;
const PATH_CHARACTERS = 255;

/**
 * The name of a container image, with an optional registry, tag and digest.
 *
 * @see https://github.com/distribution/reference/blob/main/reference.go
 */
export const imageReference: Rule = (value) => {
  if (typeof value !== "string") return MUST;
  if (/^[a-z]+:\/\//i.test(value)) return `${MUST}, without a scheme such as https://`;
  const parts = REFERENCE.exec(value)?.groups;
  if (parts === undefined) return `${MUST}${/[A-Z]/.test(pathOf(value)) ? UPPER_CASE : ""}`;
  const { digest, domain, path = "", tag } = parts;
  if (path.length > PATH_CHARACTERS) return `${MUST}, with at most ${PATH_CHARACTERS} characters`;
  if (domain === undefined && IDENTIFIER.test(path)) return MUST;
  if (domain !== undefined && isRatherAName(domain)) return `${MUST}${UPPER_CASE}`;
  if (tag !== undefined && !TAG.test(tag)) {
    return `${MUST}; a tag has at most 128 letters, digits, "_", "." and "-"`;
  }
  if (digest !== undefined && !DIGEST.test(digest)) {
    return `${MUST}; a digest is "sha256:" and 64 hexadecimal digits in lower case`;
  }
  return undefined;
};

const UPPER_CASE = "; the name has no upper case letters";

/** Whether what is read as a registry is more likely the first part of a name, such as `MyTeam/app`. */
const isRatherAName = (domain: string): boolean => /[A-Z]/.test(domain) && !/[.:]/.test(domain);

/** The part between the registry and the tag, of a reference that may be invalid. */
function pathOf(value: string): string {
  const path = value.split("@")[0]?.replace(/:[^/]*$/, "") ?? "";
  return path.includes("/") ? path.slice(path.indexOf("/") + 1) : path;
}
