/** What `--fix` does about a finding. */
export interface Fix {
  /** A file that is removed. */
  readonly removes?: string;
  /** The arguments of a `pulumi` command. */
  readonly pulumi?: readonly string[];
}

/** How much a finding matters. */
export const Severity = {
  /** Something is wrong. */
  Problem: "problem",
  /** Something is worth knowing, and may be right. */
  Note: "note",
} as const;
/** How much a finding matters. */
export type Severity = (typeof Severity)[keyof typeof Severity];

/** Something that is wrong with a stack, and the cure. */
export interface Finding {
  /** The id of the rule, for example `stale-lock`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong. */
  readonly message: string;
  /** What to do. */
  readonly cure: string;
  /** What `--fix` does. Absent where a person has to decide. */
  readonly fix?: Fix;
}

/** The command that a fix runs, as one would type it. */
export function fixText({ pulumi, removes }: Fix): string {
  return pulumi === undefined
    ? `rm ${quoted(removes ?? "")}`
    : ["pulumi", ...pulumi].map(quoted).join(" ");
}

function quoted(text: string): string {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
