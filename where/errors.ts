/** A command line that cannot be understood: exit code 64. */
export class UsageError extends Error {}

/** Something without which nothing can be told: exit code 2. */
export class CannotTellError extends Error {}

/** The message of a value that was thrown. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
