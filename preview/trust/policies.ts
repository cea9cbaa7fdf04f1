import { type Change, Operation } from "../engine/changes.ts";
import type { EngineEvent } from "../engine/events.ts";
import { isObject, placeOf } from "../engine/kubernetes.ts";
import type { PreviewEvidence } from "../evidence.ts";
import type { GateOptions } from "../options.ts";
import type { TrustItem } from "../report.ts";
import { count, distrusted, trusted } from "./item.ts";

const ID = "policies";

/** The engine's own words for a policy that reads a value which the preview does not know. */
const CANNOT_RUN = /can't run policy '?([^' ]+)'?/;

/**
 * Whether every policy pack ran on every resource. A pack that was not loaded, and a policy that skipped a resource with
 * unknown values, leave nothing but a green preview.
 */
export function judgePolicies(
  { engine, events }: PreviewEvidence,
  changes: readonly Change[],
  { requiredPolicyPacks = [] }: GateOptions,
): TrustItem {
  const loaded = packsOf(events);
  const absent = requiredPolicyPacks.filter((name) => !loaded.has(name));
  if (absent.length > 0)
    return distrusted(
      ID,
      `Policy packs did not run: ${absent.join(", ")}; load them with --policy-pack`,
    );
  if (loaded.size < engine.policyPacks.length) {
    return distrusted(
      ID,
      `The engine loaded ${loaded.size} of ${count(engine.policyPacks.length, "policy pack")} that it was told to load`,
    );
  }
  if (loaded.size === 0) return trusted(ID, "No policy pack was asked for");
  const resources = changes.filter((it) => it.operation !== Operation.Delete && isObject(it));
  const skipped = [...loaded.keys()].flatMap((pack) => skippedBy(pack, resources, events));
  const cannot = cannotRun(events);
  const details = [...loaded].map(
    ([name, version]) =>
      `${name} ${version}: ran on ${resources.length - skippedBy(name, resources, events).length} of ${count(resources.length, "object")}`,
  );
  const problems = [...skipped, ...cannot];
  return problems.length > 0
    ? distrusted(ID, "Not every policy ran on every object", [...details, ...problems])
    : trusted(ID, `${count(loaded.size, "policy pack")} ran on every object`, details);
}

/** The versions of the packs that judged anything, by name. */
function packsOf(events: readonly EngineEvent[]): ReadonlyMap<string, string> {
  const summary = events.findLast(({ summaryEvent }) => summaryEvent)?.summaryEvent;
  const named = Object.entries(summary?.PolicyPacks ?? {}).map(
    ([key, version]) => [key.split("|")[0] ?? key, version] as const,
  );
  const ran = events.flatMap(
    ({ policyAnalyzeStackSummaryEvent: stack, policyAnalyzeSummaryEvent: one }) => {
      const name = (one ?? stack)?.policyPackName;
      return name === undefined ? [] : [name];
    },
  );
  return new Map(named.filter(([name]) => ran.includes(name)));
}

function skippedBy(
  pack: string,
  resources: readonly Change[],
  events: readonly EngineEvent[],
): readonly string[] {
  const judged = new Set(
    events.flatMap(({ policyAnalyzeSummaryEvent: event }) =>
      event?.policyPackName === pack ? [event.resourceUrn] : [],
    ),
  );
  return resources
    .filter(({ urn }) => !judged.has(urn))
    .map((it) => `${placeOf(it)}: ${pack} did not run on it`);
}

function cannotRun(events: readonly EngineEvent[]): readonly string[] {
  const messages = events.flatMap(({ diagnosticEvent, policyEvent }) => [
    diagnosticEvent?.message ?? "",
    policyEvent?.message ?? "",
  ]);
  const names = messages.flatMap((message) => CANNOT_RUN.exec(message)?.[1] ?? []);
  return [...new Set(names)].map(
    (name) => `policy ${name} cannot run, because it reads an unknown value`,
  );
}
