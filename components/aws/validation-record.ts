import { withoutWildcard } from "./rules.ts";

/** The DNS record that AWS Certificate Manager requires for one name of a certificate. */
export interface ValidationOption {
  readonly domainName: string;
  readonly resourceRecordName: string;
  readonly resourceRecordType: string;
  readonly resourceRecordValue: string;
}

/** The domains with a validation record: a domain and its wildcard share one. */
export function validatedDomains(domainNames: readonly string[]): string[] {
  return [...new Set(domainNames.map(withoutWildcard))];
}

/**
 * The validation record of a domain.
 *
 * @throws Error if AWS Certificate Manager offers none.
 */
export function validationOf(
  options: readonly ValidationOption[],
  domain: string,
): ValidationOption {
  const found = options.find((option) => withoutWildcard(option.domainName) === domain);
  if (found === undefined) {
    throw new Error(`AWS Certificate Manager offers no DNS validation for ${domain}`);
  }
  return found;
}
