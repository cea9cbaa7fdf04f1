import { readFileSync, writeFileSync } from "node:fs";
import { collectPreview } from "../collect/collect.ts";
import { messageOf, UsageError } from "../errors.ts";
import type { PreviewEvidence } from "../evidence.ts";
import { judgePreviews } from "../judge.ts";
import { deliver } from "./deliver.ts";
import {
  type CommandLine,
  gateOptions,
  type JudgingLine,
  outputs,
  previewRequests,
} from "./read-options.ts";

/** `check`: previews stacks one after the other and judges them; returns the exit code. */
export async function check(line: CommandLine): Promise<number> {
  const options = gateOptions(line);
  outputs(line); // a wrong --out is an error before the preview, and not after it
  const previews: PreviewEvidence[] = [];
  for (const request of previewRequests(line)) previews.push(await collectPreview(request));
  if (line.record !== undefined)
    writeFileSync(line.record, `${JSON.stringify(previews, null, 1)}\n`);
  return deliver(judgePreviews(previews, options), line);
}

/** `judge`: judges what `check --record` has written; returns the exit code. */
export function judgeFile(path: string, line: JudgingLine): number {
  return deliver(judgePreviews(readRecord(path), gateOptions(line)), line);
}

function readRecord(path: string): readonly PreviewEvidence[] {
  try {
    const record: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (Array.isArray(record) && record.every(isEvidence)) return record;
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${messageOf(error)}`);
  }
  throw new UsageError(`Cannot judge ${path}: it is not what check --record writes`);
}

const isEvidence = (value: unknown): value is PreviewEvidence =>
  typeof value === "object" &&
  value !== null &&
  ["clusters", "engine", "events", "source", "state"].every((key) => key in value);
