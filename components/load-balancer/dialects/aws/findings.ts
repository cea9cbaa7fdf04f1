import type { Finding, Rule } from "../../../validation.ts";
import type { Intent } from "../../intent.ts";

/** A subnet by id or by the value of its tag `Name`. */
export const withoutComma: Rule = (value) =>
  typeof value === "string" && !value.includes(",")
    ? undefined
    : 'must be a text without ",", which separates such values';

/** A prefix without a bucket says nothing. */
export function accessLogFindings({
  accessLogsBucket,
  accessLogsPrefix,
}: Intent): readonly Finding[] {
  const must = "must be left out without args.accessLogsBucket";
  return accessLogsPrefix !== undefined && accessLogsBucket === undefined
    ? [{ path: "args.accessLogsPrefix", value: accessLogsPrefix, must }]
    : [];
}

/** AWS adds `AWSLogs` itself, and refuses it. */
export const logPrefix: Rule = (value) =>
  typeof value === "string" && !/AWSLogs|^\/|\/$/.test(value)
    ? undefined
    : 'must be a folder without "AWSLogs", which AWS adds itself, and without "/" at its ends';

/** Security groups of one's own take the place of the one that has the source ranges. */
export function securityGroupFindings({
  securityGroups,
  sourceRanges,
}: Intent): readonly Finding[] {
  const must = "must be left out with args.securityGroups, which then decide who may connect";
  return securityGroups !== undefined && sourceRanges !== undefined
    ? [{ path: "args.sourceRanges", value: sourceRanges, must }]
    : [];
}
