import type { OptionName } from "../../../../components/load-balancer/contract/option-names.ts";

/** Where it is written what comes of changes, by option: a file of the controller at a version, with its functions. */
export type Sources = { readonly [Name in OptionName]?: string };

/** Sources by option, from the options of each source. */
export const sourced = (groups: Readonly<Record<string, readonly OptionName[]>>): Sources =>
  Object.fromEntries(
    Object.entries(groups).flatMap(([source, options]) => options.map((it) => [it, source])),
  );
