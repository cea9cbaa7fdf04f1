import type { TrustItem } from "../report.ts";

/** The most details of one item. */
const MOST_DETAILS = 20;

/** An answer that speaks for the preview. */
export function trusted(id: string, message: string, details: readonly string[] = []): TrustItem {
  return { id, status: "ok", message, details: shortened(details) };
}

/** An answer, or the lack of one, with which the preview cannot be judged. */
export function distrusted(
  id: string,
  message: string,
  details: readonly string[] = [],
): TrustItem {
  return { id, status: "failed", message, details: shortened(details) };
}

/** A number with its noun: `1 object`, `2 objects`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function shortened(details: readonly string[]): readonly string[] {
  const more = details.length - MOST_DETAILS;
  return more > 0 ? [...details.slice(0, MOST_DETAILS), `and ${more} more`] : details;
}
