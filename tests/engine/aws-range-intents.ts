import { families, type Ranges, ranges } from "../unit/load-balancer/tables/source-ranges.ts";
import { rangeTables } from "../unit/load-balancer/tables/tables.ts";
import { type Asked, type AwsIntent, classic, nlb } from "./aws-intents.ts";

/** What the tests' cluster has addresses for. */
const FAMILIES = ["nothing", "IPv4"] as const;

/** The cells of the tables of source ranges that the AWS cloud controller takes, with the rules it then makes. */
export const rangeIntents: Record<string, AwsIntent> = Object.fromEntries([
  ...cells("nlb", "AwsCloudControllerNlb", nlb),
  ...cells("classic", "AwsCloudControllerClassic", classic),
]);

function cells(
  prefix: string,
  controller: string,
  ask: (asked: Partial<Asked>) => Asked,
): [string, AwsIntent][] {
  const [table] = rangeTables.filter((it) => it.controller === controller);
  const { Internal, Public } = (table as (typeof rangeTables)[number]).taken;
  const cell = (
    exposure: "Internal" | "Public",
    said: (typeof FAMILIES)[number],
    which: Ranges,
  ) => {
    const sourceRanges = [...ranges[which]];
    const asked = ask({ exposure, sourceRanges, ...(families[said] as Partial<Asked>) });
    const name = `${prefix}-${exposure}-${said}-${which}`.toLowerCase();
    return [name, { asked, expected: { clients: { 80: sourceRanges } } }] as [string, AwsIntent];
  };
  return FAMILIES.flatMap((said) => [
    ...Public[said].map((which) => cell("Public", said, which)),
    ...Internal[said].map((which) => cell("Internal", said, which)),
  ]);
}
