import type { EngineEvent } from "../../preview/engine/events.ts";
import type { PreviewEvidence } from "../../preview/evidence.ts";

/** A preview in which so many Services of type LoadBalancer are deleted beside what it had. */
export function hugePreview(
  evidence: PreviewEvidence,
  count: number,
  name = "front",
): PreviewEvidence {
  const type = "kubernetes:core/v1:Service";
  const deleted = Array.from({ length: count }, (_, index): EngineEvent => {
    const inputs = { metadata: { name: `${name}-${index}` }, spec: { type: "LoadBalancer" } };
    const urn = `urn:pulumi:dev::preview::${type}::${name}-${index}`;
    return { resOutputsEvent: { metadata: { op: "delete", urn, type, old: { inputs } } } };
  });
  const [first = {}, ...others] = evidence.events;
  return { ...evidence, events: [first, ...deleted, ...others] };
}
