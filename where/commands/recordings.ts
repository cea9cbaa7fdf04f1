import { readFileSync, writeFileSync } from "node:fs";
import { CannotTellError, messageOf, UsageError } from "../errors.ts";
import type { ClusterState } from "../state/cluster-state.ts";
import { readState } from "../state/read-state.ts";

/** Annotations that a recording keeps: those that decide something. Others may have whole manifests, with their values. */
const KEPT =
  /aws-load-balancer-|azure-load-balancer|do-loadbalancer-|load-balancer\.hetzner\.cloud|metallb\.|networking\.gke\.io|cloud\.google\.com\/load-balancer-type|ingressclass\.kubernetes\.io|kubernetes\.io\/ingress\.class/;

/**
 * Writes a state without anything secret: no Secret is ever read, and values of variables, data of ConfigMaps, lines of
 * logs, what containers told when they ended and other annotations are left out.
 *
 * @throws UsageError if the file cannot be written
 */
export function writeRecording(path: string, state: ClusterState): void {
  const { logs: _, ...known } = readState(state);
  const text = JSON.stringify(
    known,
    (key, value: unknown) => {
      if (key === "annotations") return keptOf(value);
      return key === "terminated" ? { ...(value as object), message: undefined } : value;
    },
    1,
  );
  try {
    writeFileSync(path, `${text}\n`);
  } catch (error) {
    throw new UsageError(`Cannot write ${path}: ${messageOf(error)}`);
  }
}

const keptOf = (annotations: unknown): object =>
  Object.fromEntries(Object.entries(annotations ?? {}).filter(([key]) => KEPT.test(key)));

/**
 * Reads what `--record` has written.
 *
 * @throws UsageError if there is no such file
 * @throws CannotTellError if it is not a whole recording
 */
export function readRecording(path: string): ClusterState {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${messageOf(error)}`);
  }
  try {
    const recording = JSON.parse(text) as Partial<ClusterState> | null;
    if (recording?.schemaVersion === 1 && typeof recording.objects === "object") {
      return readState(recording);
    }
  } catch {
    throw new CannotTellError(`Cannot replay ${path}: it is not whole JSON; record it again`);
  }
  throw new CannotTellError(`Cannot replay ${path}: it is not what --record writes`);
}
