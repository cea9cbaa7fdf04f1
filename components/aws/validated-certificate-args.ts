import { readArguments } from "../validation/argument-names.ts";
import type { Checks, Rule } from "../validation/checks.ts";
import { oneOf } from "../validation/rules.ts";
import { type HostedZoneArgs, inZone, readHostedZone } from "./hosted-zone-args.ts";
import { type RegionalArgs, readRegional } from "./regional-args.ts";
import { domainNameOrWildcard } from "./rules.ts";

/** The key algorithms of AWS Certificate Manager. */
export const KeyAlgorithm = {
  /** RSA with 2048 bits, which every client and every load balancer supports. */
  Rsa2048: "RSA_2048",
  /** The elliptic curve P-256: smaller and faster. Classic Load Balancers do not support it. */
  EcPrime256v1: "EC_prime256v1",
  /** The elliptic curve P-384. Classic Load Balancers do not support it. */
  EcSecp384r1: "EC_secp384r1",
} as const;
/** The key algorithms of AWS Certificate Manager. */
export type KeyAlgorithm = (typeof KeyAlgorithm)[keyof typeof KeyAlgorithm];

/** The arguments of a ValidatedCertificate. */
export interface ValidatedCertificateArgs extends HostedZoneArgs, RegionalArgs {
  /**
   * The certificate's domain names, all in the zone; `*.shop.example` is every name directly below `shop.example`. The
   * first, of at most 64 characters, is its common name. A change creates a new certificate before the old one is
   * deleted. AWS has a quota of 10 names, which it raises to at most 100.
   *
   * @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
   * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
   */
  readonly domainNames: string[];
  /**
   * The key algorithm. A change replaces the certificate.
   *
   * @default KeyAlgorithm.Rsa2048
   */
  readonly keyAlgorithm?: KeyAlgorithm;
}

const FIRST_NAME_CHARACTERS = 64;
const MOST_NAMES = 100;

/** Reads the arguments of a certificate. */
export function readCertificate(
  checks: Checks,
  given: ValidatedCertificateArgs,
): ValidatedCertificateArgs & { readonly keyAlgorithm: KeyAlgorithm } {
  const args = readArguments(checks, given, "ValidatedCertificateArgs");
  const { keyAlgorithm = KeyAlgorithm.Rsa2048 } = args;
  const zone = readHostedZone(checks, args);
  const domainNames = readDomainNames(checks, args, zone.zoneName);
  checks.plain("args.keyAlgorithm", keyAlgorithm, oneOf(KeyAlgorithm));
  return { ...zone, ...readRegional(checks, args), domainNames, keyAlgorithm };
}

function readDomainNames(
  checks: Checks,
  { domainNames }: ValidatedCertificateArgs,
  zoneName: string,
): string[] {
  const path = "args.domainNames";
  const names = checks.list(path, domainNames, 1, "domain name");
  if (names.length > MOST_NAMES) {
    checks.report(`${path}.length`, names.length, `must be at most ${MOST_NAMES}`);
  }
  names.forEach((name, index) => {
    const rule: Rule = (value) =>
      domainNameOrWildcard(value) ??
      (names.indexOf(name) < index ? "must be unique: the name is already listed" : undefined) ??
      inZone(zoneName)(value) ??
      (index === 0 && name.length > FIRST_NAME_CHARACTERS
        ? `must be at most ${FIRST_NAME_CHARACTERS} characters; put a shorter name first`
        : undefined);
    checks.plain(`${path}[${index}]`, name, rule);
  });
  return [...names];
}
