import { type Change, Operation } from "../engine/changes.ts";
import { placeOf } from "../engine/kubernetes.ts";
import { exposureOf } from "../findings/exposure-level.ts";
import type { TrustItem } from "../report.ts";
import { count, distrusted, trusted } from "./item.ts";

const changing = ({ operation }: Change): boolean =>
  operation !== Operation.Same && operation !== Operation.Delete && operation !== Operation.Read;

/** How many values the preview does not know. They are no fault by themselves: nothing checks them. */
export function countUnknowns(changes: readonly Change[]): TrustItem {
  const unknown = changes.filter((it) => changing(it) && it.unknown.length > 0);
  const values = unknown.reduce((sum, it) => sum + it.unknown.length, 0);
  return trusted(
    "unknown-values",
    `${count(values, "value")} of ${count(unknown.length, "resource")} ${values === 1 ? "is" : "are"} unknown until the update`,
    unknown.map(
      (it) =>
        `${placeOf(it)}: ${it.unknown.slice(0, 5).join(", ")}${it.unknown.length > 5 ? " …" : ""}`,
    ),
  );
}

/** Whether it is known of every Service from where it can be reached. */
export function judgeExposures(changes: readonly Change[]): TrustItem {
  const unknown = changes.filter((it) => changing(it) && exposureOf(it, it.after) === "unknown");
  return unknown.length === 0
    ? trusted("exposure", "It is known of every Service from where it can be reached")
    : distrusted(
        "exposure",
        `It is not known of ${count(unknown.length, "Service")} from where it can be reached: the preview hides what decides it`,
        unknown.map(placeOf),
      );
}

/** Whether this version knows every operation of the engine. */
export function judgeOperations(changes: readonly Change[]): TrustItem {
  const other = changes.filter(({ operation }) => operation === Operation.Other);
  return other.length === 0
    ? trusted("operations", "Every operation of the engine is known")
    : distrusted(
        "operations",
        `${count(other.length, "resource")} ha${other.length === 1 ? "s" : "ve"} an operation that is not known here; upgrade the gate`,
        other.map((it) => `${placeOf(it)}: ${it.steps.join(", ")}`),
      );
}
