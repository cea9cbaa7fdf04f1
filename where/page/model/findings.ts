import {
  Certainty,
  type Diagnosis,
  type Finding,
  Health,
  Link,
} from "../../diagnosis/diagnosis.ts";
import type { ServiceChain } from "./chains.ts";
import { Column, type PageLink, State, type Verdict } from "./page-model.ts";

/** The column in which the line that stands for a link begins. */
const COLUMN_OF: Readonly<Record<Link, Column>> = {
  [Link.Dns]: Column.Entry,
  [Link.LoadBalancer]: Column.Entry,
  [Link.Node]: Column.Entry,
  [Link.Service]: Column.Service,
  [Link.Endpoints]: Column.Service,
  [Link.Pods]: Column.Endpoints,
  [Link.Policy]: Column.Endpoints,
};

const STATE_OF: Readonly<Record<Certainty, State>> = {
  [Certainty.Broken]: State.Broken,
  [Certainty.Suspect]: State.Suspect,
  [Certainty.NotSeen]: State.Unknown,
};

/** The lines of a Service's chain: each as its first finding says. */
export function chainLinks(chain: ServiceChain, { findings }: Diagnosis): readonly PageLink[] {
  const { endpoints, entries, name, owners, service } = chain;
  const line = (from: string, to: string, column: Column): PageLink => {
    const found = findings.find((it) => columnOf(it, chain) === column);
    const state = found === undefined ? State.Fine : STATE_OF[found.certainty];
    return { id: `${from} → ${to}`, from, to, service: name, state, sentence: found?.sentence };
  };
  return [
    ...entries.map(({ id }) => line(id, service.id, Column.Entry)),
    line(service.id, endpoints.id, Column.Service),
    ...owners.map((id) => line(endpoints.id, id, Column.Endpoints)),
  ];
}

/** What breaks the way to Pods is shown on the line before it, if no Pod is selected. */
function columnOf({ link }: Finding, { owners }: ServiceChain): Column {
  const column = COLUMN_OF[link];
  return column === Column.Endpoints && owners.length === 0 ? Column.Service : column;
}

/** The answer for a Service. @param y where its sentence stands */
export function verdictOf(chain: ServiceChain, diagnosis: Diagnosis, y: number): Verdict {
  const { checked, findings, verdict } = diagnosis;
  const [first, ...others] = findings;
  return {
    id: chain.name,
    verdict,
    sentence: first?.sentence ?? (verdict === Health.Healthy ? checked.join("; ") : ""),
    fix: first?.fix ?? "",
    cause: first?.cause ?? "",
    also: others.map(({ sentence }) => sentence),
    y,
    column: first === undefined ? Column.Entry : columnOf(first, chain),
  };
}

/** The state of a Service's box. */
export function stateOfVerdict({ findings, verdict }: Diagnosis): State {
  if (verdict === Health.Broken) return State.Broken;
  if (verdict === Health.Unknown) return State.Unknown;
  return findings.length > 0 ? State.Suspect : State.Fine;
}
