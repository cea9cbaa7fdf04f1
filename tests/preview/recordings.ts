import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PreviewEvidence } from "../../preview/evidence.ts";
import type { GateOptions } from "../../preview/options.ts";

/** A recorded preview, and how the gate judges it. */
export interface Recording {
  readonly options: GateOptions;
  readonly evidence: PreviewEvidence;
}

/** The file of a recording. */
export const recordingPath = (name: string): string =>
  join(import.meta.dirname, "recordings", `${name}.json`);

/** Reads a recording. */
export function readRecording(name: string): Recording {
  return JSON.parse(readFileSync(recordingPath(name), "utf8"));
}
