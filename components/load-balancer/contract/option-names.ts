import { type IntentArgs, OPTIONS } from "./intent-args.ts";

/** The name of an option of a load balancer. */
export type OptionName = Exclude<keyof IntentArgs, "annotations">;

/** The names of all options of a load balancer, in the order of the documentation. */
export const optionNames = Object.keys(OPTIONS) as OptionName[];
