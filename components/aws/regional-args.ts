import type * as pulumi from "@pulumi/pulumi";
import type { Checks } from "../validation/checks.ts";
import { readStringMap } from "../validation/string-map.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import { region as regionRule, tagKey, tagValue } from "./rules.ts";

/** The arguments of every regional resource. */
export interface RegionalArgs {
  /**
   * The region, which must be the load balancer's.
   *
   * @default - the provider's
   */
  readonly region?: pulumi.Input<string>;
  /**
   * The tags of every resource that supports tags, by key.
   *
   * @default - only the provider's default tags
   * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
   */
  readonly tags?: Record<string, pulumi.Input<string>>;
}

/** Reads the region and the tags. Unset arguments are absent. */
export function readRegional(checks: Checks, { region, tags }: RegionalArgs): RegionalArgs {
  return withoutEmpty({
    region: region === undefined ? undefined : checks.input("args.region", region, regionRule),
    tags: readStringMap(checks, "args.tags", tags, tagKey, tagValue),
  }) as RegionalArgs;
}

/** Only the region, for resources without tags. */
export function regionOf({ region }: RegionalArgs): Pick<RegionalArgs, "region"> {
  return region === undefined ? {} : { region };
}
