import * as pulumi from "@pulumi/pulumi";
import { type IpFamily, IpFamilyPolicy } from "../service/ip-families.ts";
import {
  addressRange,
  EVERYBODY,
  familiesWithoutRange,
  familyOfRange,
  letInEverybody,
} from "../service/source-range-rules.ts";
import { type Checks, type Finding, isDeferred, judge, type Rule } from "../validation/checks.ts";
import type { LoadBalancerServiceArgs } from "./args.ts";
import { familiesOfService, hasTwoFamilies } from "./contract/address-families.ts";
import type { LoadBalancerDialect } from "./contract/dialect.ts";
import { type RangeContext, RangeEnforcer } from "./contract/enforcement.ts";
import { Exposure } from "./contract/intent.ts";

/** The ranges that may connect; the list and each range may be deferred. */
export type SourceRanges = pulumi.Input<pulumi.Input<string>[]>;

const PATH = "args.sourceRanges";

/** Reads which ranges may connect. Deferred values are checked by the same rules when they resolve. */
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
  if (isDeferred(gated) || !Array.isArray(gated) || !gated.some(isDeferred)) {
    return gated;
  }
  // They can be checked together only when the last of them has resolved.
  const judged = pulumi.output(checks.gate(pulumi.all(gated), findings));
  return gated.map((range, index) =>
    isDeferred(range) ? judged.apply((known) => known[index] as string) : range,
  );
}

/**
 * The problems in source ranges. Each address family that the load balancer has or may get needs a range, and no range
 * may be of another family. Deferred items are skipped, and so are the checks that need all items.
 */
function sourceRangeFindings(
  ranges: unknown,
  requested: RangeContext,
  dialect: LoadBalancerDialect,
): readonly Finding[] {
  if (!Array.isArray(ranges) || ranges.length === 0) {
    const must =
      'must list at least one address range: an empty list would admit everyone; use ["0.0.0.0/0"] for that';
    return [{ path: PATH, value: ranges, must }];
  }
  const { by, families: familiesOf = familiesOfService, voidFindings } = dialect.sourceRanges;
  const families = familiesOf(requested);
  const ofEach = by === RangeEnforcer.Nobody ? anybody(dialect.name) : ofFamily(dialect, requested);
  // Spreading turns the holes of a list into undefined items, which would be skipped otherwise.
  const items: readonly unknown[] = [...ranges];
  const odd = items.flatMap((range, index) =>
    isDeferred(range) ? [] : judge(`${PATH}[${index}]`, range, both(ofEach, addressRange)),
  );
  if (odd.length > 0 || items.some(isDeferred)) {
    return odd;
  }
  const missing = familiesWithoutRange(items, families).map((family) => ({
    path: PATH,
    value: ranges,
    must: mustHave(family, requested),
  }));
  return missing.length > 0 || letInEverybody(items, families)
    ? missing
    : (voidFindings?.(requested) ?? []);
}

/**
 * The rule that a range is of a family which the load balancer has or may get. A value that is not a range is not
 * checked.
 */
function ofFamily(
  { name, sourceRanges: { families: familiesOf } }: LoadBalancerDialect,
  requested: RangeContext,
): Rule {
  const has = (familiesOf ?? familiesOfService)(requested);
  return (range) => {
    const family = familyOfRange(range);
    if (family === undefined || has.includes(family)) {
      return undefined;
    }
    const two = { ...requested, ipFamilyPolicy: IpFamilyPolicy.RequireDualStack };
    const named = familiesOf === undefined ? `args.ipFamilies names ${family} or ` : "";
    const lacking = `no ${family} address`;
    return (familiesOf ?? familiesOfService)(two).includes(family)
      ? `must be an ${has[0]} range, unless ${named}args.ipFamilyPolicy asks for two families: it has ${lacking}`
      : `must be an ${has[0]} range, load balancers of ${name} have ${lacking}`;
  };
}

/** The rule for controllers that do not enforce ranges: only ranges that admit everyone are correct. */
function anybody(name: string): Rule {
  return (range) =>
    Object.values<unknown>(EVERYBODY).includes(range)
      ? undefined
      : `must be "0.0.0.0/0" or "::/0": ${name} does not enforce source ranges; use a firewall on the nodes, or a controller that does`;
}

function mustHave(family: IpFamily, requested: RangeContext): string {
  const otherwise = hasTwoFamilies(requested) ? ', or args.ipFamilyPolicy "SingleStack"' : "";
  return `must list an ${family} range too: the load balancer has or may get an ${family} address; use "${EVERYBODY[family]}" for every ${family} client${otherwise}`;
}

function both(first: Rule, second: Rule): Rule {
  return (value) => first(value) ?? second(value);
}
