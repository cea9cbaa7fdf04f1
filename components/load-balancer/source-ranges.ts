import * as pulumi from "@pulumi/pulumi";
import { type IpFamily, IpFamilyPolicy } from "../service/ip-families.ts";
import { addressRange } from "../validation/address-range.ts";
import { type Checks, type Finding, isLate, judge, type Rule } from "../validation/checks.ts";
import type { LoadBalancerServiceArgs } from "./args.ts";
import {
  EVERYBODY,
  familiesOfService,
  familiesWithoutRange,
  familyOfRange,
  hasTwoFamilies,
  letInEverybody,
} from "./contract/address-families.ts";
import type { LoadBalancerDialect } from "./contract/dialect.ts";
import { type AskedBesideRanges, RangeEnforcer } from "./contract/enforcement.ts";
import { Exposure } from "./contract/intent.ts";

/** Ranges that may connect, any of which may be late. */
export type SourceRanges = pulumi.Input<pulumi.Input<string>[]>;

const PATH = "args.sourceRanges";

/** Reads who may connect. What is late is judged by the same rules when it arrives. */
export function readSourceRanges(
  checks: Checks,
  args: LoadBalancerServiceArgs,
  dialect: LoadBalancerDialect,
): SourceRanges | undefined {
  const { exposure, securityGroups, sourceRanges } = args;
  if (sourceRanges === undefined) {
    if (exposure === Exposure.Public && securityGroups === undefined) {
      const must =
        'must list the address ranges that may connect to a public load balancer; use ["0.0.0.0/0"] for anywhere';
      checks.report(PATH, sourceRanges, must);
    }
    return undefined;
  }
  const findings = (ranges: unknown) => sourceRangeFindings(ranges, args, dialect);
  const gated = checks.gate(sourceRanges, findings);
  if (isLate(gated) || !Array.isArray(gated) || !gated.some(isLate)) {
    return gated;
  }
  // Only when the last of them is known can they be judged together.
  const judged = pulumi.output(checks.gate(pulumi.all(gated), findings));
  return gated.map((range, index) =>
    isLate(range) ? judged.apply((known) => known[index] as string) : range,
  );
}

/**
 * What is wrong with source ranges. Each family of addresses that the load balancer has or may get needs one, and none may
 * be of a family that it lacks. Items that are late are left out, and then so is what needs all of them.
 */
function sourceRangeFindings(
  ranges: unknown,
  asked: AskedBesideRanges,
  dialect: LoadBalancerDialect,
): readonly Finding[] {
  if (!Array.isArray(ranges) || ranges.length === 0) {
    const must =
      'must list at least one address range, none would be anywhere; use ["0.0.0.0/0"] to mean that';
    return [{ path: PATH, value: ranges, must }];
  }
  const { by, families: familiesOf = familiesOfService, voidFindings } = dialect.sourceRanges;
  const families = familiesOf(asked);
  const ofEach = by === RangeEnforcer.Nobody ? anybody(dialect.name) : ofFamily(dialect, asked);
  // Spread, or the holes of a list would be passed over.
  const items: readonly unknown[] = [...ranges];
  const odd = items.flatMap((range, index) =>
    isLate(range) ? [] : judge(`${PATH}[${index}]`, range, both(ofEach, addressRange)),
  );
  if (odd.length > 0 || items.some(isLate)) {
    return odd;
  }
  const missing = familiesWithoutRange(items, families).map((family) => ({
    path: PATH,
    value: ranges,
    must: mustHave(family, asked),
  }));
  return missing.length > 0 || letInEverybody(items, families)
    ? missing
    : (voidFindings?.(asked) ?? []);
}

/** A range is of a family that the load balancer has or may get. What is no range is not judged. */
function ofFamily(
  { name, sourceRanges: { families: familiesOf } }: LoadBalancerDialect,
  asked: AskedBesideRanges,
): Rule {
  const has = (familiesOf ?? familiesOfService)(asked);
  return (range) => {
    const family = familyOfRange(range);
    if (family === undefined || has.includes(family)) {
      return undefined;
    }
    const two = { ...asked, ipFamilyPolicy: IpFamilyPolicy.RequireDualStack };
    const named = familiesOf === undefined ? `args.ipFamilies names ${family} or ` : "";
    const lacking = `no ${family} address`;
    return (familiesOf ?? familiesOfService)(two).includes(family)
      ? `must be an ${has[0]} range, unless ${named}args.ipFamilyPolicy asks for two families: it has ${lacking}`
      : `must be an ${has[0]} range, load balancers of ${name} have ${lacking}`;
  };
}

/** Where nothing enforces ranges, only those are true that let in everybody. */
function anybody(name: string): Rule {
  return (range) =>
    Object.values<unknown>(EVERYBODY).includes(range)
      ? undefined
      : `must be "0.0.0.0/0" or "::/0", ${name} lets anybody connect whatever is said; use a firewall on the nodes, or a controller that has source ranges`;
}

function mustHave(family: IpFamily, asked: AskedBesideRanges): string {
  const otherwise = hasTwoFamilies(asked) ? ', or args.ipFamilyPolicy "SingleStack"' : "";
  return `must list an ${family} range too, the load balancer has or may get an ${family} address; use "${EVERYBODY[family]}" for everybody of it${otherwise}`;
}

function both(first: Rule, second: Rule): Rule {
  return (value) => first(value) ?? second(value);
}
