/** Arguments that are refused, and those that somebody has who follows the text: each of them is taken. */
export type Way<Args> = readonly [wrong: Args, right: Args, ...more: Args[]];
