/** The verdict on a preview. */
export const Verdict = {
  /** Nothing blocks it. */
  Pass: "pass",
  /** A finding blocks it. */
  Blocked: "blocked",
  /** The preview cannot be trusted, so nothing is known. It never passes. */
  Unjudged: "unjudged",
} as const;
/** The verdict on a preview. */
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** How much a finding matters. */
export const Severity = {
  /** It blocks the preview unless it is waived. */
  Block: "block",
  /** Somebody should look at it. */
  Warn: "warn",
  /** It is worth knowing. */
  Note: "note",
} as const;
/** How much a finding matters. */
export type Severity = (typeof Severity)[keyof typeof Severity];

/** Something dangerous that a preview would do. */
export interface Finding {
  /** The rule, such as `load-balancer-replaced`. */
  readonly rule: string;
  /** How much it matters. */
  readonly severity: Severity;
  /** The URN of the resource. */
  readonly urn: string;
  /** The resource in a few words: kind, namespace and name. */
  readonly resource: string;
  /** What happens and why it matters, in one sentence without a full stop. */
  readonly message: string;
  /** The waiver, where one applies. The finding then blocks nothing. */
  readonly waiver?: AppliedWaiver;
}

/** Why a finding blocks nothing. */
export interface AppliedWaiver {
  /** The reason. */
  readonly because: string;
  /** The last day, as `2026-12-31`. */
  readonly until: string;
}

/** Something that must be true for a preview to be believed. */
export interface TrustItem {
  /** What is asked, such as `clusters`. */
  readonly id: string;
  /** `ok`, or `failed` where it is known to be false or cannot be known. */
  readonly status: "ok" | "failed";
  /** The answer in one sentence. */
  readonly message: string;
  /** What it is about, one line each. */
  readonly details: readonly string[];
}

/** One operation of a preview. Resources that stay as they are have none. */
export interface ReportedChange {
  /** The URN. */
  readonly urn: string;
  /** The resource in a few words. */
  readonly resource: string;
  /** What happens to it. */
  readonly operation: string;
  /** The paths of the properties that change. */
  readonly paths: readonly string[];
  /** The properties that force a replacement. */
  readonly forcedBy: readonly string[];
  /** The digest of the operation and of the declared properties. */
  readonly digest: string;
}

/** What identifies a preview: {@link Fingerprint.digest} is made of all the others. */
export interface Fingerprint {
  /** The digest of everything below. */
  readonly digest: string;
  /** The digest of the program's files. */
  readonly source: string;
  /** The digest of the configuration. */
  readonly config: string;
  /** The digest of the state. */
  readonly state: string;
  /** The digest of the versions of the engine and the providers. */
  readonly plugins: string;
  /** The digest of the clusters. */
  readonly clusters: string;
  /** The digest of the operations. */
  readonly operations: string;
}

/** The report on one stack. */
export interface StackReport {
  /** The project. */
  readonly project: string;
  /** The stack. */
  readonly stack: string;
  /** When the preview ended, in ISO 8601. */
  readonly at: string;
  /** The verdict. */
  readonly verdict: Verdict;
  /** Why, in one sentence. */
  readonly reason: string;
  /** The number of resources for each operation. */
  readonly counts: Readonly<Record<string, number>>;
  /** The findings, the most dangerous first. */
  readonly findings: readonly Finding[];
  /** What makes the preview trustworthy, or not. */
  readonly trust: readonly TrustItem[];
  /** The operations, deletions and replacements first. */
  readonly changes: readonly ReportedChange[];
  /** What identifies the preview. */
  readonly fingerprint: Fingerprint;
}

/** The report on the previews of one or several stacks. */
export interface Report {
  /** The version of this format. A change that breaks readers increases it. */
  readonly schemaVersion: 1;
  /** The worst verdict of the stacks. */
  readonly verdict: Verdict;
  /** One entry a stack. */
  readonly stacks: readonly StackReport[];
}

/** The exit codes of the gate. */
export const ExitCode = {
  /** Every stack passes. */
  Pass: 0,
  /** A finding blocks a stack, or an update was refused. */
  Blocked: 1,
  /** A stack could not be judged, or an update failed. */
  Unjudged: 2,
  /** Every stack passes and something changes; with `--detailed-exitcode` only. */
  PassWithChanges: 10,
  /** The command line is wrong: EX_USAGE of https://man.openbsd.org/sysexits */
  Usage: 64,
} as const;
