import { type Change, Operation } from "../engine/changes.ts";
import { isObject, kindOf, placeOf } from "../engine/kubernetes.ts";
import { at } from "../engine/values.ts";
import type { GateOptions } from "../options.ts";
import type { TrustItem } from "../report.ts";
import { DRY_RUN } from "./clusters.ts";
import { distrusted, trusted } from "./item.ts";

const ID = "dry-run";

/**
 * Of how many changing objects the API server has made a dry run. Without one, the provider repeats the program's
 * properties, and whatever the server would refuse looks fine.
 */
export function judgeDryRun(
  changes: readonly Change[],
  { requireDryRun = true }: GateOptions,
): TrustItem {
  const changing = changes.filter((it) => isObject(it) && DRY_RUN.includes(it.operation));
  const skipped = changing.filter(({ dryRun }) => !dryRun);
  const reasons = skipped.map((it) => ({ change: it, reason: excuse(it, changes) }));
  const details = reasons.map(
    ({ change, reason }) =>
      `${placeOf(change)}: ${reason ?? "the server made no dry run, and nothing explains why; it may be unreachable, or the role may not write"}`,
  );
  const message = `The API server made a dry run of ${changing.length - skipped.length} of ${changing.length} changing objects`;
  const unexplained = reasons.some(({ reason }) => reason === undefined);
  return unexplained && requireDryRun
    ? distrusted(ID, message, details)
    : trusted(ID, message, details);
}

/** Why there can be no dry run of an object, where that is no sign of trouble. */
function excuse(change: Change, changes: readonly Change[]): string | undefined {
  if (change.unknown.length > 0)
    return `no dry run, because ${change.unknown.join(", ")} is unknown`;
  if (change.operation === Operation.Replace) {
    // The old object has the name until it is deleted.
    return "no dry run, because the old object still has its name";
  }
  const namespace = at(change.after, "metadata", "namespace");
  const created = changes.some(
    (it) =>
      kindOf(it) === "Namespace" &&
      it.operation !== Operation.Same &&
      it.before === undefined &&
      at(it.after, "metadata", "name") === namespace,
  );
  if (created) return "no dry run, because its namespace is created first";
  const defined = changes.some(
    (it) =>
      it.operation === Operation.Create &&
      kindOf(it) === "CustomResourceDefinition" &&
      at(it.after, "spec", "names", "kind") === kindOf(change),
  );
  return defined ? "no dry run, because its kind is created first" : undefined;
}
