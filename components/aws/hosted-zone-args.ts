import type * as pulumi from "@pulumi/pulumi";
import type { Checks, Rule } from "../validation/checks.ts";
import { domainName } from "./rules.ts";

/** A hosted zone of Route 53, in which records are created. */
export interface HostedZoneArgs {
  /** The zone's id, such as `Z0123456789ABCDEFGHIJ`. */
  readonly zoneId: pulumi.Input<string>;
  /** The zone's name, without a dot at its end: Route 53 would silently append it to a name of another zone. */
  readonly zoneName: string;
}

const ZONE_ID: Rule = (value) =>
  typeof value === "string" && /^[A-Z0-9]{1,32}$/.test(value)
    ? undefined
    : "must be the id of a hosted zone, such as Z0123456789ABCDEFGHIJ";

/** Reads a zone. */
export function readHostedZone(checks: Checks, args: HostedZoneArgs): HostedZoneArgs {
  return {
    zoneId: checks.input("args.zoneId", args.zoneId, ZONE_ID),
    zoneName: checks.plain("args.zoneName", args.zoneName, domainName),
  };
}

/** The rule that a name is in a zone. A zone with an invalid name is not checked. */
export function inZone(zoneName: unknown): Rule {
  return (value) =>
    domainName(zoneName) === undefined &&
    value !== zoneName &&
    !(typeof value === "string" && value.endsWith(`.${zoneName}`))
      ? `must be ${zoneName} or a name below it`
      : undefined;
}
