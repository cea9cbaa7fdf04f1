import { judgePreviews } from "../../preview/judge.ts";
import { type Report, Verdict } from "../../preview/report.ts";
import { readRecording } from "./recordings.ts";

/** The recording that stands for each stack of a change: dangerous in production, and only there. */
const STACKS = {
  dev: "nothing-changes",
  staging: "replicas-raised",
  prod: "internal-to-public",
} as const;

/** The report of a change of three stacks, of which one is blocked. */
export function threeStacks(): Report {
  const stacks = Object.entries(STACKS).flatMap(([stack, name]) => {
    const { evidence, options } = readRecording(name);
    return judgePreviews([{ ...evidence, project: "shop", stack }], options).stacks;
  });
  return { schemaVersion: 1, verdict: Verdict.Blocked, stacks };
}
