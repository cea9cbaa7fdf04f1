import type * as pulumi from "@pulumi/pulumi";
import type { Checks } from "../validation/checks.ts";
import { readTexts } from "../validation/string-map.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import { region as regionRule, tagKey, tagValue } from "./rules.ts";

/** What every resource of a region has. */
export interface RegionalArgs {
  /**
   * The region, which has to be the load balancer's.
   *
   * @default - the provider's
   */
  readonly region?: pulumi.Input<string>;
  /**
   * The tags of everything that can have some, by key.
   *
   * @default - the provider's own default tags alone
   * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
   */
  readonly tags?: Record<string, pulumi.Input<string>>;
}

/** Reads them; what is not said is not there. */
export function readRegional(checks: Checks, { region, tags }: RegionalArgs): RegionalArgs {
  return withoutEmpty({
    region: region === undefined ? undefined : checks.input("args.region", region, regionRule),
    tags: readTexts(checks, "args.tags", tags, tagKey, tagValue),
  }) as RegionalArgs;
}

/** The region alone, for what has no tags. */
export function regionOf({ region }: RegionalArgs): Pick<RegionalArgs, "region"> {
  return region === undefined ? {} : { region };
}
