import type { ObjectRef } from "./diagnosis.ts";

const SHOWN = 3;

/** Names in a row, the first three and how many more there are. */
export function list(names: readonly string[], shown = SHOWN): string {
  const more = names.length - shown;
  const first = names.slice(0, shown);
  if (more > 0) return `${first.join(", ")} and ${more} more`;
  return first.length < 2
    ? (first[0] ?? "none")
    : `${first.slice(0, -1).join(", ")} and ${first.at(-1)}`;
}

/** A number of things: `1 Pod`, `2 Pods`. */
export const count = (number: number, what: string): string =>
  `${number} ${what}${number === 1 ? "" : "s"}`;

/** A time span in words, in its greatest unit. */
export function span(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return "an unknown time";
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const units = [
    [86_400, "d"],
    [3_600, "h"],
    [60, "min"],
  ] as const;
  const [size, unit] = units.find(([it]) => seconds >= it * 2) ?? [1, "s"];
  return `${Math.floor(seconds / size)} ${unit}`;
}

/** Labels as a selector is written: `app=web,tier=front`. */
export const labelsText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");

/** The first line of a message, without the full stop and at most so many characters. */
export function brief(message: string | undefined, most = 240): string {
  const [line = ""] = (message ?? "").trim().split("\n");
  const whole = line.replace(/\.$/, "");
  return whole.length > most ? `${whole.slice(0, most - 1)}…` : whole;
}

/** A reference to an object. */
export function refOf(
  kind: string,
  it:
    | {
        readonly metadata?:
          | { readonly name?: string | undefined; readonly namespace?: string | undefined }
          | undefined;
      }
    | undefined,
): ObjectRef {
  const { name = "?", namespace } = it?.metadata ?? {};
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}
