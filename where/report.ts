import type { Difference } from "./declared/compare.ts";
import { type Finding, Health } from "./diagnosis/diagnosis.ts";

/** The answer on one Service or workload. */
export interface Answer {
  /** The kind that was asked for. */
  readonly kind: string;
  /** Its namespace. */
  readonly namespace: string;
  /** Its name. */
  readonly name: string;
  /** The answer in one word. */
  readonly verdict: Health;
  /** The findings, the first broken link first. */
  readonly findings: readonly Finding[];
  /** What was checked, one short sentence a link. */
  readonly checked: readonly string[];
}

/** What `--json` prints. */
export interface Report {
  /** The version of this format. A change that breaks readers increases it. */
  readonly schemaVersion: 1;
  /** When the cluster was read, in RFC 3339. */
  readonly recordedAt: string;
  /** The worst verdict: broken, then unknown, then healthy. */
  readonly verdict: Health;
  /** The answers, one a Service. */
  readonly answers: readonly Answer[];
  /** What differs from what a program declares; absent without `--declared`. It changes no verdict. */
  readonly differences?: readonly Difference[];
  /** Kinds that could not be compared with what a program declares; absent without `--declared`. */
  readonly notCompared?: readonly string[];
}

/** The exit codes. */
export const ExitCode = {
  /** Nothing on the way is broken. */
  Healthy: 0,
  /** Something is. */
  Broken: 1,
  /** It could not be told. */
  Unknown: 2,
  /** The command line is wrong: EX_USAGE of https://man.openbsd.org/sysexits */
  Usage: 64,
} as const;

/** The exit code of each verdict. */
export const EXIT_CODES: Readonly<Record<Health, number>> = {
  [Health.Healthy]: ExitCode.Healthy,
  [Health.Broken]: ExitCode.Broken,
  [Health.Unknown]: ExitCode.Unknown,
};
